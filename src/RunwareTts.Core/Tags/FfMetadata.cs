using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using RunwareTts.Joining;
using RunwareTts.Requests;

namespace RunwareTts.Tags;

/// <summary>Tags and chapters in ffmpeg's own text format, which it makes Vorbis comments of.</summary>
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
        // As comments: not every ffmpeg writes chapters of its own into OGG and FLAC.
        for (int n = 0; n < chapters.Count; n++)
        {
            TimeSpan start = TimeSpan.FromMilliseconds(chapters[n].Start);
            text.AppendFormat(CultureInfo.InvariantCulture, "CHAPTER{0:000}={1:00}:{2:mm\\:ss\\.fff}\n", n + 1, chapters[n].Start / 3_600_000, start);
            text.AppendFormat(CultureInfo.InvariantCulture, "CHAPTER{0:000}NAME={1}\n", n + 1, Escape(chapters[n].Title));
        }

        return text.Length == empty ? null : text.ToString();
    }

    // Of a backslash at the end of a line some versions of ffmpeg keep the end of the line too, however it is escaped: a blank stands between.
    private static string Escape(string value) =>
        Special.Replace(value.Replace("\r", ""), @"\$0") + (value.EndsWith('\\') ? " " : "");
}
