using System.Management.Automation;
using RunwareTts.Playback;
using RunwareTts.Providers;

namespace RunwareTts.Binding;

/// <summary>A cmdlet that takes clips one after the other: paths, URLs, files of Get-ChildItem, and results.</summary>
public abstract class ClipCmdlet : TtsCmdlet
{
    private ClipSource? _clips;

    /// <summary>Paths with wildcards, or URLs.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Path")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Path { get; set; }

    /// <summary>Exact paths, without wildcards.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "LiteralPath")]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[]? LiteralPath { get; set; }

    /// <summary>A path, a URL, a file of Get-ChildItem, or an object with Path, AudioData or AudioUrl.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = "InputObject")]
    public PSObject? InputObject { get; set; }

    private protected ClipSource Clips => _clips!;

    protected override void BeginProcessing()
    {
        try
        {
            // URLs of a service on this machine or in this network lead there too.
            _clips = new ClipSource(
                Connection.EndpointOf(ServiceCmdlet.Session(SessionState), Environment.GetEnvironmentVariable));
        }
        catch (TtsException e)
        {
            Throw(e, null);
        }
    }

    protected override void ProcessRecord()
    {
        foreach (string path in Path ?? [])
            Take(path, () => Find(path));
        foreach (string path in LiteralPath ?? [])
            Take(path, () => [SoundClip.OfFile(ResolvePath("LiteralPath", path))]);
        // Get-ChildItem gives folders too.
        if (InputObject is not { BaseObject: not DirectoryInfo } input)
            return;
        if (input.BaseObject is string piped)
            Take(piped, () => Find(piped));
        else
            Take(input, () => [SoundClip.Of(PipedClip.Read(input, path => ResolvePath("InputObject", path)))]);
    }

    /// <summary>Does the work for one clip.</summary>
    /// <exception cref="TtsException">The clip's error; it ends the pipeline if others would fail too.</exception>
    private protected abstract void Process(SoundClip clip);

    private IEnumerable<SoundClip> Find(string path) =>
        SoundClip.TryUrl(path) is { } url ? [SoundClip.OfUrl(url)]
            : FindFiles("Path", path).Select(SoundClip.OfFile);

    private void Take(object target, Func<IEnumerable<SoundClip>> find)
    {
        SoundClip[] found;
        try
        {
            found = [.. find()];
        }
        catch (Exception e) when (e is TtsException or RuntimeException and not PipelineStoppedException)
        {
            WriteTtsError(e as TtsException
                ?? Errors.Invalid("InputObject", $"The object cannot be read: {e.Message}"), target);
            return;
        }

        foreach (SoundClip clip in found)
            Take(target, clip);
    }

    private void Take(object target, SoundClip clip)
    {
        try
        {
            Process(clip);
        }
        catch (TtsException e) when (e.EndsPipeline)
        {
            Throw(e, target);
        }
        catch (TtsException e)
        {
            WriteTtsError(e, target);
        }
    }
}
