using System.Management.Automation;

namespace RunwareTts.Binding;

/// <summary>The file that a piped object names.</summary>
internal static class PipedFile
{
    // A result has its file in Path; other objects of PowerShell have theirs in PSPath.
    private static readonly string[] Names = ["PSPath", "Path", "FullName"];

    /// <summary>Its path, to be read without wildcards.</summary>
    /// <exception cref="TtsException">InvalidRequest.InputObject.</exception>
    public static string PathOf(PSObject input)
    {
        if (input.BaseObject is FileSystemInfo file)
            return file.FullName;
        string[] there = [.. Names.Where(name => input.Properties[name] is not null)];
        return there.Select(name => PropertyReader.Text(input, name)).FirstOrDefault(path => path is not null)
            ?? throw Errors.NoFile(there.Length == 0
                ? $"The piped object of type {input.BaseObject.GetType().Name} has no Path."
                : $"The piped object has no file: its {there[0]} is empty.");
    }
}
