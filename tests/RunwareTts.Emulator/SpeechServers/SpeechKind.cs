using System.Text.Json;
using System.Text.Json.Nodes;

namespace RunwareTts.Emulator;

/// <summary>What one program that serves the open weights accepts and answers.</summary>
internal abstract class SpeechKind(SpeechModel model)
{
    public const string SpeechPath = "/v1/audio/speech";

    private protected const double LeastSpeed = 0.25;
    private protected const double MostSpeed = 4;

    /// <summary>The speakers of CustomVoice, as its checkpoint has them.</summary>
    private protected static readonly string[] Speakers =
        ["aiden", "dylan", "eric", "ono_anna", "ryan", "serena", "sohee", "uncle_fu", "vivian"];

    private protected static readonly string[] Languages =
    [
        "Auto", "Chinese", "English", "French", "German", "Italian", "Japanese", "Korean", "Portuguese", "Russian",
        "Spanish",
    ];

    public static SpeechKind Of(SpeechServerOptions options) => options.Kind switch
    {
        SpeechServerKind.VllmOmni => new VllmOmniKind(options.Model),
        SpeechServerKind.SglangOmni => new SglangOmniKind(options.Model),
        _ => new PlainKind(options.Model),
    };

    public SpeechModel Model => model;

    public string ModelId => $"Qwen/Qwen3-TTS-12Hz-1.7B-{model}";

    /// <summary>How many requests it works on at once when no switch says otherwise.</summary>
    public abstract int Slots { get; }

    /// <summary>How many more may wait.</summary>
    public virtual int Queue => int.MaxValue;

    public abstract SpeechRefusal NoJson { get; }

    public abstract SpeechRefusal Unauthorized { get; }

    public abstract SpeechVerdict Check(JsonElement body, SpeechServerSwitches now);

    /// <summary>The answer to a GET. Null when it has no such page.</summary>
    public abstract SpeechPage? FindPage(string path, SpeechServerSwitches now);

    public abstract SpeechRefusal NoPage(int status);

    public abstract SpeechRefusal BadClip(string message);

    public abstract SpeechRefusal Failed(string message);

    public abstract SpeechRefusal NoEncoder(string format);

    /// <summary>What the cap of tokens of its own refuses, after the work.</summary>
    public virtual SpeechRefusal? FindOverrun(SpeechJob job, SpeechTake take) => null;

    public virtual bool NeedsKey(string path) => path.StartsWith("/v1", StringComparison.Ordinal);

    public virtual SpeechRefusal Busy(int status) => status == 503
        ? SpeechRefusal.Error(503, "The request queue is full.", "server_error", null, null)
        : SpeechRefusal.Error(
            429, "The request was not admitted: the server is at its limit.", "rate_limit_error", null,
            "admission_rejected");

    /// <summary>The headers that say how the generation ended.</summary>
    public virtual void Tell(IHeaderDictionary headers, SpeechJob job, SpeechTake take)
    {
    }

    private protected static JsonArray ListOf(IEnumerable<string> names) =>
        new([.. names.Select(name => JsonValue.Create(name))]);
}
