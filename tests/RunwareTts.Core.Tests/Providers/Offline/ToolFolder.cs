namespace RunwareTts.Tests.Providers.Offline;

/// <summary>A folder that comes first on PATH, with programs that stand before the real ones.</summary>
internal sealed class ToolFolder : IDisposable
{
    /// <summary>Of tests that change PATH, which is that of the whole process.</summary>
    public const string Alone = "changes PATH";

    private readonly string _path = Environment.GetEnvironmentVariable("PATH")!;
    private readonly TempFolder _folder = new();

    public ToolFolder() => Environment.SetEnvironmentVariable("PATH", _folder.Path + System.IO.Path.PathSeparator + _path);

    public string Path => _folder.Path;

    /// <summary>Writes a program of sh, in which REAL is the program that it stands for, if there is one.</summary>
    public string Add(string name, string script)
    {
        string file = System.IO.Path.Combine(Path, name);
        if (script.Contains("REAL", StringComparison.Ordinal))
            script = script.Replace("REAL", Real(name), StringComparison.Ordinal);
        File.WriteAllText(file, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return file;
    }

    /// <summary>No other program is found.</summary>
    public void HideOthers() => Environment.SetEnvironmentVariable("PATH", Path);

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("PATH", _path);
        _folder.Dispose();
    }

    private string Real(string name) =>
        _path.Split(System.IO.Path.PathSeparator).Select(folder => System.IO.Path.Combine(folder, name)).First(File.Exists);
}

/// <summary>A fact shown by scripts of sh; what it holds on Windows is shown by the tests under Wine.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ShellFactAttribute : FactAttribute
{
    public ShellFactAttribute() => Skip = OperatingSystem.IsWindows() ? "There is no sh." : null;
}

/// <inheritdoc cref="ShellFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ShellTheoryAttribute : TheoryAttribute
{
    public ShellTheoryAttribute() => Skip = OperatingSystem.IsWindows() ? "There is no sh." : null;
}
