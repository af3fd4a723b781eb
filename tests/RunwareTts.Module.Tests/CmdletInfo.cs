using System.Management.Automation;
using System.Reflection;
using RunwareTts.Commands;

namespace RunwareTts.ModuleTests;

/// <summary>
/// A cmdlet by its metadata alone. System.Management.Automation is a reference here whose members do nothing, so no
/// attribute is ever made into an object: only its data is read.
/// </summary>
public sealed class CmdletInfo
{
    private CmdletInfo(Type type, CustomAttributeData cmdlet)
    {
        Type = type;
        Verb = (string)cmdlet.ConstructorArguments[0].Value!;
        Noun = (string)cmdlet.ConstructorArguments[1].Value!;
        SupportsShouldProcess = cmdlet.Named("SupportsShouldProcess") is true;
        HelpUri = cmdlet.Named("HelpUri") as string;
        Parameters = [.. type.GetProperties().Where(p => p.Data<ParameterAttribute>().Any()).Select(p => new ParameterInfo(p))];
    }

    public static IReadOnlyList<CmdletInfo> All { get; } =
    [
        .. from type in typeof(NewTtsSpeechCommand).Assembly.GetTypes()
           let cmdlet = type.Data<CmdletAttribute>().SingleOrDefault()
           where cmdlet is not null
           select new CmdletInfo(type, cmdlet),
    ];

    public Type Type { get; }

    public string Verb { get; }

    public string Noun { get; }

    public string Name => $"{Verb}-{Noun}";

    public bool SupportsShouldProcess { get; }

    public string? HelpUri { get; }

    public IReadOnlyList<ParameterInfo> Parameters { get; }

    public IEnumerable<Type> OutputTypes =>
        Type.Data<OutputTypeAttribute>().SelectMany(a => (IEnumerable<CustomAttributeTypedArgument>)a.ConstructorArguments[0].Value!).Select(t => (Type)t.Value!);

    public static CmdletInfo Of(string name) => All.Single(c => c.Name == name);

    public ParameterInfo Parameter(string name) => Parameters.Single(p => p.Name == name);
}

/// <summary>A parameter of a cmdlet by its metadata.</summary>
public sealed class ParameterInfo(PropertyInfo property)
{
    public string Name => property.Name;

    public Type Type => property.PropertyType;

    public IEnumerable<string> Aliases => Strings<AliasAttribute>();

    public IEnumerable<string> AcceptedValues => Strings<ValidateSetAttribute>();

    public IEnumerable<ParameterSet> Sets => property.Data<ParameterAttribute>().Select(a => new ParameterSet(
        a.Named("ParameterSetName") as string ?? "(All)",
        a.Named("Position") as int?,
        a.Named("Mandatory") is true,
        a.Named("ValueFromPipeline") is true,
        a.Named("ValueFromPipelineByPropertyName") is true));

    public bool BindsByName => Says("ValueFromPipelineByPropertyName");

    public bool BindsByValue => Says("ValueFromPipeline");

    public bool IsMandatory => Says("Mandatory");

    public int? Position => property.Data<ParameterAttribute>().Select(a => a.Named("Position")).OfType<int>().Cast<int?>().FirstOrDefault();

    public IEnumerable<Type> AttributeTypes => property.CustomAttributes.Select(a => a.AttributeType);

    public Type? Completer =>
        property.Data<ArgumentCompleterAttribute>().Select(a => (Type)a.ConstructorArguments[0].Value!).SingleOrDefault();

    private bool Says(string argument) => property.Data<ParameterAttribute>().Any(a => a.Named(argument) is true);

    private IEnumerable<string> Strings<T>() =>
        property.Data<T>().SelectMany(a => (IEnumerable<CustomAttributeTypedArgument>)a.ConstructorArguments[0].Value!).Select(a => (string)a.Value!);
}

/// <summary>How a parameter stands in one set of them.</summary>
public sealed record ParameterSet(string Name, int? Position, bool IsMandatory, bool BindsByValue, bool BindsByName);

internal static class MetadataReading
{
    public static IEnumerable<CustomAttributeData> Data<T>(this MemberInfo member) =>
        member.CustomAttributes.Where(a => a.AttributeType == typeof(T));

    public static object? Named(this CustomAttributeData attribute, string argument) =>
        attribute.NamedArguments.Where(a => a.MemberName == argument).Select(a => a.TypedValue.Value).SingleOrDefault();
}
