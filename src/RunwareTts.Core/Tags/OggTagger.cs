using RunwareTts.Audio;

namespace RunwareTts.Tags;

/// <summary>
/// Copies an OGG file with another packet of comments. Audio begins on a page of its own: only the pages of the headers
/// are made again, and the pages after them get other numbers.
/// </summary>
internal static class OggTagger
{
    public static async Task WriteAsync(Stream source, VorbisComment comments, Stream target, CancellationToken token)
    {
        ByteSource bytes = new(source);
        long position = TagSkipper.SkipLeading(bytes);
        OggHeaders? headers = null;
        int badPages = 0;
        bool isEnded = false;
        for (; OggPage.TryFind(bytes, position, ref badPages, out OggPage page); position = page.End)
        {
            await AudioTagger.CopyAsync(source, position, page.Offset - position, target, token).ConfigureAwait(false);
            byte[] written = bytes.Read(page.Offset, (int)(page.End - page.Offset)).ToArray();
            if (headers is null && TryStart(bytes, page, out OggCodec codec))
            {
                headers = new OggHeaders(codec, page.Serial, comments);
            }
            else if (headers?.Serial == page.Serial && !isEnded)
            {
                isEnded = page.IsLast;
                written = headers.IsComplete
                    ? OggPage.Renumber(written, unchecked(page.SequenceNumber + headers.Shift))
                    : headers.Add(page, written);
            }

            await target.WriteAsync(written, token).ConfigureAwait(false);
        }

        if (headers is not { IsComplete: true })
            throw new AudioFormatException("Its headers have no end.");
        await AudioTagger.CopyAsync(source, position, source.Length - position, target, token).ConfigureAwait(false);
    }

    private static bool TryStart(ByteSource source, OggPage page, out OggCodec codec)
    {
        codec = null!;
        return page.IsFirst && OggCodec.TryParse(source.Read(page.Body, page.BodySize), out codec);
    }
}
