using RunwareTts.Tags;

namespace RunwareTts.Joining;

/// <summary>
/// Joins MP3 parts by their frames, which stay as they are: nothing is encoded a second time. Each part begins at the first
/// frame at which it is not early, so that it is late by less than a frame, however many there are before it. The silence
/// that encoders add at both ends counts as gap; what of it is too much is left out.
/// </summary>
internal static class Mp3Join
{
    /// <param name="parts">MP3 files of one sample rate and one number of channels.</param>
    /// <param name="target">A file that stands behind its ID3 tag.</param>
    /// <param name="token">Stops it.</param>
    /// <exception cref="TtsException">FileNotReadable, AudioInvalid.</exception>
    public static void Write(IReadOnlyList<PlacedPart> parts, Stream target, CancellationToken token)
    {
        long start = target.Position;
        Mp3Stream stream = new(target);
        byte[]? tag = null;
        int tagAt = 0;
        int samples = 0;
        long lead = 0;
        long end = 0;
        foreach (PlacedPart part in parts)
        {
            token.ThrowIfCancellationRequested();
            using Mp3Frames frames = new(part.Open());
            if (!frames.TryNext(out Mp3Frame frame))
                throw Errors.PartInvalid(part.Path, "There is no frame of audio in it any more.");
            if (tag is null)
            {
                samples = frames.First.SamplesPerFrame;
                lead = frames.Lead;
                tagAt = Audio.Mp3FrameHeader.Size + frames.First.SideInfoSize;
                tag = Mp3TagFrame.Reserve(frame.Bytes, frames.First.SideInfoSize);
                target.Write(tag, 0, tag.Length);
                (stream.Encoder, stream.Delay) = (frames.Tag?.Encoder, frames.Tag?.Delay ?? 0);
            }

            long at = Ceiling(lead + part.Start - frames.Lead, samples);
            for (Mp3Frame silence = frame.Silence(); stream.Frames < at;)
                stream.Write(silence);
            Write(frames, frame, stream, (int)(stream.Frames - at), Ceiling(frames.Lead + part.Samples, samples));
            end = Math.Max(end, (at * samples) + frames.Lead + part.Samples);
        }

        stream.Padding = (int)Math.Min(0xFFF, Math.Max(0, (stream.Frames * samples) - end + Audio.Mp3Tag.DecoderDelay));
        Mp3TagFrame.Fill(tag!, tagAt, stream);
        target.Position = start;
        target.Write(tag!, 0, tag!.Length);
    }

    /// <param name="frames">The frames after the first.</param>
    /// <param name="frame">The first.</param>
    /// <param name="stream">Where they go.</param>
    /// <param name="skip">So many at the beginning have no room.</param>
    /// <param name="count">So many are needed; the others are silence.</param>
    private static void Write(Mp3Frames frames, Mp3Frame frame, Mp3Stream stream, int skip, long count)
    {
        // The bodies right before the frame: those that are left out too, and of them those that stand in the new file.
        byte[] before = [];
        int standing = 0;
        bool isMore = true;
        for (long n = 0; n < count && isMore; n++)
        {
            Mp3Frame current = frame;
            isMore = frames.TryNext(out frame);
            if (n >= skip)
            {
                int begin = current.Begin;
                Mp3Frame? whole = begin <= standing ? current
                    : standing == 0 && begin <= before.Length ? current.Complete([.. before.Skip(before.Length - begin)], isMore ? frame.Begin : 0)
                    : null;
                Mp3Frame written = whole ?? current.Mute();
                stream.Write(written);
                standing += written.Body.Count;
            }

            if (standing < Mp3Frame.Reach)
                before = [.. before.Concat(current.Body).Skip(Math.Max(0, before.Length + current.Body.Count - Mp3Frame.Reach))];
        }
    }

    private static long Ceiling(long value, int unit) => value <= 0 ? 0 : (value + unit - 1) / unit;
}
