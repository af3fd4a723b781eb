using RunwareTts.Files;

namespace RunwareTts.Joining;

/// <summary>A joined file and its subtitles, complete and not named yet. Disposed without CommitAsync, they are gone.</summary>
internal sealed class PendingJoin : IDisposable
{
    private readonly PendingFile _file;
    private readonly PendingFile? _subtitle;
    private readonly JoinOptions _options;

    public PendingJoin(TtsJoinedSpeech joined, PendingFile file, PendingFile? subtitle, JoinOptions options)
    {
        (Joined, _file, _subtitle, _options) = (joined, file, subtitle, options);
        try
        {
            Mark = file.Close();
            SubtitleMark = subtitle?.Close();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public TtsJoinedSpeech Joined { get; }

    public FileMark Mark { get; }

    /// <summary>Null without subtitles.</summary>
    public FileMark? SubtitleMark { get; }

    /// <summary>Gives both their names, the subtitles first.</summary>
    /// <exception cref="TtsException">OutputNotWritten.</exception>
    public async Task CommitAsync()
    {
        try
        {
            if (_subtitle is not null)
                await _subtitle.CommitAsync(_options.MayReplaceSubtitle).ConfigureAwait(false);
            await _file.CommitAsync(_options.Force).ConfigureAwait(false);
        }
        catch (Exception e) when (FileFault.Is(e))
        {
            throw Errors.JoinNotWritten(_options.OutputPath, e);
        }
    }

    public void Dispose()
    {
        _file.Dispose();
        _subtitle?.Dispose();
    }
}
