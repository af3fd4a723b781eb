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
        FormatEntry format = SpeechCatalog.FindFormat(request.OutputFormat)!;
        if (!format.IsLossy)
            return new EncodingPlan(null, null, null);

        BitrateRange row = FormatRules.Rows(format, request.SampleRate, request.Channels)
            .Where(r => request.Bitrate is not { } asked || asked >= r.Min && asked <= r.Max)
            .OrderBy(r => Math.Abs(r.SampleRate - ModelRate))
            .First();
        return new EncodingPlan(row.SampleRate, request.Channels ?? SpeechCatalog.Limits.DefaultChannels, request.Bitrate ?? Math.Max(row.Min, Math.Min(row.Max, UsualBitrate)));
    }
}
