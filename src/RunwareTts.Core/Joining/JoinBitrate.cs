using RunwareTts.Catalog;
using RunwareTts.Providers.Offline;

namespace RunwareTts.Joining;

/// <summary>The bitrate of a joined file that has to be encoded: that of its parts where the format has it, else the nearest.</summary>
internal static class JoinBitrate
{
    /// <param name="format">Of the joined file.</param>
    /// <param name="rate">Hz.</param>
    /// <param name="channels">1 or more.</param>
    /// <param name="parts">kbps of the parts; null where they have none.</param>
    /// <returns>kbps; null for a lossless format.</returns>
    /// <exception cref="TtsException">InvalidRequest.OutputPath for samples that the format cannot hold.</exception>
    public static int? For(AudioFormat format, int rate, int channels, int? parts)
    {
        if (!format.IsLossy)
            return null;
        // Vorbis has rates between those of the table, with about the bitrates of the nearest; MPEG has these alone.
        bool isTable = format.Name == "MP3";
        TtsFormat row = format.Rows
            .Where(r => r.Channels == channels && (!isTable || r.SampleRate == rate))
            .OrderBy(r => Math.Abs(r.SampleRate!.Value - rate))
            .FirstOrDefault() ?? throw Errors.NotEncodable(format, rate, channels);
        int kbps = Math.Max(row.MinBitrate!.Value, Math.Min(row.MaxBitrate!.Value, parts ?? EncodingPlan.UsualBitrate));
        return isTable ? row.Bitrates.OrderBy(k => Math.Abs(k - kbps)).First() : kbps;
    }
}
