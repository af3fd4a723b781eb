using System.ComponentModel;
using System.Diagnostics;

namespace RunwareTts.Tools;

/// <summary>Runs a program to its end, or kills it.</summary>
internal static class ChildProcess
{
    // Windows ends a program so that cannot be loaded: STATUS_DLL_NOT_FOUND, STATUS_INVALID_IMAGE_FORMAT.
    private static readonly int[] NotLoaded = [unchecked((int)0xC0000135), unchecked((int)0xC000007B)];

    /// <param name="path">The program.</param>
    /// <param name="folder">Where it is started; null for where this process is.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="token">Kills it.</param>
    /// <returns>What it wrote to standard output.</returns>
    /// <exception cref="TtsException">
    /// OfflineToolMissing when it cannot be started, OfflineToolFailed when it ends with an error.
    /// </exception>
    public static Task<string> RunAsync(
        string path,
        WorkFolder? folder,
        IReadOnlyList<string> arguments,
        CancellationToken token) =>
        RunAsync(Describe(path, folder, arguments, false), process => process.StandardOutput.ReadToEndAsync(), token);

    /// <summary>Reads what it writes to standard output, while it is written.</summary>
    /// <inheritdoc cref="RunAsync(string, WorkFolder?, IReadOnlyList{string}, CancellationToken)"/>
    public static Task ReadAsync(
        string path,
        WorkFolder? folder,
        IReadOnlyList<string> arguments,
        Func<Stream, Task> read,
        CancellationToken token) =>
        RunAsync(
            Describe(path, folder, arguments, false),
            async process =>
            {
                await read(process.StandardOutput.BaseStream).ConfigureAwait(false);
                return true;
            },
            token);

    /// <summary>Gives it its standard input piece by piece.</summary>
    /// <exception cref="TtsException">
    /// OfflineToolMissing when it cannot be started, OfflineToolFailed when it ends with an error, or before all was
    /// given.
    /// </exception>
    public static Task FeedAsync(
        string path,
        WorkFolder? folder,
        IReadOnlyList<string> arguments,
        Func<Stream, Task> feed,
        CancellationToken token) =>
        RunAsync(
            Describe(path, folder, arguments, true),
            async process =>
            {
                await feed(process.StandardInput.BaseStream).ConfigureAwait(false);
                process.StandardInput.Close();
                return await process.StandardOutput.ReadToEndAsync().ConfigureAwait(false);
            },
            token);

    private static async Task<T> RunAsync<T>(
        ProcessStartInfo start,
        Func<Process, Task<T>> talk,
        CancellationToken token)
    {
        using Process process = new() { StartInfo = start, EnableRaisingEvents = true };
        TaskCompletionSource<bool> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        process.Exited += (_, _) => ended.TrySetResult(true);
        token.ThrowIfCancellationRequested();
        Start(process);
        using CancellationTokenRegistration killer = token.Register(() => Kill(process));
        Task<string> errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        T? answer = default;
        bool isBroken = false;
        try
        {
            answer = await talk(process).ConfigureAwait(false);
        }
        catch (IOException) when (start.RedirectStandardInput)
        {
            // It took no more: how it ended tells why.
            isBroken = true;
        }
        catch
        {
            Kill(process);
            await ended.Task.ConfigureAwait(false);
            token.ThrowIfCancellationRequested();
            throw;
        }

        await Task.WhenAll(ended.Task, errors).ConfigureAwait(false);
        token.ThrowIfCancellationRequested();
        if (process.ExitCode == 0 && !isBroken)
            return answer!;
        if (Array.IndexOf(NotLoaded, process.ExitCode) >= 0)
            throw Errors.ToolNotStarted(start.FileName, new Win32Exception(process.ExitCode));
        string why = (await errors.ConfigureAwait(false)).Trim();
        string name = Path.GetFileNameWithoutExtension(start.FileName);
        throw Errors.ToolFailed(name, $"{why} (exit code {process.ExitCode})".TrimStart());
    }

    private static void Start(Process process)
    {
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            throw Errors.ToolNotStarted(process.StartInfo.FileName, e);
        }
    }

    private static ProcessStartInfo Describe(
        string path,
        WorkFolder? folder,
        IReadOnlyList<string> arguments,
        bool isFed)
    {
        ProcessStartInfo start = new(path)
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            WorkingDirectory = folder?.Path ?? "",
            RedirectStandardInput = isFed,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
        };
#if NET
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
#else
        // Only numbers, voice names and absolute paths of files come here, which have no quote under Windows and do not end in a backslash.
        start.Arguments = string.Join(" ", arguments.Select(a => $"\"{a}\""));
#endif
        return start;
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or NotSupportedException)
        {
            // It has ended already, or is just about to: Windows then denies access. Whoever stops it must not fail for
            // that.
        }
    }
}
