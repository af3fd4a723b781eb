using RunwareTts.Catalog;
using RunwareTts.Requests;
using RunwareTts.Text;
using RunwareTts.Tools;

namespace RunwareTts.Providers.Offline;

/// <summary>Draft voices of this machine: real speech with no key and no network, but not the hosted models.</summary>
public sealed class OfflineProvider : ISpeechProvider
{
    public const string ProviderName = TtsSpeech.Offline;

    public OfflineProvider() => KanjiReader.ForgetFailures();

    public string Name => ProviderName;

    public bool ChargesNothing => true;

    public bool KeepsVoices => false;

    public bool UploadsResults => false;

    public string? Caution => "These are draft voices of this machine (espeak-ng), not Qwen3-TTS: use them to check "
        + "timing and text. To use the hosted models, run Connect-TtsService -ApiKey ...";

    public string? CautionFor(SpeechRequest request, CancellationToken token = default)
    {
        if (!request.Text.Any(TextLanguage.IsHan))
            return null;
        return request.SpokenLanguage switch
        {
            "Korean" => "Korean text with hanja: the draft voice says 'Chinese letter' for each of them. "
                + "To check such a text, write it in hangul.",
            "Japanese" when !KanjiReader.IsHere(token) => "Japanese text with kanji: the draft voice says 'Chinese "
                + "letter' for each of them, unless MeCab with a dictionary in UTF-8 is installed. Install it with: "
                + $"{Program.Mecab.InstallCommand}. Or write the text in kana; the hosted models read both.",
            _ => null,
        };
    }

    public TtsException? FindUnsupported(SpeechRequest request, bool wait)
    {
        (string Parameter, string Why)? refused =
            ImmediateResults.FindUnsupported(request, wait) is { } unsupported ? unsupported
            : request.UploadEndpoint is not null
                ? ("UploadEndpoint", "the audio stays on this machine. Leave it out.")
            : SpeechCatalog.FindModel(request.Model) is null
                ? ("Model", $"there is no draft of the model '{request.Model}'. Leave it out.")
            : request.Option is not null
                ? ("Option", "draft voices take no further fields. Leave it out.")
            : request.ReferenceAudio is not null && request.KeptVoice is null
                ? ("ReferenceAudio", "a draft voice cannot sound like a clip. Leave it out, or give the Voice of a "
                    + "preset or a VoiceDescription.")
            : !HasDraft(request)
                ? ("Voice", $"there is no draft of the voice '{request.Voice}'. Choose one that Get-TtsVoice lists.")
            : null;
        return refused is var (parameter, why) ? Errors.NotSupported(parameter, Name, why) : null;
    }

    public void EnsureReady()
    {
    }

    public async Task<TaskAnswer> SubmitAsync(Guid task, SpeechRequest request, bool wait, CancellationToken token)
    {
        List<SpeechResult> results = [];
        for (int n = 0; n < request.NumberResults; n++)
        {
            byte[] audio = await DraftSpeaker.SpeakAsync(request, n, token).ConfigureAwait(false);
            results.Add(new SpeechResult(null, null, audio, null));
        }

        return new TaskAnswer { Results = results };
    }

    public Task<IReadOnlyDictionary<Guid, TaskAnswer>> PollAsync(
        IReadOnlyCollection<Guid> tasks, CancellationToken token) =>
        throw Errors.NotSupported(
            "TaskUUID", Name, "it keeps no tasks to wait for. Connect to the service that has them.");

    public Task<TaskAnswer?> RecallAsync(Guid task, CancellationToken token) => Task.FromResult<TaskAnswer?>(null);

    public Task<decimal?> PriceAsync(SpeechRequest request, CancellationToken token) =>
        throw Errors.NotSupported("Remote", Name, "draft voices are free. Leave -Remote out.");

    public Task FetchAsync(SpeechResult result, Stream destination, CancellationToken token) =>
        destination.WriteAsync(result.Data!, 0, result.Data!.Length, token);

    /// <exception cref="TtsException">OfflineToolMissing.</exception>
    internal static Task ProveAsync(CancellationToken token) =>
        ChildProcess.RunAsync(EspeakNg.Require(), null, ["--version"], token);

    private static bool HasDraft(SpeechRequest request) =>
        request.VoiceDescription is not null
        || request.KeptVoice is not null
        || request.Voice == SpeechCatalog.CustomVoice.DefaultVoice
        || DraftVoice.FindPreset(request.Voice) is not null;
}
