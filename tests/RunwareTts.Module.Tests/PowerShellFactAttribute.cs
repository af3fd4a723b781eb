namespace RunwareTts.ModuleTests;

/// <summary>A test that needs PowerShell alone, and is skipped loudly where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PowerShellFactAttribute : FactAttribute
{
    public PowerShellFactAttribute()
    {
        if (PowerShellHost.IsThere)
            return;
        Skip = "build.ps1 Package was SKIPPED: there is no pwsh on PATH. Install PowerShell 7.4 or later (https://aka.ms/powershell).";
        DisplayName = Skip;
    }
}
