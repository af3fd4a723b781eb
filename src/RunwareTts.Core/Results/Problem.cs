namespace RunwareTts;

/// <summary>A problem of a row: the parameter, and a message with its value and what is allowed.</summary>
public sealed record Problem(string Parameter, string Message);

/// <summary>The problems and warnings of a row.</summary>
internal sealed class Findings
{
    public List<Problem> Problems { get; } = [];

    public List<string> Warnings { get; } = [];

    public void Refuse(string parameter, string message) => Problems.Add(new Problem(parameter, message));
}
