namespace RunwareTts.Emulator;

/// <summary>All shapes by name.</summary>
public static class AnswerShapes
{
    public static IReadOnlyList<AnswerShape> All { get; } = [.. ResultShapes.Table, .. ErrorShapes.Table];

    public static AnswerShape Find(string name) =>
        All.FirstOrDefault(shape => shape.Name == name)
        ?? throw new ArgumentException($"There is no shape '{name}'. There are: {string.Join(", ", All.Select(shape => shape.Name))}.", nameof(name));
}
