using System.Management.Automation;
using RunwareTts.Binding;
using RunwareTts.Playback;

namespace RunwareTts.Commands;

/// <summary>Plays files, results and URLs, one after the other, and waits for their end.</summary>
[Cmdlet(VerbsData.Out, "TtsSpeaker", DefaultParameterSetName = "Path", HelpUri = HelpPages.Root + "Out-TtsSpeaker.md")]
[OutputType(typeof(void))]
public sealed class OutTtsSpeakerCommand : ClipCmdlet
{
    private Speaker? _speaker;
    private SoundProgress? _progress;

    /// <summary>A program on PATH, or the path of one, instead of those that the module knows.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Player { get; set; }

    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        try
        {
            bool isPath = Player is not null && System.IO.Path.GetFileName(Player) != Player;
            _speaker = new Speaker(Clips, isPath ? ResolvePath("Player", Player!) : Player);
            _progress = new SoundProgress(this);
        }
        catch (TtsException e)
        {
            Throw(e, Player);
        }
    }

    private protected override void Process(SoundClip clip)
    {
        try
        {
            TaskWait.For(
                token => Task.Run(() => _speaker!.PlayAsync(clip, token), token), StopToken,
                () => _progress!.Show(_speaker!.Now));
        }
        finally
        {
            _progress!.End();
        }
    }
}
