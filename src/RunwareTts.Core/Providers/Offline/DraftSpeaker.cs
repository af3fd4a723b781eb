using System.Text;
using RunwareTts.Catalog;
using RunwareTts.Files;
using RunwareTts.Requests;
using RunwareTts.Text;
using RunwareTts.Tools;

namespace RunwareTts.Providers.Offline;

/// <summary>Speaks one request into the bytes of an audio file, through a temporary folder of its own.</summary>
internal static class DraftSpeaker
{
    public static async Task<byte[]> SpeakAsync(SpeechRequest request, int variation, CancellationToken token)
    {
        string folder = PrivateFiles.CreateTempDirectory();
        try
        {
            string file = await SpeakAsync(request, variation, folder, token).ConfigureAwait(false);
            return await FileRetry.RunAsync(() => File.ReadAllBytes(file)).ConfigureAwait(false);
        }
        finally
        {
            await FileRetry.TidyFolderAsync(folder).ConfigureAwait(false);
        }
    }

    private static async Task<string> SpeakAsync(
        SpeechRequest request, int variation, string folder, CancellationToken token)
    {
        string text = Path.Combine(folder, "text.txt");
        string wav = Path.Combine(folder, "speech.wav");
        File.WriteAllText(text, request.Text, new UTF8Encoding(false));
        string language = request.SpokenLanguage;
        if (language == "Japanese" && request.Text.Any(TextLanguage.IsHan))
            text = await KanjiReader.ReadAsync(text, Path.Combine(folder, "reading.txt"), token).ConfigureAwait(false);
        double speed = (double)(request.Speed ?? SpeechCatalog.Limits.DefaultSpeed);
        DraftVoice voice = VoiceOf(request, language).Vary(variation);
        double tempo = await EspeakNg.SpeakAsync(text, wav, language, voice, speed, token).ConfigureAwait(false);

        if (request.MaxNewTokens is { } tokens)
        {
            decimal seconds = tokens / SpeechCatalog.Limits.TokensPerSecond / (decimal)speed * (decimal)tempo;
            await EspeakWav.ShortenAsync(wav, seconds).ConfigureAwait(false);
        }

        if (request.OutputFormat == "WAV" && tempo is 1)
            return wav;
        string encoded = Path.Combine(folder, "encoded");
        await Ffmpeg.ConvertAsync(wav, encoded, LocalEncoding.Of(request), tempo, token).ConfigureAwait(false);
        return encoded;
    }

    private static DraftVoice VoiceOf(SpeechRequest request, string language)
    {
        if ((request.VoiceDescription ?? request.KeptVoice?.Description) is { } description)
            return DraftVoice.Of(description);
        bool isNative = request.KeptVoice is not null || request.Voice == SpeechCatalog.CustomVoice.DefaultVoice;
        string name = isNative ? FindNative(language) : request.Voice;
        DraftVoice voice = DraftVoice.FindPreset(name)!;
        return request.Style is { } style ? voice.WithStyle(style) : voice;
    }

    private static string FindNative(string language) =>
        (SpeechCatalog.Voices.FirstOrDefault(v => v.NativeLanguage == language) ?? SpeechCatalog.Voices[0]).Name;
}
