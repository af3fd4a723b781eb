using RunwareTts.Audio;
using RunwareTts.Files;

namespace RunwareTts.Review;

/// <summary>What a clip is now, whatever its result says: the file may have been changed or deleted.</summary>
internal sealed record MeasuredClip(TtsSpeech Speech)
{
    private const string Missing = "Missing";
    private const string NotSaved = "NotSaved";
    private const string Unreadable = "Unreadable";
    private const string Silent = "Silent";

    public TtsAudioInfo? Audio { get; init; }
    public long Bytes { get; init; }

    /// <summary>The hash of the content; null where there is none.</summary>
    public string? Content { get; init; }

    public string? Peaks { get; init; }

    /// <summary>Why it cannot be played; null where it can.</summary>
    private string? Trouble { get; init; }

    public bool IsPlayable => Trouble is null;

    /// <summary>It can be played, and could not be decoded here.</summary>
    public bool LacksPeaks => IsPlayable && Audio is not null && Peaks is null;

    /// <summary>All that is doubtful about it, each name once.</summary>
    public IReadOnlyList<string> Flags =>
    [
        .. new[] { Trouble, Speech.Suspect }.Concat(Audio?.Faults ?? [])
            .Append(Peaks?.All(level => level == PeakLetters.Levels[0]) == true ? Silent : null)
            .Where(flag => !string.IsNullOrEmpty(flag)).Distinct()!,
    ];

    /// <exception cref="OperationCanceledException">The user has stopped it.</exception>
    public static async Task<MeasuredClip> MeasureAsync(TtsSpeech speech, CancellationToken token)
    {
        MeasuredClip clip = new(speech);
        if (speech.Path is null && speech.AudioData is null)
            return clip with { Trouble = NotSaved };
        if (speech.Path is { } path && !File.Exists(path))
            return clip with { Trouble = Missing };
        try
        {
            using Stream stream = Open(speech);
            clip = clip with { Bytes = stream.Length, Content = FileMark.Of(stream).Content };
            TtsAudioInfo audio = AudioInfoReader.Read(stream) with { Path = speech.Path };
            string? peaks = await PeakLetters.MeasureAsync(audio, stream, token).ConfigureAwait(false);
            return clip with { Audio = audio, Peaks = peaks };
        }
        catch (Exception e) when (e is AudioFormatException || FileFault.Is(e))
        {
            return clip with { Trouble = Unreadable };
        }
    }

    /// <summary>The content, to be read once.</summary>
    public static Stream Open(TtsSpeech speech) => speech.Path is { } path
        ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete)
        : new MemoryStream(speech.AudioData!, writable: false);
}
