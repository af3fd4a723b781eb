using System.Management.Automation;
using RunwareTts.Requests;
using RunwareTts.Voices;

namespace RunwareTts.Completion;

/// <summary>The kept voices for the line that is typed. No file of them is read.</summary>
internal static class KeptVoices
{
    public static IReadOnlyList<Suggestion> Suggest(BoundLine line)
    {
        try
        {
            string? named = Resolve(line["VoiceFolder"]);
            string? batch = Resolve(line["OutputDirectory"]);
            return [.. new VoiceLibrary(VoiceFolders.Find(named, batch)).Suggest()];
        }
        catch (Exception)
        {
            // Whatever a line may hold: the user is still typing it.
            return [];
        }
    }

    private static string? Resolve(string? path)
    {
        if (string.IsNullOrWhiteSpace(path))
            return null;
        using PowerShell shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        return Path.Combine(
            shell.AddCommand("Get-Location").AddParameter("PSProvider", "FileSystem")
                .Invoke<PathInfo>()[0].ProviderPath,
            path);
    }
}
