using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using RunwareTts.Files;
using RunwareTts.Ledger;
using RunwareTts.Providers.Offline;
using RunwareTts.Requests;
using RunwareTts.Tests.Ledger;

namespace RunwareTts.Tests.Files;

/// <summary>What holds texts, or tells of them, is this user's alone.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class PrivateFilesTests
{
    private const UnixFileMode Mine = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode MyFolder = Mine | UnixFileMode.UserExecute;

    [UnixFact]
    public void A_folder_that_was_open_to_all_is_closed()
    {
        using TempFolder temp = new();
        string folder = Path.Combine(temp.Path, "state", "RunwareTts");
        Directory.CreateDirectory(folder, MyFolder | UnixFileMode.OtherRead | UnixFileMode.OtherExecute | UnixFileMode.GroupRead);
        PrivateFiles.CreateDirectory(folder);
        Assert.Equal(MyFolder, File.GetUnixFileMode(folder));
        using FileStream file = PrivateFiles.OpenFile(Path.Combine(folder, "a"), FileMode.OpenOrCreate, FileShare.ReadWrite, FileOptions.None);
        Assert.Equal(Mine, File.GetUnixFileMode(file.Name));
    }

    [UnixFact]
    public void A_ledger_for_one_run_in_the_temporary_folder_is_closed()
    {
        using TaskLedger ledger = LedgerLocation.OpenTemporary();
        ledger.AppendAsync(Past.Submitted("a")).GetAwaiter().GetResult();
        Assert.Equal(Mine, File.GetUnixFileMode(Path.Combine(Path.GetTempPath(), Path.GetFileName(ledger.Name))));
    }

    [UnixFact]
    public async Task The_text_of_a_draft_is_in_a_closed_folder()
    {
        string words = string.Concat(Enumerable.Repeat($"Nobody else reads {Random.Shared.Next()}. ", 40));
        SpeechRequest request = RowReader.Read(new SpeechRow { Text = words, Voice = "ryan", OutputFormat = "WAV" }).Request!;
        Task speaking = Task.Run(() => DraftSpeaker.SpeakAsync(request, 0, CancellationToken.None));
        List<UnixFileMode> seen = [];
        while (!speaking.IsCompleted)
        {
            foreach (string folder in Directory.GetDirectories(Path.GetTempPath(), "runwaretts-*"))
            {
                try
                {
                    if (File.ReadAllText(Path.Combine(folder, "text.txt")).Contains(words.Trim(), StringComparison.Ordinal))
                        seen.Add(File.GetUnixFileMode(folder));
                }
                catch (IOException)
                {
                    // It is another's, or has gone.
                }
            }
        }

        await speaking;
        Assert.NotEmpty(seen);
        Assert.All(seen, mode => Assert.Equal(MyFolder, mode));
    }
}

/// <summary>A test of rights that only Unix has.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute()
    {
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
            Skip = "Windows has no file modes.";
    }
}
