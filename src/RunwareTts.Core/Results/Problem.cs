namespace RunwareTts;

/// <summary>One thing that is wrong with a row: the parameter, and a sentence with the value and what is allowed.</summary>
public sealed record Problem(string Parameter, string Message);

/// <summary>What reading a row turned up.</summary>
internal sealed class Findings
{
    public List<Problem> Problems { get; } = [];

    public List<string> Warnings { get; } = [];

    public void Refuse(string parameter, string message) => Problems.Add(new Problem(parameter, message));
}
