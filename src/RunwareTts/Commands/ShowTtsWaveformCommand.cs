using System.Management.Automation;
using System.Management.Automation.Host;
using RunwareTts.Binding;
using RunwareTts.Levels;
using RunwareTts.Playback;

namespace RunwareTts.Commands;

/// <summary>Draws audio in the terminal, with its peak and loudness.</summary>
[Cmdlet(VerbsCommon.Show, "TtsWaveform", DefaultParameterSetName = "Path",
    HelpUri = HelpPages.Root + "Show-TtsWaveform.md")]
[OutputType(typeof(TtsWaveform))]
public sealed class ShowTtsWaveformCommand : ClipCmdlet
{
    private const int MinWidth = 20;
    private const int MaxWidth = 1000;
    private const int UsualWidth = 80;

    /// <summary>Columns; 0 for the width of the host.</summary>
    [Parameter]
    [OneNumber(nameof(Width), true)]
    [ValidateRange(MinWidth, MaxWidth)]
    public int Width { get; set; }

    private protected override void Process(SoundClip clip) =>
        WriteObject(TaskWait.For(token => Task.Run(() => DrawAsync(clip, token), token), StopToken));

    private async Task<TtsWaveform> DrawAsync(SoundClip clip, CancellationToken token)
    {
        using LocalClip local = await Clips.OpenAsync(clip, token).ConfigureAwait(false);
        TtsWaveform drawn = await WaveformReader
            .ReadAsync(local.Path, local.Audio, Width == 0 ? HostWidth() : Width, token).ConfigureAwait(false);
        return drawn with { Path = clip.Path };
    }

    // A host without a screen has no width, and may throw.
    private int HostWidth()
    {
        try
        {
            // A full last column makes some terminals begin a new line.
            int width = (Host?.UI?.RawUI?.BufferSize.Width ?? 0) - 1;
            return width < MinWidth ? UsualWidth : Math.Min(width, MaxWidth);
        }
        catch (Exception e) when (e is HostException or NotImplementedException or InvalidOperationException)
        {
            return UsualWidth;
        }
    }
}
