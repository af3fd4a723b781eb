using System.Reflection;
using System.Text.RegularExpressions;
using RunwareTts.Emulator;
using RunwareTts.Tests.Providers.Runware;

namespace RunwareTts.Tests;

/// <summary>docs/evidence/api-coverage.md, held to account.</summary>
public sealed partial class CoverageTests
{
    private static readonly Row[] Rows =
    [
        .. File.ReadLines(Path.Combine(Repository.Root, "docs", "evidence", "api-coverage.md"))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.EndsWith("| where | test |", StringComparison.Ordinal))
            .Select(line => line.Trim('|', ' ').Split(" | "))
            .Select(cells => new Row(cells[0], [.. Quoted(cells[1])], [.. Quoted(cells[2])])),
    ];

    [Fact]
    public void Every_row_has_a_file_that_is_there()
    {
        Assert.InRange(Rows.Length, 80, 500);
        Assert.All(Rows, row => Assert.NotEmpty(row.Files));
        Assert.All(Rows.SelectMany(row => row.Files), file => Assert.True(File.Exists(Path.Combine(Repository.Root, "src", "RunwareTts.Core", file)), file));
    }

    [Fact]
    public void Every_row_has_tests_that_are_there()
    {
        Assert.All(Rows, row => Assert.NotEmpty(row.Tests));
        Assert.All(Rows.SelectMany(row => row.Tests), test => Assert.True(Exists(test), test));
    }

    [Fact]
    public void Every_shape_of_the_emulator_has_one_row() =>
        Assert.Equal(
            AnswerShapes.All.Select(shape => $"`{shape.Name}`: {shape.Says}"),
            Rows.Where(row => row.Tests.Contains("ShapeTests.Sync_understands")).Select(row => row.Subject));

    [Fact]
    public void Every_field_that_is_sent_has_a_row() =>
        Assert.Empty(RequestFieldsTests.Fields.Except(Rows.SelectMany(row => Quoted(row.Subject))));

    [Theory]
    [InlineData("ShapeTests.No_such_test")]
    [InlineData("NoSuchTests.Sync_understands")]
    [InlineData("ShapeTests.InitializeAsync")]
    [InlineData("NoSuch.Tests.ps1: takes it")]
    [InlineData("Refusals.Tests.ps1: no such words")]
    public void A_test_that_is_not_there_is_found_out(string test) => Assert.False(Exists(test));

    // A class and a method, or a file of Pester and what stands after It.
    private static bool Exists(string test)
    {
        if (test.Split(".Tests.ps1: ") is [var name, var it])
        {
            string file = Path.Combine(Repository.Root, "tests", "Pester", name + ".Tests.ps1");
            return File.Exists(file) && File.ReadAllText(file).Contains($"It '{it}'", StringComparison.Ordinal);
        }

        return test.Split('.') is [var type, var method]
            && typeof(CoverageTests).Assembly.GetTypes().SingleOrDefault(t => t.Name == type)?.GetMethod(method)?.GetCustomAttribute<FactAttribute>() is not null;
    }

    private static IEnumerable<string> Quoted(string cell) => Quote().Matches(cell).Select(match => match.Groups[1].Value);

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quote();

    private sealed record Row(string Subject, string[] Files, string[] Tests);
}
