using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace RunwareTts.Tools;

/// <summary>A running program. It is killed by its token, and when it is disposed before it ended.</summary>
internal sealed class ChildProcess : IDisposable
{
    // Windows ends a program that cannot be loaded so: STATUS_DLL_NOT_FOUND, STATUS_INVALID_IMAGE_FORMAT.
    private static readonly int[] NotLoaded = [unchecked((int)0xC0000135), unchecked((int)0xC000007B)];

    private readonly TaskCompletionSource<bool> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process _process;
    private readonly CancellationToken _token;
    private readonly CancellationTokenRegistration _killer;
    private readonly Task<string> _errors;

    private ChildProcess(ProcessStartInfo start, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.Exited += (_, _) => _exited.TrySetResult(true);
        try
        {
            _process.Start();
        }
        catch (Win32Exception e)
        {
            _process.Dispose();
            throw Errors.ToolNotStarted(start.FileName, e);
        }

        _token = token;
        _killer = token.Register(Kill);
        _errors = _process.StandardError.ReadToEndAsync(CancellationToken.None);
    }

    /// <summary>
    /// It may be a script that runs another program, which is killed with it. Finding that takes time, for which the
    /// program goes on. .NET Framework cannot.
    /// </summary>
    public bool MayHaveChildren { get; set; }

    public Stream Input => _process.StandardInput.BaseStream;

    public Stream Output => _process.StandardOutput.BaseStream;

    /// <exception cref="TtsException">OfflineToolMissing.</exception>
    public static ChildProcess Start(
        string program, WorkFolder? folder, IReadOnlyList<string> arguments, bool isFed, CancellationToken token)
    {
        ProcessStartInfo start = new(program)
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            WorkingDirectory = folder?.Path ?? "",
            RedirectStandardInput = isFed,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
#if NET
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
#else
        // Numbers, voice names and full paths alone: under Windows none has a quote or ends in a backslash.
        start.Arguments = string.Join(" ", arguments.Select(a => $"\"{a}\""));
#endif
        return new ChildProcess(start, token);
    }

    /// <summary>Runs a program to its end.</summary>
    /// <returns>What it wrote to standard output.</returns>
    /// <exception cref="TtsException">OfflineToolMissing, OfflineToolFailed.</exception>
    public static async Task<string> RunAsync(
        string program, WorkFolder? folder, IReadOnlyList<string> arguments, CancellationToken token)
    {
        using ChildProcess child = Start(program, folder, arguments, isFed: false, token);
        StreamReader output = child._process.StandardOutput;
        string text = await output.ReadToEndAsync(CancellationToken.None).ConfigureAwait(false);
        await child.FinishAsync().ConfigureAwait(false);
        return text;
    }

    /// <summary>Closes its Input, skips the rest of its Output, and waits for its end.</summary>
    /// <exception cref="TtsException">OfflineToolFailed; OfflineToolMissing if it could not be loaded.</exception>
    public async Task FinishAsync(bool tookAll = true)
    {
        tookAll &= TryCloseInput();
        (int exitCode, string errors) = await EndAsync().ConfigureAwait(false);
        if (exitCode == 0 && tookAll)
            return;
        string program = Path.GetFileNameWithoutExtension(_process.StartInfo.FileName);
        throw Errors.ToolFailed(program, $"{errors.Trim()} (exit code {exitCode})".TrimStart());
    }

    /// <summary>Skips the rest of its Output, and waits for its end.</summary>
    /// <returns>Its exit code, and what it wrote to standard error.</returns>
    /// <exception cref="TtsException">OfflineToolMissing if it could not be loaded.</exception>
    public async Task<(int ExitCode, string Errors)> EndAsync()
    {
        await Output.CopyToAsync(Stream.Null).ConfigureAwait(false);
        await Task.WhenAll(_exited.Task, _errors).ConfigureAwait(false);
        _token.ThrowIfCancellationRequested();
        if (Array.IndexOf(NotLoaded, _process.ExitCode) >= 0)
            throw Errors.ToolNotStarted(_process.StartInfo.FileName, new Win32Exception(_process.ExitCode));
        return (_process.ExitCode, await _errors.ConfigureAwait(false));
    }

    public void Dispose()
    {
        _killer.Dispose();
        if (!_process.HasExited)
        {
            Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private bool TryCloseInput()
    {
        if (!_process.StartInfo.RedirectStandardInput)
            return true;
        try
        {
            _process.StandardInput.Close();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private void Kill()
    {
        try
        {
#if NET
            _process.Kill(entireProcessTree: MayHaveChildren);
#else
            _process.Kill();
#endif
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or NotSupportedException
            or AggregateException)
        {
            // It has ended already, or is about to: Windows then denies access.
        }
    }
}
