using System.Text;
using RunwareTts.Catalog;
using RunwareTts.Files;
using RunwareTts.Requests;
using RunwareTts.Tools;

namespace RunwareTts.Providers.Offline;

/// <summary>Speaks one request into the bytes of an audio file, through files in a temporary folder of its own.</summary>
internal static class DraftSpeaker
{
    public static async Task<byte[]> SpeakAsync(SpeechRequest request, int variation, CancellationToken token)
    {
        string folder = Path.Combine(Path.GetTempPath(), "runwaretts-" + Guid.NewGuid().ToString("N"));
        PrivateFiles.CreateDirectory(folder);
        try
        {
            string text = Path.Combine(folder, "text.txt");
            string wav = Path.Combine(folder, "speech.wav");
            File.WriteAllText(text, request.Text, new UTF8Encoding(false));
            string language = request.SpokenLanguage;
            if (language == "Japanese" && EspeakLanguage.HasHanThatItCannotRead(request))
                text = await Mecab.ReadAsync(text, Path.Combine(folder, "reading.txt"), token).ConfigureAwait(false);
            double speed = (double)(request.Speed ?? SpeechCatalog.Limits.DefaultSpeed);
            double tempo = await Espeak.SpeakAsync(text, wav, language, VoiceOf(request).Vary(variation), speed, token).ConfigureAwait(false);

            if (request.MaxNewTokens is { } tokens)
                EspeakWav.Shorten(wav, tokens / SpeechCatalog.Limits.TokensPerSecond / (decimal)speed * (decimal)tempo);
            if (request.OutputFormat == "WAV" && tempo is 1)
                return FileRetry.Run(() => File.ReadAllBytes(wav));

            string target = Path.Combine(folder, "encoded" + SpeechCatalog.FindFormat(request.OutputFormat)!.Extension);
            await Ffmpeg.EncodeAsync(wav, target, request.OutputFormat, EncodingPlan.For(request), tempo, token).ConfigureAwait(false);
            return FileRetry.Run(() => File.ReadAllBytes(target));
        }
        finally
        {
            await FileRetry.TidyFolderAsync(folder).ConfigureAwait(false);
        }
    }

    private static DraftVoice VoiceOf(SpeechRequest request)
    {
        if (request.VoiceDescription is { } description)
            return DescriptionReader.Design(description);
        string name = request.Voice == SpeechCatalog.CustomVoice.DefaultVoice ? AutoVoice(request.SpokenLanguage) : request.Voice;
        DraftVoice voice = DraftVoice.Preset(name)!;
        return request.Style is { } style ? DescriptionReader.Colour(voice, style) : voice;
    }

    private static string AutoVoice(string language) =>
        (SpeechCatalog.Voices.FirstOrDefault(v => v.NativeLanguage == language) ?? SpeechCatalog.Voices[0]).Name;
}
