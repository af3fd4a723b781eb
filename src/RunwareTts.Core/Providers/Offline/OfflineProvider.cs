using RunwareTts.Catalog;
using RunwareTts.Requests;
using RunwareTts.Text;
using RunwareTts.Tools;

namespace RunwareTts.Providers.Offline;

/// <summary>Draft voices of this machine: real speech with no key and no network, but not the hosted models.</summary>
public sealed class OfflineProvider : ISpeechProvider
{
    public const string ProviderName = TtsSpeech.OfflineProvider;

    public OfflineProvider() => Mecab.ForgetFailures();

    public string Name => ProviderName;

    public bool ChargesNothing => true;

    public string? Caution => "These are draft voices of this machine (espeak-ng), not Qwen3-TTS: good for timing and proof-listening. Connect-TtsService -ApiKey … changes to the hosted models.";

    public string? CautionFor(SpeechRequest request, CancellationToken token = default) =>
        !EspeakLanguage.HasHanThatItCannotRead(request) ? null
        : TextLanguage.Of(request) == "Korean" ? "Korean texts with hanja: the draft voice says 'Chinese letter' for each of them. Write the text in hangul to proof-listen it."
        : Mecab.IsHere(token) ? null
        : $"Japanese texts with kanji: the draft voice says 'Chinese letter' for each of them, unless MeCab with a dictionary in UTF-8 is there to read them. Install it with: {Program.Mecab.InstallCommand}. Or write the text in kana; the hosted models read both.";

    public TtsException? FindUnsupported(SpeechRequest request, bool wait)
    {
        TtsException No(string parameter, string why) => Errors.NotSupported(parameter, Name, why);
        return request.WebhookUrl is not null ? No("WebhookUrl", "nothing is pushed; the result comes at once. Leave it out.")
            : request.UploadEndpoint is not null ? No("UploadEndpoint", "the audio stays on this machine. Leave it out.")
            : request.Ttl is not null ? No("Ttl", "there is no URL that could expire. Leave it out.")
            : request.OutputType == SpeechCatalog.OutputTypes[0] ? No("OutputType", "there is no URL; the result is a file, or the bytes in AudioData. Leave it out.")
            : !wait ? No("Async", "the result comes at once. Leave -Async out.")
            : SpeechCatalog.FindModel(request.Model) is null ? No("Model", $"there is no draft of the model '{request.Model}'. Leave it out.")
            : HasDraft(request) ? null
            : No("Voice", $"there is no draft of the voice '{request.Voice}'. Choose one that Get-TtsVoice lists.");
    }

    public void EnsureReady()
    {
    }

    public async Task<TaskAnswer> SubmitAsync(Guid task, SpeechRequest request, bool wait, CancellationToken token)
    {
        List<SpeechResult> results = [];
        for (int n = 0; n < request.NumberResults; n++)
            results.Add(new SpeechResult(null, null, await DraftSpeaker.SpeakAsync(request, n, token).ConfigureAwait(false), null));
        return new TaskAnswer { Results = results };
    }

    public Task<IReadOnlyDictionary<Guid, TaskAnswer>> PollAsync(IReadOnlyCollection<Guid> tasks, CancellationToken token) =>
        throw Errors.NotSupported("TaskUUID", Name, "it keeps no tasks to wait for. Connect to the service that has them.");

    public Task<TaskAnswer?> RecallAsync(Guid task, CancellationToken token) => Task.FromResult<TaskAnswer?>(null);

    public Task<decimal?> PriceAsync(SpeechRequest request, CancellationToken token) =>
        throw Errors.NotSupported("Remote", Name, "draft voices are free. Leave -Remote out.");

    public Task FetchAsync(SpeechResult result, Stream destination, CancellationToken token) =>
        destination.WriteAsync(result.Data!, 0, result.Data!.Length, token);

    /// <exception cref="TtsException">OfflineToolMissing.</exception>
    internal static Task ProveAsync(CancellationToken token) =>
        ChildProcess.RunAsync(Program.Espeak.Require("Speech on this machine is made by espeak-ng."),
            null, ["--version"], token);

    private static bool HasDraft(SpeechRequest request) =>
        request.VoiceDescription is not null || request.Voice == SpeechCatalog.CustomVoice.Voice || DraftVoice.Preset(request.Voice) is not null;
}
