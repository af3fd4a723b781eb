using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using RunwareTts.Batch;
using RunwareTts.Providers.Http;
using RunwareTts.Requests;

namespace RunwareTts.Binding;

/// <summary>The base of all cmdlets: they can be stopped at any moment, and write errors in one way.</summary>
public abstract class TtsCmdlet : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    private (TtsException Error, object? Source)? _fatal;
    private readonly ConcurrentQueue<string> _trace = new();
    private ProgressRecord? _progress;

    /// <summary>Cancelled by Ctrl+C, and when the pipeline ends in any other way.</summary>
    protected CancellationToken StopToken => _stop.Token;

    protected override void StopProcessing() => _stop.Cancel();

    public void Dispose()
    {
        _stop.Cancel();
        Release();
        GC.SuppressFinalize(this);
    }

    /// <summary>Disposes what the cmdlet holds. The pipeline may end without EndProcessing.</summary>
    protected virtual void Release()
    {
    }

    /// <summary>Takes the messages of -Debug, from any thread; null without -Debug, so that none are made.</summary>
    private protected Action<string>? Trace => IsShown("Debug") ? _trace.Enqueue : null;

    /// <summary>Messages of -Debug or -Verbose are shown, by the parameter or the preference of that name.</summary>
    private protected bool IsShown(string stream) =>
        MyInvocation.BoundParameters.TryGetValue(stream, out object? given) ? LanguagePrimitives.IsTrue(given)
        : LanguagePrimitives.TryConvertTo(
            SessionState.PSVariable.GetValue($"{stream}Preference"), out ActionPreference preference)
            && preference is not (ActionPreference.SilentlyContinue or ActionPreference.Ignore);

    /// <summary>Nothing is sent or written, by the parameter or the preference.</summary>
    private protected bool IsWhatIf =>
        MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? given)
            ? LanguagePrimitives.IsTrue(given)
            : LanguagePrimitives.IsTrue(SessionState.PSVariable.GetValue("WhatIfPreference"));

    private protected void WriteTrace()
    {
        while (_trace.TryDequeue(out string? line))
            WriteUnasked(base.WriteDebug, line);
    }

    /// <summary>
    /// Writes a warning, with invisible characters of rows and services made visible. Under -Debug PowerShell then asks
    /// whether to continue: where no one can answer, it continues.
    /// </summary>
    private protected new void WriteWarning(string text) => WriteUnasked(base.WriteWarning, VisibleText.Of(text));

    // With -Debug only, PowerShell would ask after each line, which the user did not ask for.
    private protected new void WriteVerbose(string text)
    {
        if (!IsDebug || MyInvocation.BoundParameters.ContainsKey("Verbose"))
            base.WriteVerbose(VisibleText.Of(text));
    }

    private bool IsDebug =>
        MyInvocation.BoundParameters.TryGetValue("Debug", out object? given) && LanguagePrimitives.IsTrue(given);

    private void WriteUnasked(Action<string> write, string text)
    {
        try
        {
            write(text);
        }
        catch (Exception e) when (e is PSInvalidOperationException or HostException or NotImplementedException
            && IsDebug && !MyInvocation.BoundParameters.ContainsKey("WarningAction"))
        {
            // The message is written; only the question whether to continue failed.
        }
    }

    /// <summary>Waits for a result on the pipeline thread; Ctrl+C ends the wait, and an error the pipeline.</summary>
    protected T Await<T>(Func<CancellationToken, Task<T>> work, Action? tick = null)
    {
        try
        {
            return TaskWait.For(work, StopToken, tick);
        }
        catch (TtsException error)
        {
            Throw(error, null);
            throw;
        }
        finally
        {
            WriteTrace();
        }
    }

    /// <summary>Writes events. An error that ends the pipeline is kept for <see cref="ThrowIfOver"/>.</summary>
    protected void Write(IEnumerable<BatchEvent> events)
    {
        try
        {
            foreach (BatchEvent happened in events)
            {
                WriteTrace();
                Write(happened);
            }

            WriteTrace();
        }
        catch (OperationCanceledException) when (StopToken.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch
        {
            // A later command or an error action ends the pipeline, so EndProcessing will not run.
            EndProgress();
            throw;
        }
    }

    /// <summary>Removes the progress bar, if there is one.</summary>
    protected void EndProgress()
    {
        if (_progress is null)
            return;
        base.WriteProgress(new ProgressRecord(
            _progress.ActivityId, _progress.Activity, _progress.StatusDescription)
            { RecordType = ProgressRecordType.Completed });
        _progress = null;
    }

    /// <summary>An error ends the pipeline, so no more rows are started.</summary>
    protected bool IsOver => _fatal is not null;

    protected void ThrowIfOver()
    {
        if (_fatal is { } fatal)
            Throw(fatal.Error, fatal.Source);
    }

    protected void Throw(TtsException error, object? target) => ThrowTerminatingError(Record(error, target));

    protected void WriteTtsError(TtsException error, object? target) => WriteError(Record(error, target));

    private protected new void WriteDebug(string text) => base.WriteDebug(VisibleText.Of(text));

    private protected new bool ShouldProcess(string target, string action) =>
        base.ShouldProcess(VisibleText.Of(target), VisibleText.Of(action));

    /// <summary>Reads -Tag; an unknown tag ends the command.</summary>
    private protected AudioTags? Tags(IDictionary? given)
    {
        try
        {
            return AudioTags.Read(given is null ? null : TagTableAttribute.Plain(given));
        }
        catch (TtsException e)
        {
            Throw(e, given);
            throw;
        }
    }

    /// <summary>An absolute path of the file system from a PowerShell path that need not exist.</summary>
    /// <exception cref="TtsException">InvalidRequest with the parameter's name.</exception>
    private protected string ResolvePath(string parameter, string path)
    {
        if (string.IsNullOrWhiteSpace(path))
            throw Errors.Invalid(parameter, $"{parameter} is blank. Give a path, or leave it out.");
        try
        {
            string full = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
            return provider.Name == "FileSystem"
                ? Path.GetFullPath(full)
                : throw Errors.Invalid(parameter, $"{parameter} '{path}' is an item of the provider {provider.Name}, "
                    + "not a file. Give a path of the file system.");
        }
        catch (ProviderNotFoundException e) when (e.ItemName == "FileSystem")
        {
            throw Errors.Invalid(parameter, $"{parameter} '{path}' cannot be reached, because this session hides the "
                + "file system. The configuration of the session can show it (VisibleProviders = 'FileSystem').");
        }
        catch (Exception e) when (e is RuntimeException or ArgumentException or NotSupportedException or IOException)
        {
            throw Errors.Invalid(parameter, $"{parameter} '{path}' is not a path: {e.Message}");
        }
    }

    /// <summary>The absolute paths of the files that a PowerShell path matches, without the folders.</summary>
    /// <exception cref="TtsException">InvalidRequest with the parameter's name.</exception>
    private protected IEnumerable<string> FindFiles(string parameter, string path)
    {
        try
        {
            IEnumerable<string> found =
                SessionState.Path.GetResolvedProviderPathFromPSPath(path, out ProviderInfo provider);
            if (provider.Name == "FileSystem")
                return WildcardPattern.ContainsWildcardCharacters(path)
                    ? found.Where(file => !Directory.Exists(file)) : found;
        }
        catch (RuntimeException)
        {
            // It does not exist, which the reader reports, or it is not a path.
        }

        return [ResolvePath(parameter, path)];
    }

    /// <summary>Warns of a key that was typed on the line, unlike one from a variable or a vault.</summary>
    private protected void Caution(ApiKey? key)
    {
        if (key?.Caution(MyInvocation.Line) is { } words)
            WriteWarning(words);
    }

    private void Write(BatchEvent happened)
    {
        switch (happened)
        {
            case BatchEvent.SpeechMade spoken:
                WriteObject(spoken.Speech);
                break;
            case BatchEvent.Validated validated:
                WriteValidation(validated.Validation);
                break;
            case BatchEvent.TaskSubmitted submitted:
                WriteObject(submitted.Task);
                break;
            // Such an error is written once for all rows, except for those that may have been charged.
            case BatchEvent.RowFailed failed when failed.Error.EndsPipeline
                && (_fatal is null || !failed.Error.IsInDoubt && failed.Error.Speech is null):
                _fatal ??= (failed.Error, failed.Source);
                break;
            case BatchEvent.RowFailed failed:
                WriteTtsError(failed.Error, failed.Source);
                break;
            case BatchEvent.Warned warned:
                WriteWarning(warned.Message);
                break;
            case BatchEvent.Progressed progress:
                WriteProgress(progress);
                break;
            case BatchEvent.Verbose verbose:
                WriteVerbose(verbose.Message);
                break;
        }
    }

    private void WriteProgress(BatchEvent.Progressed progress)
    {
        string rows = progress.Left is { } left ? string.Format(CultureInfo.InvariantCulture, ", {0} left", left) : "";
        string parts = progress.Parts is { } known
            ? string.Format(CultureInfo.InvariantCulture, "; {0} of {1} parts{2}",
                known.Done, known.Known, known.Joining > 0 ? ", joining" : "")
            : "";
        string rate = progress.Parts is null
            ? string.Format(CultureInfo.InvariantCulture, "{0:0.0} rows/s", progress.Rate)
            : string.Format(CultureInfo.InvariantCulture, "{0:0.0} parts/s", progress.PartRate);
        string status = string.Format(CultureInfo.InvariantCulture, "{0} done, {1} failed{2}{3}; {4:0.0000} USD; {5}",
            progress.Done, progress.Failed, rows, parts, progress.Cost, rate);
        _progress = new ProgressRecord(0, MyInvocation.MyCommand.Name, status);
        if (progress.Percent is { } percent)
            _progress.PercentComplete = percent;
        if (progress.SecondsLeft is { } seconds)
            _progress.SecondsRemaining = seconds;

        base.WriteProgress(_progress);
    }

    private protected virtual void WriteValidation(TtsValidation validation) => WriteObject(validation);

    private static ErrorRecord Record(TtsException error, object? target)
    {
        ErrorRecord record = new(error, error.ErrorId, ErrorKinds.Category(error.Kind), target)
            { ErrorDetails = new ErrorDetails(error.Message) };
        // Windows PowerShell shows the target's name under every error, which would be the row as it was given.
        record.CategoryInfo.TargetName = VisibleText.Of(record.CategoryInfo.TargetName);
        return record;
    }
}
