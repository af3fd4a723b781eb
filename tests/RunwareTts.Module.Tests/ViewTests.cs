using System.Xml.Linq;

namespace RunwareTts.ModuleTests;

/// <summary>A slip in a view shows as an empty column and nowhere else, so each name is looked up.</summary>
public sealed class ViewTests
{
    private static readonly XDocument Format = Load("RunwareTts.Format.ps1xml");
    private static readonly XDocument Types = Load("RunwareTts.Types.ps1xml");

    private static readonly string[] ShownTypes =
        [.. Format.Descendants("TypeName").Concat(Types.Descendants("Type").Elements("Name")).Select(e => e.Value).Distinct()];

    public static TheoryData<string> Shown => [.. ShownTypes];

    public static TheoryData<string, string> Properties
    {
        get
        {
            IEnumerable<(string Type, string Property)> columns =
                from view in Format.Descendants("View")
                from type in view.Descendants("TypeName")
                from property in view.Descendants("PropertyName")
                select (type.Value, property.Value);
            IEnumerable<(string Type, string Property)> aliases =
                from type in Types.Descendants("Type")
                from alias in type.Descendants("ReferencedMemberName")
                select (type.Element("Name")!.Value, alias.Value);

            TheoryData<string, string> data = [];
            foreach ((string type, string property) in columns.Union(aliases))
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
    public void Has_as_many_headers_as_columns() =>
        Assert.All(
            Format.Descendants("TableControl"),
            table => Assert.Equal(table.Descendants("TableColumnHeader").Count(), table.Descendants("TableColumnItem").Count()));

    [Theory]
    [InlineData("RunwareTts.TtsSpeech")]
    [InlineData("RunwareTts.TtsTask")]
    [InlineData("RunwareTts.TtsVoice")]
    public void Is_there_for(string type) => Assert.Contains(type, ShownTypes);

    private static Type? Find(string name) => typeof(TtsSpeech).Assembly.GetType(name);

    private static XDocument Load(string file) => XDocument.Load(Path.Combine(Repository.Root, "src", "RunwareTts", file));
}
