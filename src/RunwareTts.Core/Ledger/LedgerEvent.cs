using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using RunwareTts.Files;

namespace RunwareTts.Ledger;

/// <summary>
/// One line of a ledger: what a later run must know so that nothing is paid for twice, and nothing else. It holds no
/// key, no text and no query of a URL.
/// </summary>
internal sealed record LedgerEvent
{
    // More than any task can take or cost; sums of them stay numbers.
    private const double MaxSeconds = 1e9;
    private const decimal MaxCost = 1e6m;

    public required LedgerEventKind Event { get; init; }
    public required DateTimeOffset At { get; init; }
    public required Guid Task { get; init; }

    /// <summary>When the task was first submitted, where this is not that event.</summary>
    public DateTimeOffset? Submitted { get; init; }

    /// <summary>What was asked for: <see cref="Requests.RequestHash"/>. Null where only the task is known.</summary>
    public string? Hash { get; init; }

    public string? Provider { get; init; }
    public string? Endpoint { get; init; }
    public string? Id { get; init; }
    public string? Model { get; init; }
    public string? Voice { get; init; }

    /// <summary>The preset voice that was sent in place of auto, which the service refused.</summary>
    public string? Chosen { get; init; }

    public string? Language { get; init; }
    public string? Format { get; init; }

    /// <summary>The length of the text, in code points.</summary>
    public int? Characters { get; init; }

    public int? NumberResults { get; init; }

    /// <summary>
    /// The planned file, with forward slashes: relative to the ledger's folder, else absolute. Several results are
    /// numbered from it.
    /// </summary>
    public string? Path { get; init; }

    /// <summary>Where the service was to upload the results, as a short hash; null for nowhere.</summary>
    public string? Upload { get; init; }

    public IReadOnlyList<LedgerResult>? Results { get; init; }

    /// <summary>Submissions under this task's id.</summary>
    public int? Attempts { get; init; }

    /// <summary>From the first submission to here.</summary>
    public double? Seconds { get; init; }

    /// <summary>
    /// From the first submission to when the task was last seen unfinished: it ended between this and Seconds. 0 if its
    /// first poll came in time and found it done; null if nothing shows when it ended.
    /// </summary>
    public double? OpenSeconds { get; init; }

    /// <summary>An error id; next to results, that of those which are missing.</summary>
    public string? Error { get; init; }

    /// <summary>Which result a saved file holds, from 0.</summary>
    public int? Index { get; init; }

    /// <summary>The saved file, like Path.</summary>
    public string? File { get; init; }

    /// <summary>The saved file's length, last write time (UTC) and content: <see cref="FileMark"/>.</summary>
    public long? Bytes { get; init; }

    public DateTime? Written { get; init; }
    public string? Content { get; init; }

    /// <summary>The file that it replaces, where that was made here too.</summary>
    public FileMark? Over { get; init; }

    public LedgerAudio? Audio { get; init; }

    /// <summary>Which tags were written into it, as a short hash; null for none.</summary>
    public string? Tags { get; init; }

    /// <summary>The length of the file that it replaces, which has the same audio and other tags.</summary>
    public long? Before { get; init; }

    /// <summary>Of how many parts it was joined.</summary>
    public int? Parts { get; init; }

    /// <summary>What is doubtful about these.</summary>
    public string? Suspect { get; init; }

    [JsonIgnore]
    public FileMark? Mark => Bytes is { } bytes ? new FileMark(bytes, Written, Content) : null;

    /// <summary>The file was recognized by its content or length alone: its time should be written down.</summary>
    [JsonIgnore]
    public bool IsStale { get; init; }

    /// <summary>The service has made the results.</summary>
    [JsonIgnore]
    public bool IsDone => Event is LedgerEventKind.Completed or LedgerEventKind.Saved && Results is not null;

    /// <summary>It was written down, and may be under way or done.</summary>
    [JsonIgnore]
    public bool IsOpen => Event != LedgerEventKind.Failed && !IsDone;

    /// <summary>
    /// The next step needs it on the disk, so that nothing is sent or named that could be forgotten. Without the other
    /// events a later run only asks once more, at no charge.
    /// </summary>
    [JsonIgnore]
    public bool IsDependedOn => Event is LedgerEventKind.Submitted or LedgerEventKind.Saved;

    /// <summary>When the task was submitted. Earlier versions wrote down only how long it took.</summary>
    [JsonIgnore]
    public DateTimeOffset SubmittedAt =>
        Submitted ?? (Event == LedgerEventKind.Completed && Seconds is { } seconds
            && At.UtcTicks > seconds * TimeSpan.TicksPerSecond ? At.AddSeconds(-seconds) : At);

    /// <summary>How long ago the task was submitted; null if the system time was changed since.</summary>
    [JsonIgnore]
    public TimeSpan? Age =>
        DateTimeOffset.UtcNow - SubmittedAt is var age && age >= TimeSpan.Zero ? age : null;

    private bool IsSound =>
        Seconds is null or (>= 0 and <= MaxSeconds) && OpenSeconds is null or (>= 0 and <= MaxSeconds)
        && Results?.All(r => r is { Cost: null or (>= 0 and <= MaxCost) }) != false;

    public byte[] ToLine()
    {
        using MemoryStream line = new();
        using (Utf8JsonWriter writer = new(line, LedgerJson.Writing))
            LedgerJson.Lines.Write(writer, this);
        line.WriteByte((byte)'\n');
        return line.ToArray();
    }

    /// <summary>Null for a line that was torn by a crash, or that another program wrote.</summary>
    public static LedgerEvent? Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, LedgerJson.Lines.LedgerEvent) is { IsSound: true } read
                ? read : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>
/// Submitted is written before a request leaves, Accepted when the service has confirmed that it has the task.
/// </summary>
[JsonConverter(typeof(LedgerEventKindConverter))]
internal enum LedgerEventKind
{
    Submitted,
    Accepted,
    Completed,
    Failed,
    Saved,

    /// <summary>A saved file is unchanged and has another time: this is about the file, not its task.</summary>
    Seen,
}

/// <summary>A result: the service's id of its audio, its URL without a query, and its cost in USD.</summary>
internal sealed record LedgerResult(string? Audio, string? Url, decimal? Cost)
{
    /// <summary>Where it can be fetched; null for a URL that this module cannot have written.</summary>
    [JsonIgnore]
    public Uri? Address =>
        Uri.TryCreate(Url, UriKind.Absolute, out Uri? url)
        && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp) ? url : null;
}

/// <summary>What a saved file is, so that an unchanged one need not be opened.</summary>
internal sealed record LedgerAudio(
    string Format, string Codec, long Ticks, int SampleRate, int Channels, int? Bitrate, int AverageBitrate)
{
    public static LedgerAudio? Of(TtsAudioInfo? info) => info is null ? null
        : new(info.Format, info.Codec, info.Duration.Ticks, info.SampleRate, info.Channels, info.Bitrate,
            info.AverageBitrate);

    public TtsAudioInfo ToInfo() =>
        new(Format, Codec, TimeSpan.FromTicks(Ticks), SampleRate, Channels, Bitrate, AverageBitrate);
}

internal sealed class LedgerEventKindConverter()
    : JsonStringEnumConverter<LedgerEventKind>(JsonNamingPolicy.CamelCase, allowIntegerValues: false);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(LedgerEvent))]
internal sealed partial class LedgerJson : JsonSerializerContext
{
    // File names stay readable; the ledger is not put into a web page.
    public static readonly LedgerJson Lines = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static readonly JsonWriterOptions Writing = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    // With an encoder of our own the serializer would pass by the generated code, and compile a converter for each
    // property instead.
    public void Write(Utf8JsonWriter writer, LedgerEvent happened) => LedgerEventSerializeHandler(writer, happened);
}
