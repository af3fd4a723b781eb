using RunwareTts.Audio;
using RunwareTts.Tools;

namespace RunwareTts.Joining;

/// <summary>Writes the samples of all parts and the silence between them, one buffer at a time.</summary>
internal sealed class PcmJoin(IReadOnlyList<PlacedPart> parts, PcmFormat pcm)
{
    private readonly byte[] _buffer = new byte[24 * 1024];
    private readonly byte[] _widened = new byte[36 * 1024];
    private long _written;

    public long Bytes => parts[parts.Count - 1].End * pcm.FrameBytes;

    public async Task WriteAsync(Stream target, CancellationToken token)
    {
        foreach (PlacedPart part in parts)
        {
            await PadAsync(part.Start, target, token).ConfigureAwait(false);
            CheckLength(part, await CopyAsync(part, target, token).ConfigureAwait(false));
            await PadAsync(part.End, target, token).ConfigureAwait(false);
        }
    }

    /// <returns>How many samples it has more than it states.</returns>
    private async Task<long> CopyAsync(PlacedPart part, Stream target, CancellationToken token)
    {
        if (part.Format == "WAV")
        {
            using FileStream wav = part.OpenRead();
            WavSamples samples = WavSamples.Find(wav);
            if (samples.IsPlain)
            {
                wav.Position = samples.Start;
                int sampleBytes = samples.Format.BitsPerSample / 8;
                return await CopyAsync(part, wav, sampleBytes, target, token).ConfigureAwait(false);
            }
        }

        using ChildProcess decoder = Ffmpeg.Decode(part.Path, part.Format, pcm, token);
        Stream decoded = decoder.Output;
        long surplus = await CopyAsync(part, decoded, pcm.SampleBytes, target, token).ConfigureAwait(false);
        for (int got = 1; got > 0; surplus += got / pcm.FrameBytes)
            got = await FillAsync(part, decoded, _buffer.Length, token).ConfigureAwait(false);
        await decoder.FinishAsync().ConfigureAwait(false);
        return surplus;
    }

    /// <returns>How many samples are missing, as a negative number.</returns>
    private async Task<long> CopyAsync(
        PlacedPart part, Stream source, int sampleBytes, Stream target, CancellationToken token)
    {
        int frame = pcm.Channels * sampleBytes;
        long left = part.Samples * frame;
        for (int got = 1; left > 0 && got > 0; left -= got)
        {
            int count = (int)Math.Min(_buffer.Length / frame * frame, left);
            got = await FillAsync(part, source, count, token).ConfigureAwait(false);
            await WriteAsync(target, sampleBytes, got / frame * frame, token).ConfigureAwait(false);
        }

        return -left / frame;
    }

    // A decoder's output may differ from what the file states by less than a frame.
    private static void CheckLength(PlacedPart part, long surplus)
    {
        if (Math.Abs(surplus) > Mp3FrameHeader.MaxSamples)
            throw Errors.PartInvalid(part.Path, FormattableString.Invariant(
                $"It states {part.Samples} samples and decodes to {part.Samples + surplus}."));
    }

    private Task WriteAsync(Stream target, int sampleBytes, int count, CancellationToken token)
    {
        if (sampleBytes == pcm.SampleBytes)
            return PutAsync(target, _buffer, count, token);
        int widened = 0;
        for (int at = 0; at < count; at += 2, widened += 3)
            (_widened[widened], _widened[widened + 1], _widened[widened + 2]) = (0, _buffer[at], _buffer[at + 1]);
        return PutAsync(target, _widened, widened, token);
    }

    private async Task PadAsync(long sample, Stream target, CancellationToken token)
    {
        Array.Clear(_buffer, 0, _buffer.Length);
        while (sample * pcm.FrameBytes - _written is var left and > 0)
            await PutAsync(target, _buffer, (int)Math.Min(_buffer.Length, left), token).ConfigureAwait(false);
    }

    private async Task PutAsync(Stream target, byte[] bytes, int count, CancellationToken token)
    {
        await target.WriteAsync(bytes.AsMemory(0, count), token).ConfigureAwait(false);
        _written += count;
    }

    // A pipe gives a little at a time. A failure to read is the part's, and not the target's.
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
