using System.Collections;

namespace RunwareTts.Requests;

/// <summary>Reads -Option: a table of further fields of the task, whose names may be dotted.</summary>
internal static class OptionRules
{
    public static RequestOption? Read(IDictionary? given, Findings findings) => null;
}
