using System.Diagnostics;
using RunwareTts.Files;

namespace RunwareTts.Tests.Files;

/// <summary>A process that is killed while it replaces a file.</summary>
public sealed class PendingFileKillTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("writing")]
    [InlineData("checking")]
    [InlineData("recording")]
    [InlineData("never")]
    public async Task Whenever_the_process_is_killed_the_name_has_the_old_file_or_the_new_one(string moment)
    {
        string path = Path.Combine(_folder.Path, "a.bin");
        File.WriteAllText(path, "older");
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddDays(-1));
        using Process child = Process.Start(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [typeof(PendingFileKillTests).Assembly.Location, "replace", path, moment]);
        await child.WaitForExitAsync();
        Assert.Equal(moment == "never", child.ExitCode == 0);

        // The next run, hours later, clears away what never had a name, and nothing else.
        foreach (string file in Directory.GetFiles(_folder.Path))
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddDays(-1));
        PendingFile.Tidy(_folder.Path);
        Assert.Equal(["a.bin"], _folder.Files);
        Assert.Equal(moment == "never" ? "newer" : "older", File.ReadAllText(path));
    }

    /// <summary>What the child does.</summary>
    internal static async Task ReplaceAsync(string path, string moment)
    {
        using PendingFile file = new(path);
        await file.Stream.WriteAsync("new"u8.ToArray());
        Die("writing");
        await file.Stream.WriteAsync("er"u8.ToArray());
        file.Rewind();
        Die("checking");
        file.Close();
        Die("recording");
        await file.CommitAsync(replace: true);

        void Die(string now)
        {
            if (now != moment)
                return;
            using Process self = Process.GetCurrentProcess();
            self.Kill();
            Thread.Sleep(Timeout.Infinite);
        }
    }
}
