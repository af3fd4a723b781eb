using Xunit.Abstractions;

namespace RunwareTts.ModuleTests;

/// <summary>Runs tests/Pester in a real PowerShell, against the module and the emulator of this build.</summary>
public sealed class PesterSuite(ITestOutputHelper log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    [PesterFact]
    public async Task Passes_in_a_real_PowerShell()
    {
        (int? exitCode, string output) = await PowerShellHost.RunAsync(
            Patience,
            "-File",
            Path.Combine(Repository.Root, "tests", "Pester", "Run.ps1"),
            "-ModulePath",
            Repository.Manifest,
            "-EmulatorPath",
            Repository.Emulator);

        log.WriteLine(output);
        if (exitCode is null)
            Assert.Fail($"The Pester suite was killed after {Patience.TotalMinutes:0} minutes.{Environment.NewLine}{output}");
        if (exitCode != 0)
            Assert.Fail($"The Pester suite failed (exit code {exitCode}).{Environment.NewLine}{output}");
    }
}
