using System.Text.RegularExpressions;

namespace RunwareTts.Tests;

/// <summary>A room of Core may use those above it in docs/design.md, and never one below.</summary>
public sealed class RoomOrderTests
{
    private static readonly string[] Rooms =
    [
        .. File.ReadLines(Path.Combine(Repository.Root, "docs", "design.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .SelectMany(line => Regex.Matches(line.Split('|')[1], @"\w+").Select(room => room.Value)),
    ];

    [Fact]
    public void No_room_uses_one_below_it()
    {
        string core = Path.Combine(Repository.Root, "src", "RunwareTts.Core");
        string[] upwards = [.. Rooms.SelectMany(room =>
            Directory.EnumerateFiles(Path.Combine(core, room), "*.cs", SearchOption.AllDirectories)
                .SelectMany(file => Regex.Matches(File.ReadAllText(file), @"^using RunwareTts\.(\w+)", RegexOptions.Multiline)
                    .Where(use => Array.IndexOf(Rooms, use.Groups[1].Value) > Array.IndexOf(Rooms, room))
                    .Select(use => $"{Path.GetFileName(file)}: {use.Value}")))];
        Assert.Empty(upwards);
    }

    [Fact]
    public void Every_room_is_in_the_order() =>
        Assert.Equal(Rooms.Order(), Directory.GetDirectories(Path.Combine(Repository.Root, "src", "RunwareTts.Core"))
            .Select(Path.GetFileName).Where(name => name is not ("bin" or "obj")).Order());
}
