namespace RunwareTts.Batch;

/// <summary>How far the parts of long texts are.</summary>
/// <param name="Done">Parts that are there.</param>
/// <param name="Known">Parts of the texts that have come so far.</param>
/// <param name="Joining">Texts whose parts are being joined.</param>
public sealed record PartProgress(int Done, int Known, int Joining);
