namespace RunwareTts.Audio;

/// <summary>Names content that is often saved as an audio file by mistake, or is audio of another kind.</summary>
internal static class ForeignFile
{
    /// <summary>Enough bytes to distinguish text from audio.</summary>
    public const int Reach = 256;

    private static readonly (byte[] Mark, int At, string Name)[] Marks =
    [
        ([0x89, 0x50, 0x4E, 0x47], 0, "a PNG image"),
        ([0xFF, 0xD8, 0xFF], 0, "a JPEG image"),
        ("ftyp"u8.ToArray(), 4, "an MP4 file"),
        ([0x1A, 0x45, 0xDF, 0xA3], 0, "a Matroska or WebM file"),
        ("FORM"u8.ToArray(), 0, "an AIFF file"),
        ("RIFF"u8.ToArray(), 0, "a RIFF file without WAVE audio"),
        ("RIFX"u8.ToArray(), 0, "a RIFX file"),
        ("riff"u8.ToArray(), 0, "a Wave64 file"),
        ("caff"u8.ToArray(), 0, "a CAF file"),
        (".snd"u8.ToArray(), 0, "an AU file"),
        ([0x30, 0x26, 0xB2, 0x75], 0, "a WMA or other ASF file"),
        ([0x0B, 0x77], 0, "AC-3 audio"),
        ([0xFF, 0xF1], 0, "AAC audio"),
        ([0xFF, 0xF9], 0, "AAC audio"),
        ("PK\u0003\u0004"u8.ToArray(), 0, "a ZIP archive"),
        ([0x1F, 0x8B], 0, "a gzip archive"),
    ];

    public static string? NameOf(ReadOnlySpan<byte> head)
    {
        foreach (var (mark, at, name) in Marks)
            if (head.Length >= at + mark.Length && head.Slice(at, mark.Length).SequenceEqual(mark)) return name;
        return IsText(head) ? NameOfText(head) : null;
    }

    /// <summary>Text of any language in UTF-8; audio has zeros and bytes that no text has.</summary>
    public static bool IsText(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
            if (value is < 0x20 and not (9 or 10 or 12 or 13) or 0x7F or >= 0xF8) return false;
        return true;
    }

    private static string NameOfText(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) text = text.Slice(3);
        foreach (var value in text)
        {
            if (value is 32 or 9 or 10 or 13) continue;
            return value switch { (byte)'<' => "a web page or XML", (byte)'{' or (byte)'[' => "JSON", _ => "text" };
        }

        return "text";
    }
}
