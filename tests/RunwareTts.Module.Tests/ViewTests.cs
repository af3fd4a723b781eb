using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace RunwareTts.ModuleTests;

/// <summary>A slip in a view shows as an empty column and nowhere else, so each name is looked up.</summary>
public sealed partial class ViewTests
{
    private static readonly XDocument Format = Load("RunwareTts.Format.ps1xml");
    private static readonly XDocument Types = Load("RunwareTts.Types.ps1xml");

    private static readonly string[] ShownTypes =
        [.. Format.Descendants("TypeName").Concat(Types.Descendants("Type").Elements("Name")).Select(e => e.Value).Distinct()];

    public static TheoryData<string> Shown => [.. ShownTypes];

    public static TheoryData<string> Outputs =>
        [.. CmdletInfo.All.SelectMany(c => c.Type.Data<OutputTypeAttribute>())
            .SelectMany(a => (IEnumerable<CustomAttributeTypedArgument>)a.ConstructorArguments[0].Value!)
            .Select(a => ((Type)a.Value!).FullName!).Where(n => n.StartsWith("RunwareTts.", StringComparison.Ordinal)).Distinct()];

    public static TheoryData<string, string> Properties
    {
        get
        {
            IEnumerable<(string Type, string Property)> named =
                from view in Format.Descendants("View")
                from type in view.Descendants("TypeName")
                from property in view.Descendants("PropertyName").Select(p => p.Value)
                    .Concat(view.Descendants("ScriptBlock").SelectMany(b => NamesIn(b.Value)))
                select (type.Value, property);
            IEnumerable<(string Type, string Property)> referred =
                from type in Types.Descendants("Type")
                from property in type.Descendants("ReferencedMemberName").Concat(type.Descendants("ReferencedProperties").Elements("Name"))
                select (type.Element("Name")!.Value, property.Value);

            TheoryData<string, string> data = [];
            foreach ((string type, string property) in named.Union(referred))
                data.Add(type, property);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Shown))]
    public void Is_of_a_type_that_exists(string type) => Assert.NotNull(Find(type));

    [Theory]
    [MemberData(nameof(Properties))]
    public void Shows_a_property_that_exists(string type, string property) => Assert.NotNull(Find(type)?.GetProperty(property));

    [Fact]
    public void Uses_shared_members_that_exist() =>
        Assert.All(SharedNames(), name => Assert.Equal(2, Types.Descendants("ScriptProperty").Elements("Name").Count(n => n.Value == name)));

    /// <summary>PowerShell looks up members of what comes from a job or a file under the other name only.</summary>
    [Fact]
    public void Shares_members_of_live_and_of_deserialized_results()
    {
        XElement[] shared = [.. Types.Descendants("Type").Where(t => t.Element("Name")!.Value.EndsWith("RunwareTts.TtsResult", StringComparison.Ordinal))];
        Assert.Equal(["RunwareTts.TtsResult", "Deserialized.RunwareTts.TtsResult"], shared.Select(t => t.Element("Name")!.Value));
        Assert.Equal(shared[0].Element("Members")!.ToString(), shared[1].Element("Members")!.ToString());
    }

    [Fact]
    public void Has_as_many_headers_as_columns() =>
        Assert.All(
            Format.Descendants("TableControl"),
            table => Assert.Equal(table.Descendants("TableColumnHeader").Count(), table.Descendants("TableColumnItem").Count()));

    [Theory]
    [MemberData(nameof(Outputs))]
    public void Is_there_as_table_list_and_wide_for_all_that_a_cmdlet_gives(string type)
    {
        IEnumerable<string> shapes =
            from view in Format.Descendants("View")
            where view.Descendants("TypeName").Any(n => n.Value == type)
            from shape in view.Elements()
            where shape.Name.LocalName.EndsWith("Control", StringComparison.Ordinal) && shape.Name.LocalName != "CustomControl"
            select shape.Name.LocalName;
        Assert.Equal(["ListControl", "TableControl", "WideControl"], shapes.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Outputs))]
    public void Has_default_properties_for_all_that_a_cmdlet_gives(string type) =>
        Assert.Contains(Types.Descendants("Type"), t => t.Element("Name")!.Value == type && t.Descendants("PropertySet").Elements("Name").Single().Value == "DefaultDisplayPropertySet");

    /// <summary>When the first column has none, PowerShell sizes every column by the first two rows, and cuts off what the third needs.</summary>
    [Fact]
    public void Has_a_width_for_the_first_column_of_every_table() =>
        Assert.All(Format.Descendants("TableHeaders"), headers => Assert.NotNull(headers.Elements().First().Element("Width")));

    [Fact]
    public void Leaves_room_for_the_open_column_at_80() =>
        Assert.All(Format.Descendants("TableHeaders"), headers =>
        {
            int[] widths = [.. headers.Descendants("Width").Select(w => (int)w)];
            Assert.InRange(widths.Sum() + headers.Elements().Count() - 1, 0, widths.Length == headers.Elements().Count() ? 80 : 60);
        });

    /// <summary>A constrained runspace lets a view call the members of core types, and read no more of any other.</summary>
    [Fact]
    public void Calls_core_types_only()
    {
        string[] known = ["[cultureinfo]::InvariantCulture", "[uri]::EscapeDataString", "[Console]::IsOutputRedirected"];
        IEnumerable<string> called = Blocks().SelectMany(b => StaticMember().Matches(b.Value)).Select(m => m.Value);
        Assert.All(called, member => Assert.Contains(member, known));
        Assert.DoesNotContain(Blocks(), b => b.Value.Contains("function", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>What rows, services and files wrote is never shown as it is: a terminal would obey it. Names of the catalogue and words of this module are.</summary>
    [Fact]
    public void Shows_no_text_of_others_as_it_is()
    {
        const string Mark = "-replace $_.View.Unsafe";
        string[] ours = ["TtsModel", "TtsLanguage", "TtsFormat", "TtsService", "TtsUsage"];
        string[] safe = ["ErrorId", "Format", "Codec", "PricePerThousandCharacters", "PriceSource", "AverageBitrate"];
        foreach (XElement view in Format.Descendants("View"))
        {
            Type type = Find(view.Descendants("TypeName").First().Value)!;
            if (ours.Contains(type.Name))
                continue;
            IEnumerable<string> plain = view.Descendants("PropertyName").Where(p => p.Parent!.Name != "ItemSelectionCondition").Select(p => p.Value).Where(p => !safe.Contains(p));
            Assert.All(plain, property => Assert.NotEqual(typeof(string), type.GetProperty(property)!.PropertyType));
            IEnumerable<string> blocks = view.Descendants("ScriptBlock").Select(b => TestOf().Replace(b.Value, ""))
                .Where(b => NamesIn(b).Any(name => type.GetProperty(name)!.PropertyType == typeof(string)));
            Assert.All(blocks, block => Assert.Contains(Mark, block, StringComparison.Ordinal));
        }
    }

    /// <summary>They are shown raw where objects of other kinds stand before these.</summary>
    [Fact]
    public void Has_no_Id_and_no_text_among_the_default_properties() =>
        Assert.DoesNotContain(Types.Descendants("ReferencedProperties").Elements("Name"), n => n.Value is "Id" or "Text");

    private static IEnumerable<XElement> Blocks() =>
        Format.Descendants("ScriptBlock").Concat(Types.Descendants("GetScriptBlock"));

    private static IEnumerable<string> NamesIn(string block) =>
        Member().Matches(block).Select(m => m.Groups["name"].Value).Where(name => name is not ("View" or "Provider"));

    private static IEnumerable<string> SharedNames() =>
        Blocks().SelectMany(b => SharedMember().Matches(b.Value)).Select(m => m.Groups["name"].Value).Distinct();

    private static Type? Find(string name) => typeof(TtsSpeech).Assembly.GetType(name.Replace("Deserialized.", "", StringComparison.Ordinal));

    private static XDocument Load(string file) => XDocument.Load(Path.Combine(Repository.Root, "src", "RunwareTts", file));

    [GeneratedRegex(@"\$_\.(?<name>\w+)")]
    private static partial Regex Member();

    [GeneratedRegex(@"\$(?:_|this)\.View\.(?<name>\w+)")]
    private static partial Regex SharedMember();

    // Whether a value is there is asked in the open.
    [GeneratedRegex(@"if \(\$_\.\w+\)")]
    private static partial Regex TestOf();

    [GeneratedRegex(@"\[[\w.]+\]::\w+")]
    private static partial Regex StaticMember();
}
