namespace RunwareTts.Requests;

/// <summary>Further fields of a task, which the module sends without checking them.</summary>
/// <param name="Json">A JSON object with sorted names, so that equal options have equal text.</param>
public sealed record RequestOption(string Json);
