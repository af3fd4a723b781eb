using RunwareTts.Audio;

namespace RunwareTts.Joining;

/// <summary>
/// Joins MP3 parts by their frames, which stay as they are. Each part begins at the first frame at which it is not
/// early, so that it is late by less than a frame, however many parts come before it. The silence that encoders add at
/// both ends counts as gap, and the gap must have room for it (<see cref="Mp3Frames.MinGap"/>).
/// </summary>
internal static class Mp3Join
{
    /// <exception cref="TtsException">FileNotReadable, AudioInvalid.</exception>
    public static void Write(IReadOnlyList<PlacedPart> parts, Stream target, CancellationToken token)
    {
        long start = target.Position;
        Mp3Stream stream = new(target);
        byte[] tag = [];
        int tagAt = 0;
        int delay = 0;
        int samples = 0;
        long end = 0;
        foreach (PlacedPart part in parts)
        {
            token.ThrowIfCancellationRequested();
            using FileStream file = part.OpenRead();
            Mp3Frames frames = new(file);
            if (!frames.TryNext(out Mp3Frame first))
                throw Errors.PartInvalid(part.Path, "It has no frame of audio any more.");
            if (tag.Length == 0)
            {
                (samples, delay) = (frames.First.SamplesPerFrame, frames.Delay);
                tagAt = Mp3FrameHeader.Size + frames.First.SideInfoSize;
                tag = Mp3TagFrame.Reserve(first.Bytes, frames.First.SideInfoSize);
                target.Write(tag, 0, tag.Length);
                (stream.Encoder, stream.EncoderDelay) = (frames.Tag?.Encoder, frames.Tag?.EncoderDelay ?? 0);
            }

            long at = CountFrames(delay + part.Start - frames.Delay, samples);
            while (stream.Frames < at)
                stream.Write(first.Silence());
            Copy(frames, first, stream, CountFrames(frames.Delay + part.Samples, samples));
            end = (at * samples) + frames.Delay + part.Samples;
        }

        long padding = (stream.Frames * samples) - end + Mp3Tag.DecoderDelay;
        stream.Padding = (int)Math.Max(0, Math.Min(Mp3Tag.MaxPadding, padding));
        Mp3TagFrame.Fill(tag, tagAt, stream);
        target.Position = start;
        target.Write(tag, 0, tag.Length);
    }

    // The frames after the last that sounds are silence.
    private static void Copy(Mp3Frames frames, Mp3Frame frame, Mp3Stream stream, long count)
    {
        long mainData = 0;
        for (bool isMore = true; isMore && count > 0; count--)
        {
            // A part that was cut from a stream begins with frames whose main data it does not have.
            stream.Write(frame.MainDataBegin <= mainData ? frame : frame.Mute());
            mainData += frame.MainDataSize;
            isMore = frames.TryNext(out frame);
        }
    }

    private static long CountFrames(long samples, int perFrame) =>
        samples <= 0 ? 0 : (samples + perFrame - 1) / perFrame;
}
