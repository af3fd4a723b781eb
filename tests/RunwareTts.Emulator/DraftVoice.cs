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
            Model = order.Model,
            Voice = order.Voice,
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
}
