using RunwareTts.Catalog;
using RunwareTts.Requests;
using RunwareTts.Tools;

namespace RunwareTts.Providers;

/// <summary>Fills what the request leaves open: as the model pages say, else near to the model's own 24 kHz.</summary>
internal static class LocalEncoding
{
    private const int ModelRate = 24000;

    public static AudioEncoding Of(SpeechRequest request)
    {
        AudioFormat format = SpeechCatalog.FindFormat(request.OutputFormat)!;
        if (!format.IsLossy)
            return new AudioEncoding(format.Name, null, null, null);

        TtsFormat row = FormatRules.Rows(format, request.SampleRate, request.Channels)
            .Where(r => request.Bitrate is not { } asked || r.Allows(asked))
            .OrderBy(r => Math.Abs(r.SampleRate!.Value - ModelRate))
            .First();
        return new AudioEncoding(
            format.Name,
            row.SampleRate,
            request.Channels ?? SpeechCatalog.Limits.DefaultChannels,
            request.Bitrate ?? Math.Max(row.MinBitrate!.Value, Math.Min(row.MaxBitrate!.Value, Ffmpeg.DefaultBitrate)));
    }
}
