using System.Text;
using RunwareTts.Files;

namespace RunwareTts.Joining;

/// <summary>What ffmpeg writes into a file of its own, since it goes back to its beginning when it is done.</summary>
internal static class FfmpegFile
{
    private const int BufferSize = 64 * 1024;

    /// <param name="beside">A file in the folder where there is room for others.</param>
    /// <param name="metadata">As FfMetadata makes them; null for none.</param>
    /// <param name="run">Runs ffmpeg, given the file that it writes and that of the metadata.</param>
    /// <param name="target">Where it goes from there.</param>
    /// <param name="token">Stops it.</param>
    public static async Task WriteAsync(string beside, string? metadata, Func<string, string?, Task> run, Stream target, CancellationToken token)
    {
        string made = AtomicFile.TemporaryBeside(beside);
        string? described = metadata is null ? null : AtomicFile.TemporaryBeside(beside);
        try
        {
            if (described is not null)
                File.WriteAllText(described, metadata, new UTF8Encoding(false));
            await run(made, described).ConfigureAwait(false);
            using FileStream stream = new(made, FileMode.Open, FileAccess.Read);
            await stream.CopyToAsync(target, BufferSize, token).ConfigureAwait(false);
        }
        finally
        {
            File.Delete(made);
            if (described is not null)
                File.Delete(described);
        }
    }
}
