using RunwareTts.Files;
using RunwareTts.Providers;
using RunwareTts.Requests;

namespace RunwareTts.Batch;

/// <summary>Where a result goes and what is made of it.</summary>
/// <param name="Path">The file; null for none.</param>
/// <param name="Format">The format asked for; null for any.</param>
/// <param name="Describe">Makes the object of the result, with its file where there is one.</param>
internal sealed record SaveOrder(string? Path, string? Format, Func<Saved, TtsSpeech> Describe)
{
    /// <summary>Hz that were asked for; null for any.</summary>
    public int? SampleRate { get; init; }

    /// <summary>1 or 2 that were asked for; null for any.</summary>
    public int? Channels { get; init; }

    /// <summary>A file that is there may be replaced.</summary>
    public bool Overwrite { get; init; }

    /// <summary>The file that is there has the same audio, and its place is never empty.</summary>
    public bool IsSame { get; init; }

    /// <summary>Tags that the file gets; null leaves it byte for byte what came.</summary>
    public AudioTags? Tags { get; init; }

    /// <summary>Writes the bytes, where they are nearer than at the service.</summary>
    public Func<Stream, CancellationToken, Task>? Source { get; init; }

    /// <summary>The same from a file that is there.</summary>
    public SaveOrder From(string file) => this with { Source = (stream, token) => CopyAsync(file, stream, token) };

    /// <summary>Whether what came is wanted; where it is not, the file stays as it is.</summary>
    public Func<Saved, bool>? Accept { get; init; }

    /// <summary>Puts it on record before the file bears its name: a crash between the two then leaves no file that nobody knows.</summary>
    public Func<Saved, Task>? Record { get; init; }

    private static async Task CopyAsync(string file, Stream target, CancellationToken token)
    {
        using FileStream source = new(file, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        await source.CopyToAsync(target, 81920, token).ConfigureAwait(false);
    }
}

/// <summary>A result and what became of its bytes.</summary>
internal sealed record Saved(string? Path, TtsAudioInfo? Audio, long? Size, SpeechResult Result)
{
    /// <summary>The tags that it got, as the ledger has them.</summary>
    public string? Tags { get; init; }

    /// <summary>What its file is known by.</summary>
    public FileMark? Mark { get; init; }

    /// <summary>The length of the file with the same audio that it replaces.</summary>
    public long? Before { get; init; }
}
