using System.Collections;
using System.Management.Automation;

namespace RunwareTts.Binding;

/// <summary>Lets a table, or an object as from JSON, become the tags of a row.</summary>
public sealed class TagTableAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        PlainTable.Read(inputData, isNested: false);

    /// <summary>Why these cannot be tags, or null.</summary>
    internal static Problem? Refusal(IDictionary? tags) =>
        PlainTable.Other(tags) is { } what ? new Problem("Tag", Errors.NoTagTable(what).Message) : null;

    /// <summary>The same without PowerShell's wrappers.</summary>
    internal static IDictionary Plain(IDictionary tags) => PlainTable.Unwrap(tags);
}
