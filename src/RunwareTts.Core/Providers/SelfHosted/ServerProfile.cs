namespace RunwareTts.Providers.SelfHosted;

/// <summary>What a server has reported about itself.</summary>
/// <param name="Kind">Its API.</param>
/// <param name="ServedModel">The name of its model; null if it names none, or several that do not fit.</param>
internal sealed record ServerProfile(ServerKind Kind, string? ServedModel);
