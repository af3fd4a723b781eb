namespace RunwareTts.Joining;

/// <summary>One subtitle.</summary>
/// <param name="Start">The first sample.</param>
/// <param name="End">The sample after the last.</param>
/// <param name="Lines">One line or two.</param>
internal sealed record Cue(long Start, long End, IReadOnlyList<string> Lines);
