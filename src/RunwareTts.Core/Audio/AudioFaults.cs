namespace RunwareTts.Audio;

/// <summary>The faults of a file that is still readable.</summary>
internal sealed class AudioFaults
{
    /// <summary>The file ends before its audio does.</summary>
    public bool Truncated { get; set; }

    /// <summary>Several files or runs of samples, one after the other; many players know only the first.</summary>
    public bool Joined { get; set; }

    /// <summary>Audio in the middle is missing or wrong.</summary>
    public bool Damaged { get; set; }

    /// <summary>Data that is neither audio nor a tag follows.</summary>
    public bool TrailingData { get; set; }

    public string[] Names =>
    [
        .. Truncated ? [nameof(Truncated)] : Array.Empty<string>(),
        .. Joined ? [nameof(Joined)] : Array.Empty<string>(),
        .. Damaged ? [nameof(Damaged)] : Array.Empty<string>(),
        .. TrailingData ? [nameof(TrailingData)] : Array.Empty<string>(),
    ];
}
