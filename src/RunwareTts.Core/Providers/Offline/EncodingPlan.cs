using RunwareTts.Catalog;
using RunwareTts.Requests;

namespace RunwareTts.Providers.Offline;

/// <summary>How a draft is encoded where the request leaves it open: as the model pages say, else near to the model's own 24 kHz.</summary>
internal sealed record EncodingPlan(int? SampleRate, int? Channels, int? Bitrate)
{
    private const int ModelRate = 24000;
    public const int UsualBitrate = 128;

    public static EncodingPlan For(SpeechRequest request)
    {
        AudioFormat format = SpeechCatalog.FindFormat(request.OutputFormat)!;
        if (!format.IsLossy)
            return new EncodingPlan(null, null, null);

        TtsFormat row = FormatRules.Rows(format, request.SampleRate, request.Channels)
            .Where(r => request.Bitrate is not { } asked || r.Allows(asked))
            .OrderBy(r => Math.Abs(r.SampleRate!.Value - ModelRate))
            .First();
        return new EncodingPlan(row.SampleRate, request.Channels ?? SpeechCatalog.Limits.DefaultChannels, request.Bitrate ?? Math.Max(row.MinBitrate!.Value, Math.Min(row.MaxBitrate!.Value, UsualBitrate)));
    }
}
