using System.ComponentModel;
using System.Diagnostics;

namespace RunwareTts.Offline;

/// <summary>Runs a program to its end, or kills it.</summary>
internal static class ChildProcess
{
    /// <returns>What it wrote to standard output.</returns>
    /// <exception cref="TtsException">OfflineToolFailed when it ends with an error.</exception>
    public static Task<string> RunAsync(string path, IReadOnlyList<string> arguments, CancellationToken token) =>
        RunAsync(path, arguments, false, process => process.StandardOutput.ReadToEndAsync(), token);

    /// <summary>Reads what it writes to standard output, while it is written.</summary>
    /// <exception cref="TtsException">OfflineToolFailed when it ends with an error.</exception>
    public static Task ReadAsync(string path, IReadOnlyList<string> arguments, Func<Stream, Task> read, CancellationToken token) =>
        RunAsync(
            path,
            arguments,
            false,
            async process =>
            {
                await read(process.StandardOutput.BaseStream).ConfigureAwait(false);
                return true;
            },
            token);

    /// <summary>Gives it its standard input piece by piece.</summary>
    /// <exception cref="TtsException">OfflineToolFailed when it ends with an error, or before all was given.</exception>
    public static Task FeedAsync(string path, IReadOnlyList<string> arguments, Func<Stream, Task> feed, CancellationToken token) =>
        RunAsync(
            path,
            arguments,
            true,
            async process =>
            {
                await feed(process.StandardInput.BaseStream).ConfigureAwait(false);
                process.StandardInput.Close();
                return await process.StandardOutput.ReadToEndAsync().ConfigureAwait(false);
            },
            token);

    private static async Task<T> RunAsync<T>(string path, IReadOnlyList<string> arguments, bool isFed, Func<Process, Task<T>> talk, CancellationToken token)
    {
        using Process process = new() { StartInfo = Describe(path, arguments, isFed), EnableRaisingEvents = true };
        TaskCompletionSource<bool> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        process.Exited += (_, _) => ended.TrySetResult(true);
        token.ThrowIfCancellationRequested();
        process.Start();
        using CancellationTokenRegistration killer = token.Register(() => Kill(process));
        Task<string> errors = process.StandardError.ReadToEndAsync();
        T? answer = default;
        bool isBroken = false;
        try
        {
            answer = await talk(process).ConfigureAwait(false);
        }
        catch (IOException) when (isFed)
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
        return process.ExitCode == 0 && !isBroken
            ? answer!
            : throw Errors.ToolFailed(Path.GetFileNameWithoutExtension(path), $"{(await errors.ConfigureAwait(false)).Trim()} (exit code {process.ExitCode})".TrimStart());
    }

    private static ProcessStartInfo Describe(string path, IReadOnlyList<string> arguments, bool isFed)
    {
        ProcessStartInfo start = new(path)
        {
            UseShellExecute = false,
            CreateNoWindow = true,
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
            // It has ended by itself, or is just about to: Windows then denies access. Whoever stops it must not fail for that.
        }
    }
}
