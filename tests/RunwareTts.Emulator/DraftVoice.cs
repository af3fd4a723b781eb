using RunwareTts.Providers.Offline;
using RunwareTts.Requests;

namespace RunwareTts.Emulator;

/// <summary>The emulator's voice: the draft voices of the module's offline provider.</summary>
internal static class DraftVoice
{
    public static Task<byte[]> SpeakAsync(SpeakOrder order, CancellationToken token)
    {
        var design = order.Voice == "design";
        SpeechRequest request = new()
        {
            Text = order.Text,
            Model = order.Clip is null ? order.Model : PageRules.CustomVoice,
            Voice = order.Clip is { } clip ? PresetOf(clip) : order.Voice,
            VoiceDescription = design ? order.Prompt : null,
            Style = design ? null : order.Prompt,
            Language = order.Language,
            Speed = (decimal)order.Speed,
            OutputFormat = order.Format,
            Bitrate = order.Bitrate,
            SampleRate = order.SampleRate,
            Channels = order.Channels,
            MaxNewTokens = order.MaxNewTokens,
        };
        return DraftSpeaker.SpeakAsync(request, order.Variation, token);
    }

    // One clip, one speaker.
    private static string PresetOf(string clip) =>
        PageRules.Names[Convert.FromHexString(clip)[0] % PageRules.Names.Length];
}
