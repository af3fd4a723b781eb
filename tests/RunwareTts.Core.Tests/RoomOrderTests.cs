using System.Text.RegularExpressions;

namespace RunwareTts.Tests;

/// <summary>A room of Core may use those above it in the table of docs/design.md, and never one below.</summary>
public sealed class RoomOrderTests
{
    private static readonly string Core = Path.Combine(Repository.Root, "src", "RunwareTts.Core");

    private static readonly string[] Rooms =
        [.. File.ReadLines(Path.Combine(Repository.Root, "docs", "design.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .SelectMany(line => Regex.Matches(line.Split('|')[1], @"`(\w+)`").Select(name => name.Groups[1].Value))];

    [Fact]
    public void No_room_uses_one_below_it() =>
        Assert.Empty(
            from room in Rooms
            from file in Directory.EnumerateFiles(Path.Combine(Core, room), "*.cs", SearchOption.AllDirectories)
            from use in Regex.Matches(File.ReadAllText(file), @"^using RunwareTts\.(\w+)", RegexOptions.Multiline)
            where Array.IndexOf(Rooms, use.Groups[1].Value) > Array.IndexOf(Rooms, room)
            select $"{Path.GetFileName(file)}: {use.Value}");

    [Theory]
    [InlineData("Ledger")]
    [InlineData("Output")]
    [InlineData("Batch")]
    public void The_engine_knows_no_provider_of_its_own_servers(string room) =>
        Assert.DoesNotContain(
            Directory.EnumerateFiles(Path.Combine(Core, room), "*.cs", SearchOption.AllDirectories),
            file => File.ReadAllText(file).Contains("SelfHosted", StringComparison.Ordinal));

    [Fact]
    public void Every_room_is_in_the_table() =>
        Assert.Equal(Rooms.Order(), Directory.GetDirectories(Core).Select(Path.GetFileName)
            .Where(name => name is not ("bin" or "obj")).Order());
}
