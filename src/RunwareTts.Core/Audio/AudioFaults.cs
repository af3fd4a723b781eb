namespace RunwareTts.Audio;

/// <summary>What is wrong with a file that is audio all the same.</summary>
internal sealed class AudioFaults
{
    /// <summary>The file ends before its audio does.</summary>
    public bool Truncated { get; set; }

    /// <summary>
    /// Several files, or several runs of samples, stand in one after the other; many players know of the first alone.
    /// </summary>
    public bool Joined { get; set; }

    /// <summary>Something in the middle of the audio is lost or wrong.</summary>
    public bool Damaged { get; set; }

    /// <summary>Something that is no audio and no tag follows.</summary>
    public bool TrailingData { get; set; }

    public string[] Names => [.. All().Where(fault => fault.IsThere).Select(fault => fault.Name)];

    private (string Name, bool IsThere)[] All() =>
    [
        (nameof(Truncated), Truncated),
        (nameof(Joined), Joined),
        (nameof(Damaged), Damaged),
        (nameof(TrailingData), TrailingData),
    ];
}
