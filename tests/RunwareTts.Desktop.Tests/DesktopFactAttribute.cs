using System.Runtime.InteropServices;

namespace RunwareTts.Tests;

/// <summary>A test that needs .NET Framework or Mono, and is skipped loudly where there is neither.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DesktopFactAttribute : FactAttribute
{
    public DesktopFactAttribute()
    {
        if (Runner is not null)
            return;
        Skip = "The build for Windows PowerShell was SKIPPED on its own runtime: there is no mono on PATH. Install it (Debian: mono-devel), or run this on Windows.";
        DisplayName = Skip;
    }

    /// <summary>What runs a program of .NET Framework: mono, or on Windows nothing (an empty text); null where it cannot be run.</summary>
    internal static string? Runner { get; } = RuntimeInformation.IsOSPlatform(OSPlatform.Windows)
        ? ""
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "mono")).FirstOrDefault(File.Exists);
}
