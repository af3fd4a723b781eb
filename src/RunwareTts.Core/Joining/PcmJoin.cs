using RunwareTts.Tools;

namespace RunwareTts.Joining;

/// <summary>Writes the samples of all parts and the silence between them, one buffer at a time.</summary>
/// <param name="parts">In their order.</param>
/// <param name="pcm">What they have in common.</param>
internal sealed class PcmJoin(IReadOnlyList<PlacedPart> parts, PcmFormat pcm)
{
    private readonly byte[] _buffer = new byte[24 * 1024];
    private readonly byte[] _wide = new byte[36 * 1024];
    private long _written;

    public long Bytes => parts[parts.Count - 1].End * pcm.FrameBytes;

    /// <exception cref="TtsException">AudioInvalid, FileNotReadable, OfflineToolMissing, OfflineToolFailed.</exception>
    public async Task WriteAsync(Stream target, CancellationToken token)
    {
        foreach (PlacedPart part in parts)
        {
            await PadAsync(part.Start, target, token).ConfigureAwait(false);
            await CopyAsync(part, target, token).ConfigureAwait(false);
            await PadAsync(part.End, target, token).ConfigureAwait(false);
        }
    }

    private async Task CopyAsync(PlacedPart part, Stream target, CancellationToken token)
    {
        if (part.Format == "WAV")
        {
            using FileStream file = part.Open();
            WavSamples samples = WavSamples.Find(file);
            if (samples.IsCopied)
            {
                file.Position = samples.Offset;
                Check(part, await CopyAsync(part, file, samples.Bits / 8, target, token).ConfigureAwait(false));
                return;
            }
        }

        long off = 0;
        await FfmpegPipe.DecodeAsync(
            part,
            pcm,
            async stream =>
            {
                off = await CopyAsync(part, stream, pcm.SampleBytes, target, token).ConfigureAwait(false);
                // It writes to its end, and what it has more counts.
                for (int got = 1; got > 0; off += got / pcm.FrameBytes)
                    got = await FillAsync(part, stream, _buffer.Length, token).ConfigureAwait(false);
            },
            token).ConfigureAwait(false);
        Check(part, off);
    }

    /// <returns>How many samples are missing, as a number below zero.</returns>
    private async Task<long> CopyAsync(PlacedPart part, Stream source, int sampleBytes, Stream target, CancellationToken token)
    {
        int frame = pcm.Channels * sampleBytes;
        long left = part.Samples * frame;
        for (int got = 1; left > 0 && got > 0; left -= got)
        {
            got = await FillAsync(part, source, (int)Math.Min(_buffer.Length / frame * frame, left), token).ConfigureAwait(false);
            await WriteAsync(target, sampleBytes, got / frame * frame, token).ConfigureAwait(false);
        }

        return -left / frame;
    }

    // A decoder that gives more or less than its file states is out by less than a frame.
    private static void Check(PlacedPart part, long off)
    {
        if (Math.Abs(off) > Mp3Frame.MostSamples)
            throw Errors.PartInvalid(part.Path, FormattableString.Invariant($"It states {part.Samples} samples, and {part.Samples + off} come out of it."));
    }

    private async Task WriteAsync(Stream target, int sampleBytes, int count, CancellationToken token)
    {
        if (sampleBytes == pcm.SampleBytes)
        {
            await PutAsync(target, _buffer, count, token).ConfigureAwait(false);
            return;
        }

        int wide = 0;
        for (int at = 0; at < count; at += 2, wide += 3)
            (_wide[wide], _wide[wide + 1], _wide[wide + 2]) = (0, _buffer[at], _buffer[at + 1]);
        await PutAsync(target, _wide, wide, token).ConfigureAwait(false);
    }

    private async Task PadAsync(long sample, Stream target, CancellationToken token)
    {
        Array.Clear(_buffer, 0, _buffer.Length);
        for (long left = (sample * pcm.FrameBytes) - _written; left > 0; left = (sample * pcm.FrameBytes) - _written)
            await PutAsync(target, _buffer, (int)Math.Min(_buffer.Length, left), token).ConfigureAwait(false);
    }

    private async Task PutAsync(Stream target, byte[] bytes, int count, CancellationToken token)
    {
        await target.WriteAsync(bytes.AsMemory(0, count), token).ConfigureAwait(false);
        _written += count;
    }

    // As much as there is: a pipe gives a part of it at a time. A failure here is the part's, and not that of whom it goes to.
    private async Task<int> FillAsync(PlacedPart part, Stream source, int count, CancellationToken token)
    {
        try
        {
            int filled = 0;
            for (int got = 1; filled < count && got > 0; filled += got)
                got = await source.ReadAsync(_buffer.AsMemory(filled, count - filled), token).ConfigureAwait(false);
            return filled;
        }
        catch (IOException e)
        {
            throw Errors.FileNotReadable(part.Path, e);
        }
    }
}
