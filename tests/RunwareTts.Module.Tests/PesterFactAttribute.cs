namespace RunwareTts.ModuleTests;

/// <summary>A test that needs PowerShell, and is skipped loudly where there is none: dotnet test must never need it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PesterFactAttribute : FactAttribute
{
    public PesterFactAttribute()
    {
        Skip = PowerShellHost.WhyNot;
        // Plain output shows the name of a skipped test and not its reason.
        DisplayName = Skip;
    }
}
