using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace RunwareTts.Joining;

/// <summary>Tags and chapters in ffmpeg's own text format; it writes them as Vorbis comments.</summary>
internal static class FfMetadata
{
    private static readonly Regex Special = new(@"[=;#\\\n]");

    /// <summary>Null where there is nothing to say.</summary>
    public static string? Make(AudioTags? tags, IReadOnlyList<Chapter> chapters)
    {
        StringBuilder text = new(";FFMETADATA1\n");
        int empty = text.Length;
        foreach ((string key, string value) in tags?.Plain ?? [])
            text.Append(key).Append('=').Append(Escape(value)).Append('\n');
        foreach (Chapter chapter in chapters)
            text.AppendFormat(CultureInfo.InvariantCulture, "[CHAPTER]\nTIMEBASE=1/1000\nSTART={0}\nEND={1}\ntitle={2}\n", chapter.Start, chapter.End, Escape(chapter.Title));
        return text.Length == empty ? null : text.ToString();
    }

    private static string Escape(string value) => Special.Replace(value.Replace("\r", ""), @"\$0");
}
