using RunwareTts.Catalog;
using RunwareTts.Text;

namespace RunwareTts.Requests;

/// <summary>A valid row. Null means not given, and is not sent.</summary>
public sealed record SpeechRequest
{
    public required string Text { get; init; }

    /// <summary>The full model id.</summary>
    public required string Model { get; init; }

    /// <summary>
    /// The voice as it is sent: a preset voice, <c>auto</c>, <c>design</c> or <c>clone</c>; or the name of a kept
    /// voice, for which <c>clone</c> is sent. Blank for a model that is not known, and is not sent.
    /// </summary>
    public required string Voice { get; init; }

    /// <summary>MP3, WAV, FLAC or OGG.</summary>
    public required string OutputFormat { get; init; }

    public string? Id { get; init; }
    public string? Style { get; init; }
    public string? VoiceDescription { get; init; }

    /// <summary>The clip to clone, as the row names it; null for a kept voice.</summary>
    public string? ReferenceAudio { get; init; }

    /// <summary>What is said in the clip; without it the speaker's embedding alone is used.</summary>
    public string? Transcript { get; init; }

    /// <summary>The kept voice that it names; null for any other voice.</summary>
    public TtsVoice? KeptVoice { get; init; }

    /// <summary>The clip, checked; null until it is, and for models that clone none.</summary>
    public ReferenceClip? Clip { get; init; }

    /// <summary>Further fields of the task, which are sent unchecked; null for none.</summary>
    public RequestOption? Option { get; init; }

    /// <summary>An English language name, or Auto.</summary>
    public string? Language { get; init; }

    /// <summary>0.25 to 4 in steps of 0.01.</summary>
    public decimal? Speed { get; init; }

    /// <summary>kbps.</summary>
    public int? Bitrate { get; init; }

    /// <summary>Hz.</summary>
    public int? SampleRate { get; init; }

    public int? Channels { get; init; }
    public string? OutputPath { get; init; }
    public int NumberResults { get; init; } = 1;
    public int? MaxNewTokens { get; init; }

    /// <summary>URL, base64Data or dataURI.</summary>
    public string? OutputType { get; init; }

    /// <summary>Seconds.</summary>
    public int? Ttl { get; init; }

    public Uri? WebhookUrl { get; init; }
    public Uri? UploadEndpoint { get; init; }

    /// <summary>Tags for its files; they are not sent to the service.</summary>
    public AudioTags? Tags { get; init; }

    /// <summary>The short name of a known model, else its full id.</summary>
    public string ModelName => SpeechCatalog.FindModel(Model)?.Name ?? Model;

    /// <summary>Base clones a clip.</summary>
    internal bool IsClone => Model == SpeechCatalog.Base.ModelId;

    /// <summary>What is sent as speech.voice.</summary>
    internal string WireVoice => IsClone ? SpeechCatalog.Base.DefaultVoice : Voice;

    /// <summary>The text's length in code points, as the limit and the price count it.</summary>
    public int TextLength => PlainText.CodePoints(Text);

    /// <summary>The language of the speech: Language, or for Auto that of the text's script.</summary>
    internal string SpokenLanguage => TextLanguage.Of(Text, Language);

    /// <summary>About how long its audio will be, all results together, by the language's usual pace.</summary>
    public TimeSpan EstimatedDuration
    {
        get
        {
            decimal pace = SpeechCatalog.FindLanguage(SpokenLanguage)!.CharactersPerSecond!.Value;
            decimal seconds = TextLength / pace / (Speed ?? SpeechCatalog.Limits.DefaultSpeed) * NumberResults;
            return TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond));
        }
    }
}
