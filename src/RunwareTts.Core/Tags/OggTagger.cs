using RunwareTts.Audio;
using RunwareTts.Requests;

namespace RunwareTts.Tags;

/// <summary>
/// Copies an OGG file with another packet of comments. Audio begins on a page of its own, so that only the pages of the
/// headers are made anew; those that come after them get other numbers, and what is in them stays.
/// </summary>
internal static class OggTagger
{
    /// <param name="source">That it is an OGG file is known.</param>
    /// <param name="tags">All that it is to have.</param>
    /// <param name="target">Where it goes.</param>
    /// <param name="token">Stops it.</param>
    /// <exception cref="AudioFormatException">It has no comments where its codec has them.</exception>
    public static async Task WriteAsync(Stream source, AudioTags tags, Stream target, CancellationToken token)
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
            if (headers is null && page.IsFirst && OggCodec.TryParse(bytes.Read(page.Body, page.BodySize), out OggCodec codec))
            {
                headers = new OggHeaders(codec, page.Serial);
            }
            else if (headers?.Serial == page.Serial && !isEnded)
            {
                isEnded = page.IsLast;
                written = headers.IsWhole ? OggPage.Renumber(written, unchecked(page.Number + headers.Shift)) : headers.Add(page, written, tags);
            }

            await target.WriteAsync(written, token).ConfigureAwait(false);
        }

        if (headers is not { IsWhole: true })
            throw new AudioFormatException("Its headers have no end.");
        await AudioTagger.CopyAsync(source, position, source.Length - position, target, token).ConfigureAwait(false);
    }
}
