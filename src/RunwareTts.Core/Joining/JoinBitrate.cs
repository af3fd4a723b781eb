using RunwareTts.Catalog;
using RunwareTts.Tools;

namespace RunwareTts.Joining;

internal static class JoinBitrate
{
    /// <returns>The nearest kbps that the format has; null for a lossless format.</returns>
    /// <exception cref="TtsException">InvalidRequest.OutputPath if the format cannot hold such samples.</exception>
    public static int? Choose(AudioFormat format, int rate, int channels, int? wanted)
    {
        if (!format.IsLossy)
            return null;
        // Vorbis has rates between those of the table, with about the bitrates of the nearest; MPEG has these alone.
        bool isMpeg = format.Name == "MP3";
        TtsFormat row = format.Rows
            .Where(r => r.Channels == channels && (!isMpeg || r.SampleRate == rate))
            .OrderBy(r => Math.Abs(r.SampleRate!.Value - rate))
            .FirstOrDefault() ?? throw Errors.NotEncodable(format, rate, channels);
        int kbps = Math.Max(row.MinBitrate!.Value, Math.Min(row.MaxBitrate!.Value, wanted ?? Ffmpeg.DefaultBitrate));
        return isMpeg ? row.Bitrates.OrderBy(k => Math.Abs(k - kbps)).First() : kbps;
    }
}
