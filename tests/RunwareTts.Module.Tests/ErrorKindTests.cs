using System.Management.Automation;

namespace RunwareTts.ModuleTests;

public sealed class ErrorKindTests
{
    public static TheoryData<string> Kinds => [.. Enum.GetNames<TtsErrorKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Is_a_category_of_PowerShell_by_name(string kind) =>
        Assert.Contains(kind, Enum.GetNames<ErrorCategory>());
}
