using RunwareTts.Catalog;
using RunwareTts.Requests;
using RunwareTts.Tools;

namespace RunwareTts.Providers.Offline;

/// <summary>Fills what the request leaves open: as the model pages say, else near to the model's own 24 kHz.</summary>
internal static class DraftEncoding
{
    private const int ModelRate = 24000;

    public static AudioEncoding Of(SpeechRequest request)
    {
        FormatEntry format = SpeechCatalog.FindFormat(request.OutputFormat)!;
        if (!format.IsLossy)
            return new AudioEncoding(format.Name, null, null, null);

        BitrateRange row = FormatRules.Rows(format, request.SampleRate, request.Channels)
            .Where(r => request.Bitrate is not { } asked || asked >= r.Min && asked <= r.Max)
            .OrderBy(r => Math.Abs(r.SampleRate - ModelRate))
            .First();
        return new AudioEncoding(
            format.Name,
            row.SampleRate,
            request.Channels ?? SpeechCatalog.Limits.DefaultChannels,
            request.Bitrate ?? Math.Max(row.Min, Math.Min(row.Max, Ffmpeg.DefaultBitrate)));
    }
}
