using System.Collections;
using System.Management.Automation;

namespace RunwareTts.Binding;

/// <summary>Lets a table, or an object as from JSON, become further fields of a row's task.</summary>
public sealed class OptionTableAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        PlainTable.Read(inputData, isNested: true);

    /// <summary>Why this cannot be an option, or null.</summary>
    internal static Problem? Refusal(IDictionary? option) =>
        PlainTable.Other(option) is { } what ? new Problem("Option", Errors.NoOptionTable(what).Message) : null;
}
