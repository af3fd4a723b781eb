namespace RunwareTts.Tests.Audio;

/// <summary>A theory over files that certain programs make; without one of them it is skipped, and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ToolTheoryAttribute : TheoryAttribute
{
    public ToolTheoryAttribute(string tools)
    {
        string[] missing = [.. tools.Split(' ').Where(tool => !AudioTool.IsHere(tool))];
        if (missing.Length > 0) DisplayName = Skip = $"SKIPPED: {string.Join(" and ", missing)} not found on PATH, so the files of {tools} were not tried. .ci/run names the packages.";
    }
}
