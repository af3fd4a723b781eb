using System.Diagnostics;

namespace RunwareTts.Offline;

/// <summary>Runs a program to its end, or kills it.</summary>
internal static class ChildProcess
{
    /// <returns>What it wrote to standard output.</returns>
    /// <exception cref="TtsException">OfflineToolFailed when it ends with an error.</exception>
    public static async Task<string> RunAsync(string path, IReadOnlyList<string> arguments, CancellationToken token)
    {
        using Process process = new() { StartInfo = Describe(path, arguments), EnableRaisingEvents = true };
        TaskCompletionSource<bool> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        process.Exited += (_, _) => ended.TrySetResult(true);
        token.ThrowIfCancellationRequested();
        process.Start();
        using CancellationTokenRegistration killer = token.Register(() => Kill(process));
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        await Task.WhenAll(ended.Task, output, errors).ConfigureAwait(false);
        token.ThrowIfCancellationRequested();

        return process.ExitCode == 0
            ? await output.ConfigureAwait(false)
            : throw Errors.ToolFailed(Path.GetFileNameWithoutExtension(path), $"{(await errors.ConfigureAwait(false)).Trim()} (exit code {process.ExitCode})");
    }

    private static ProcessStartInfo Describe(string path, IReadOnlyList<string> arguments)
    {
        ProcessStartInfo start = new(path)
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
        };
#if NET
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
#else
        // Only numbers, voice names and temporary paths of our own come here, none with a quote in it.
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
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }
}
