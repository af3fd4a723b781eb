using RunwareTts.Audio;
using RunwareTts.Files;
using RunwareTts.Tools;

namespace RunwareTts.Playback;

/// <summary>Plays one clip at a time, with the first player of this machine that works.</summary>
/// <param name="clips">Gets the clips.</param>
/// <param name="player">The program that the user wants; null for what is there.</param>
internal sealed class Speaker(ClipSource clips, string? player = null)
{
    private const long MaxWavData = uint.MaxValue - 1024;

    private static readonly TimeSpan Starting = TimeSpan.FromMilliseconds(100);

    private volatile Playing? _now;

    /// <summary>What is being played; null between two clips.</summary>
    public Playing? Now => _now;

    /// <summary>Plays a clip to its end. The token ends the sound at once.</summary>
    /// <exception cref="TtsException">
    /// PlayerMissing, NoAudioDevice; of the clip: FileNotFound, FileNotReadable, AudioInvalid, DownloadFailed,
    /// OfflineToolMissing, OfflineToolFailed.
    /// </exception>
    public async Task PlayAsync(SoundClip clip, CancellationToken token)
    {
        IReadOnlyList<IPlayer> players = Players();
        using LocalClip local = await clips.OpenAsync(clip, token).ConfigureAwait(false);
        // Some players take an empty file for a broken one.
        if (local.Audio.Duration == TimeSpan.Zero)
            return;
        try
        {
            await PlayAsync(local, players, token).ConfigureAwait(false);
        }
        finally
        {
            _now = null;
        }
    }

    private async Task PlayAsync(LocalClip local, IReadOnlyList<IPlayer> players, CancellationToken token)
    {
        List<(string Player, string Why)> failures = [];
        string? decoded = null;
        // A sort that keeps the order: without a decoder in between, the sound begins sooner.
        foreach (IPlayer candidate in players.OrderBy(p => !p.CanDecode(local.Audio)))
        {
            string file = local.Path;
            if (!candidate.CanDecode(local.Audio))
            {
                // Without ffmpeg, what the others said is what matters.
                if (failures.Count > 0 && Program.Ffmpeg.Find() is null)
                    break;
                file = decoded ??= await DecodeAsync(local, token).ConfigureAwait(false);
            }

            _now = new Playing(local.Name, local.Audio.Duration);
            if (await candidate.PlayAsync(file, token).ConfigureAwait(false) is not { } why)
                return;
            // Ctrl+C ends a program of the terminal too, perhaps before it is known here.
            if (_now.Position > Starting)
                await Task.Delay(Starting, token).ConfigureAwait(false);
            token.ThrowIfCancellationRequested();
            failures.Add((candidate.Name, why));
        }

        throw player is null ? Errors.NoAudioDevice(failures) : Errors.ToolFailed(failures[0].Player, failures[0].Why);
    }

    private IReadOnlyList<IPlayer> Players()
    {
        if (player is not null)
            return [PlayerProgram.Named(player)];
        if (OperatingSystem.IsWindows())
            return [new WindowsPlayer()];
        IReadOnlyList<IPlayer> found = PlayerProgram.FindAll();
        return found.Count > 0 ? found : throw Errors.PlayerMissing(PlayerProgram.Names);
    }

    private static async Task<string> DecodeAsync(LocalClip local, CancellationToken token)
    {
        string file = local.Folder.NewFile("decoded.wav");
        try
        {
            await DecodeAsync(local, file, token).ConfigureAwait(false);
        }
        catch (Exception e) when (FileFault.Is(e))
        {
            throw Errors.ClipNotWritten(file, e);
        }

        return file;
    }

    private static async Task DecodeAsync(LocalClip local, string file, CancellationToken token)
    {
        PcmFormat pcm = new(local.Audio.SampleRate, local.Audio.Channels, SampleBytes: 2);
        using FileStream wav = new(file, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        byte[] header = WavHeader.Make(pcm, 0, 0);
        wav.Write(header, 0, header.Length);
        using ChildProcess decoder = Ffmpeg.Decode(local.Path, local.Audio.Format, pcm, token);
        await decoder.Output.CopyToAsync(wav, 81920, token).ConfigureAwait(false);
        await decoder.FinishAsync().ConfigureAwait(false);
        // Players know no larger ones; this is more than six hours.
        header = WavHeader.Make(pcm, Math.Min(wav.Length - header.Length, MaxWavData), 0);
        wav.Position = 0;
        wav.Write(header, 0, header.Length);
    }
}
