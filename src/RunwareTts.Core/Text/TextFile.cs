using System.Text;

namespace RunwareTts.Text;

/// <summary>Splits a text file in UTF-8, or in the encoding of its byte order mark, while it is read.</summary>
public static class TextFile
{
    // The byte order mark is skipped, and an invalid byte is an error instead of a mark in the text.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true);

    /// <exception cref="TtsException">FileNotFound, FileNotReadable, InvalidRequest.Path; even after parts.</exception>
    public static IEnumerable<TtsTextPart> Split(string path, int? maxLength = null, string? language = null)
    {
        using StreamReader reader = OpenReader(path);
        using IEnumerator<TtsTextPart> parts = TextSplitter.Split(reader, maxLength, language).GetEnumerator();
        while (Next(parts, path) is { } part)
            yield return part;
    }

    private static StreamReader OpenReader(string path)
    {
        if (Directory.Exists(path))
            throw Errors.FolderIsNoText(path);
        try
        {
            FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return new StreamReader(file, Utf8, detectEncodingFromByteOrderMarks: true);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Errors.TextNotFound(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw Errors.FileNotReadable(path, e);
        }
    }

    private static TtsTextPart? Next(IEnumerator<TtsTextPart> parts, string path)
    {
        try
        {
            if (!parts.MoveNext())
                return null;
        }
        catch (DecoderFallbackException e)
        {
            throw Errors.NotATextFile(path, $"it has the bytes {BitConverter.ToString(e.BytesUnknown ?? [])}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Errors.FileNotReadable(path, e);
        }

        TtsTextPart part = parts.Current;
        return part.Text.Contains('\0') ? throw Errors.NotATextFile(path, "it has NUL characters")
            : part.Text.Contains('\uFFFD') ? throw Errors.LostInFile(path, part)
            : part;
    }
}
