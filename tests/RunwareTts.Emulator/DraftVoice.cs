using System.Security.Cryptography;
using System.Text;
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
            Voice = VoiceOf(order),
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

    // One clip, one speaker; and so for a voice of a model that is not known here.
    private static string VoiceOf(SpeakOrder order)
    {
        if (order.Clip is null && (PageRules.Models.Contains(order.Model) || order.Voice == PageRules.AutoVoice))
            return order.Voice;
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(order.Clip ?? order.Voice));
        return PageRules.Names[digest[0] % PageRules.Names.Length];
    }
}
