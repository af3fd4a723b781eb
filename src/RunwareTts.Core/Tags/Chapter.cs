namespace RunwareTts.Tags;

/// <summary>A chapter of a joined file, in milliseconds.</summary>
internal sealed record Chapter(string Title, long Start, long End);
