using System.Management.Automation;

namespace RunwareTts.Binding;

/// <summary>Which file a piped object stands for.</summary>
internal static class PipedFile
{
    // A result's file is its Path; other objects of PowerShell's own say by PSPath where they are.
    private static readonly string[] Names = ["PSPath", "Path", "FullName"];

    /// <summary>Its path as it stands, without wildcards.</summary>
    /// <exception cref="TtsException">InvalidRequest.InputObject.</exception>
    public static string PathOf(PSObject input)
    {
        if (input.BaseObject is FileSystemInfo file)
            return file.FullName;
        string[] there = [.. Names.Where(name => input.Properties[name] is not null)];
        return there.Select(name => Text(input, name)).FirstOrDefault(path => !string.IsNullOrWhiteSpace(path))
            ?? throw Errors.NoFile(there.Length == 0 ? $"An object of type {input.BaseObject.GetType().Name} was piped, which has no Path." : $"What was piped has no file: its {there[0]} is empty.");
    }

    private static string? Text(PSObject input, string name)
    {
        try
        {
            return LanguagePrimitives.ConvertTo<string>(input.Properties[name].Value);
        }
        catch (GetValueException)
        {
            return null;
        }
    }
}
