namespace RunwareTts.Joining;

/// <summary>One subtitle, of the samples from Start to before End.</summary>
internal sealed record Cue(long Start, long End, IReadOnlyList<string> Lines);
