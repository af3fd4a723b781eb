using RunwareTts.Catalog;
using RunwareTts.Tools;

namespace RunwareTts.Joining;

internal static class JoinBitrate
{
    /// <returns>The nearest kbps that the format has; null for a lossless format.</returns>
    /// <exception cref="TtsException">InvalidRequest.OutputPath if the format cannot hold such samples.</exception>
    public static int? Choose(FormatEntry format, int rate, int channels, int? wanted)
    {
        if (!format.IsLossy)
            return null;
        // Vorbis has rates between those of the table, with about the bitrates of the nearest; MPEG has these alone.
        bool isMpeg = format.Name == "MP3";
        BitrateRange row = format.Bitrates
            .Where(r => r.Channels.Contains(channels) && (!isMpeg || r.SampleRate == rate))
            .OrderBy(r => Math.Abs(r.SampleRate - rate))
            .FirstOrDefault() ?? throw Errors.NotEncodable(format, rate, channels);
        int kbps = Math.Max(row.Min, Math.Min(row.Max, wanted ?? Ffmpeg.DefaultBitrate));
        if (!isMpeg)
            return kbps;
        IEnumerable<int> steps = format.Steps.Last(s => s.FromSampleRate <= rate).Kbps;
        return steps.Where(row.Allows).OrderBy(k => Math.Abs(k - kbps)).First();
    }
}
