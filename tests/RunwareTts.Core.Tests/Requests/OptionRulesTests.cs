using System.Collections;
using System.Collections.Specialized;
using System.Globalization;
using RunwareTts.Batch;
using RunwareTts.Requests;

namespace RunwareTts.Tests.Requests;

/// <summary>Further fields of a task, in one form whatever they were given as.</summary>
public sealed class OptionRulesTests
{
    private const string Minimax = "minimax:speech@2.8";

    [Fact]
    public void Dotted_names_and_tables_are_one_form_with_sorted_names()
    {
        string? dotted = Read(new Hashtable { ["settings.top"] = 5, ["settings.a.b"] = "x", ["seed"] = 1, ["Speech.pitch"] = 2m });
        string? nested = Read(new OrderedDictionary
        {
            ["speech"] = new Hashtable { ["pitch"] = 2.0 },
            [" seed "] = 1.00m,
            ["settings"] = new Hashtable { ["a"] = new Hashtable { ["b"] = 'x' }, ["top"] = 5L },
        });
        Assert.Equal("""{"seed":1,"settings":{"a":{"b":"x"},"top":5},"speech":{"pitch":2}}""", dotted);
        Assert.Equal(dotted, nested);
    }

    public static TheoryData<object, string> Values => new()
    {
        { true, "true" },
        { "text", "\"text\"" },
        { DayOfWeek.Friday, "\"Friday\"" },
        { 0.8f, "0.8" },
        { 0.1 + 0.2, "0.3" },
        { 1.50m, "1.5" },
        { 1e20, "1E+20" },
        { ulong.MaxValue, "18446744073709551615" },
        { new object?[] { 1, "a", new Hashtable { ["z"] = 1, ["a"] = false } }, """[1,"a",{"a":false,"z":1}]""" },
        { Array.Empty<object>(), "[]" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void Values_are_written_in_no_culture(object value, string json)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            Assert.Equal($$"""{"x":{{json}}}""", Read(new Hashtable { ["x"] = value }));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Nothing_is_not_given() =>
        Assert.Null(Read(new Hashtable { ["a"] = null, ["b"] = "", ["c"] = new Hashtable(), ["d"] = new Hashtable { ["e"] = null } }));

    [Theory]
    [InlineData("taskType", "module")]
    [InlineData("TASKUUID", "module")]
    [InlineData("model", "Model")]
    [InlineData("positivePrompt", "Style")]
    [InlineData("Speech.Text", "Text")]
    [InlineData("speech.voice", "Voice")]
    [InlineData("speech.language", "Language")]
    [InlineData("speech.speed", "Speed")]
    [InlineData("inputs.audio", "ReferenceAudio")]
    [InlineData("settings.transcript", "Transcript")]
    [InlineData("settings.xVectorOnly", "Transcript")]
    [InlineData("settings.maxnewtokens", "MaxNewTokens")]
    [InlineData("outputType", "OutputType")]
    [InlineData("outputFormat", "OutputFormat")]
    [InlineData("audioSettings", "Bitrate")]
    [InlineData("audioSettings.bitrate", "Bitrate")]
    [InlineData("deliveryMethod", "-Async")]
    [InlineData("numberResults", "NumberResults")]
    [InlineData("ttl", "Ttl")]
    [InlineData("webhookurl", "WebhookUrl")]
    [InlineData("uploadEndpoint", "UploadEndpoint")]
    [InlineData("includeCost", "module")]
    [InlineData("model.x", "Model")]
    public void What_has_a_parameter_is_refused_and_names_it(string name, string parameter)
    {
        Assert.Contains(parameter, Refusal(new Hashtable { [name] = 1 }).Split(": ")[1], StringComparison.Ordinal);
        string[] parts = name.Split('.');
        if (parts.Length == 2)
            Assert.Contains(parameter, Refusal(new Hashtable { [parts[0]] = new Hashtable { [parts[1]] = 1 } }), StringComparison.Ordinal);
    }

    public static TheoryData<IDictionary, string> Bad => new()
    {
        { new Hashtable { ["a..b"] = 1 }, "a..b" },
        { new Hashtable { [""] = 1 }, "name" },
        { new Hashtable { ["a.b"] = 1, ["a"] = 2 }, "a.b" },
        { new Hashtable { ["a.b"] = 1, ["A.B"] = 2 }, "Leave one" },
        { new Hashtable { ["settings"] = 1 }, "settings" },
        { new Hashtable { ["x"] = double.NaN }, "finite" },
        { new Hashtable { ["x"] = new Version(1, 2) }, "Version" },
        { new Hashtable { ["x"] = new object?[] { null } }, "$null" },
        { new Hashtable { ["x"] = "\ud800" }, "surrogate" },
        { new Hashtable { ["x"] = "https://a.example/b?****" }, "query" },
        { new Hashtable { ["x"] = new string('a', 1_000_001) }, "too long" },
        { new Hashtable { ["x"] = Enumerable.Range(0, 5000).ToArray() }, "too many" },
        { Cycle(), "itself" },
        { new Hashtable { ["x"] = new object[] { Cycle() } }, "itself" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void What_cannot_be_sent_is_refused(IDictionary option, string says) =>
        Assert.Contains(says, Refusal(option), StringComparison.Ordinal);

    [Fact]
    public void One_warning_says_that_nothing_was_checked()
    {
        Hashtable option = new() { ["seed"] = 1 };
        SpeechRow row = new() { Text = "Hello", Option = option };
        Assert.Contains("unchecked", Assert.Single(RowReader.Read(row).Warnings), StringComparison.Ordinal);
        Assert.Contains("unchecked", Assert.Single(RowReader.Read(row with { Model = Minimax }).Warnings), StringComparison.Ordinal);
        Assert.Empty(RowReader.Read(row with { Option = new Hashtable() }).Warnings);
    }

    [Fact]
    public void It_is_part_of_what_makes_requests_equal_and_a_presigned_query_is_not()
    {
        string plain = Hash(null);
        string seven = Hash(new Hashtable { ["seed"] = 7 });
        Assert.NotEqual(plain, seven);
        Assert.Equal(seven, Hash(new Hashtable { ["seed"] = 7.0 }));
        Assert.NotEqual(seven, Hash(new Hashtable { ["seed"] = 8 }));
        Assert.Equal(
            Hash(new Hashtable { ["inputs.video"] = "https://a.example/b?sig=1" }),
            Hash(new Hashtable { ["inputs.video"] = "https://a.example/b?sig=2" }));
    }

    [Fact]
    public void A_result_has_it_as_a_table_that_reads_the_same_without_its_secrets()
    {
        Hashtable given = new() { ["settings.temperature"] = 0.8, ["seeds"] = new[] { 1, 2 }, ["x"] = "https://a.example/b?sig=secret" };
        SpeechRequest request = RowReader.Read(new SpeechRow { Text = "Hello", Option = given }).Request!;
        IDictionary table = (IDictionary)SpeechFactory.Of(request, new(null, null, null, null), "Runware", null, null).Option!;
        Assert.Equal("https://a.example/b?****", table["x"]);
        table.Remove("x");
        given.Remove("x");
        Assert.Equal(Read(given), Read(table));
    }

    [Fact]
    public void Each_part_of_a_long_text_has_it()
    {
        string text = string.Concat(Enumerable.Repeat("This is a sentence of a text that is long. ", 120));
        SpeechRow row = new() { Text = text, Option = new Hashtable { ["seed"] = 9 } };
        SpeechRequest[] parts = SplitRules.PartRequests(RowReader.Read(row, isSplit: true).Request!);
        Assert.True(parts.Length > 1);
        Assert.All(parts, part => Assert.Equal("""{"seed":9}""", part.Option!.Json));
    }

    private static Hashtable Cycle()
    {
        Hashtable table = new() { ["n"] = 1 };
        table["again"] = table;
        table["more"] = new[] { table };
        return table;
    }

    private static string? Read(IDictionary option)
    {
        RowReading reading = RowReader.Read(new SpeechRow { Text = "Hello", Model = Minimax, Option = option });
        Assert.Empty(reading.Problems);
        return reading.Request!.Option?.Json;
    }

    private static string Refusal(IDictionary option)
    {
        Problem problem = Assert.Single(RowReader.Read(new SpeechRow { Text = "Hello", Option = option }).Problems);
        Assert.Equal("Option", problem.Parameter);
        return problem.Message;
    }

    private static string Hash(IDictionary? option) =>
        RequestHash.Compute("Runware", RowReader.Read(new SpeechRow { Text = "Hello", Option = option }).Request!);
}
