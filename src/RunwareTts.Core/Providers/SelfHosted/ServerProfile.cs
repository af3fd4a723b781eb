namespace RunwareTts.Providers.SelfHosted;

/// <summary>What a server has said of itself.</summary>
/// <param name="Kind">What it understands.</param>
/// <param name="ServedModel">The name of its model; null where it names none, or several that do not fit.</param>
internal sealed record ServerProfile(ServerKind Kind, string? ServedModel);
