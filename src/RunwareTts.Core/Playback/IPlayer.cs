namespace RunwareTts.Playback;

/// <summary>Plays files.</summary>
internal interface IPlayer
{
    string Name { get; }

    /// <summary>It plays such a file itself; otherwise it gets a WAV file.</summary>
    bool CanDecode(TtsAudioInfo audio);

    /// <summary>Plays a file to its end. The token ends the sound at once.</summary>
    /// <returns>Why it was not played; null if it was.</returns>
    Task<string?> PlayAsync(string file, CancellationToken token);
}
