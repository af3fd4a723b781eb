using System.Globalization;
using System.Text.Json.Nodes;
using RunwareTts.Requests;

namespace RunwareTts.Tests.Providers.Runware;

/// <summary>
/// Two readings of the model pages, the module's and the emulator's, held against each other: what one refuses the
/// other refuses. The emulator is asked by hand-written JSON, as a dry run.
/// </summary>
public sealed class PagesTests : IAsyncLifetime
{
    private static readonly string[] FormatNames = ["MP3", "WAV", "FLAC", "OGG"];
    private static readonly int[] Rates = [8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000, 96000];
    private static readonly int[] Corners = [7, 8, 9, 15, 16, 17, 23, 24, 31, 32, 33, 40, 41, 47, 48, 49, 64, 65, 80, 81, 96, 97, 160, 161, 192, 193, 224, 225, 256, 257, 320, 321];

    private PlainCaller _emulator = null!;

    public async Task InitializeAsync() => _emulator = await PlainCaller.StartAsync();

    public async Task DisposeAsync() => await _emulator.DisposeAsync();

    [Fact]
    public async Task Formats_rates_channels_and_bitrates_agree_in_every_corner()
    {
        List<(SpeechRow Row, JsonObject Task)> cases = [];
        foreach (string format in FormatNames)
            foreach (int? rate in Rates.Select(r => (int?)r).Prepend(null))
                foreach (int? channels in new int?[] { null, 1, 2, 3 })
                    foreach (int? bitrate in Corners.Select(b => (int?)b).Prepend(null))
                        cases.Add(Case(format, rate, channels, bitrate));
        Assert.Equal(4 * 11 * 4 * 33, cases.Count);

        List<string> apart = [];
        int good = 0;
        foreach ((SpeechRow Row, JsonObject Task)[] some in cases.Chunk(200))
        {
            bool[] verdicts = await _emulator.WouldTakeAsync([.. some.Select(c => c.Task)]);
            for (int i = 0; i < some.Length; i++)
            {
                bool mine = RowReader.Read(some[i].Row).Request is not null;
                good += mine ? 1 : 0;
                if (mine != verdicts[i])
                    apart.Add($"{some[i].Task["outputFormat"]} {some[i].Task["audioSettings"]?.ToJsonString()}: module {mine}, emulator {verdicts[i]}");
            }
        }

        Assert.Empty(apart);
        Assert.InRange(good, 500, cases.Count / 2);
    }

    [Theory]
    [InlineData("speech.speed", "Speed", "0.24", "0.25", "0.26", "0.999", "1.001", "3.99", "4", "4.01", "0", "-1")]
    [InlineData("ttl", "Ttl", "0", "59", "60", "61", "-5")]
    [InlineData("numberResults", "NumberResults", "0", "1", "19", "20", "21", "-1")]
    [InlineData("settings.maxNewTokens", "MaxNewTokens", "0", "1", "2048", "-1")]
    [InlineData("speech.language", "Language", "Auto", "English", "Chinese", "Japanese", "Korean", "German", "French", "Russian", "Portuguese", "Spanish", "Italian", "Dutch")]
    [InlineData("speech.voice", "Voice", "auto", "aiden", "dylan", "eric", "ono_anna", "ryan", "serena", "sohee", "uncle_fu", "vivian")]
    [InlineData("outputType", "OutputType", "URL", "base64Data", "dataURI", "File")]
    [InlineData("outputFormat", "OutputFormat", "MP3", "WAV", "FLAC", "OGG", "AAC")]
    public async Task Single_fields_agree(string field, string parameter, params string[] values)
    {
        foreach (string value in values)
        {
            JsonObject task = Task(null);
            JsonNode parent = field.Contains('.', StringComparison.Ordinal) ? task[field.Split('.')[0]] ??= new JsonObject() : task;
            parent[field.Split('.')[^1]] = decimal.TryParse(value, NumberStyles.Number, CultureInfo.InvariantCulture, out decimal number) ? JsonValue.Create(number) : JsonValue.Create(value);
            SpeechRow row = new() { Text = "Hello" };
            typeof(SpeechRow).GetProperty(parameter)!.SetValue(row, value);
            bool[] taken = await _emulator.WouldTakeAsync(task);
            Assert.True((RowReader.Read(row).Request is not null) == taken[0], $"{field} = {value}: {taken[0]} at the emulator");
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2000)]
    [InlineData(2001)]
    public async Task Text_length_agrees(int length)
    {
        string text = string.Concat(Enumerable.Repeat(char.ConvertFromUtf32(0x1F600), length));
        JsonObject task = Task(null);
        task["speech"]!["text"] = text;
        Assert.Equal(RowReader.Read(new SpeechRow { Text = text }).Request is not null, (await _emulator.WouldTakeAsync(task))[0]);
    }

    private static (SpeechRow, JsonObject) Case(string format, int? rate, int? channels, int? bitrate)
    {
        JsonObject settings = [];
        if (bitrate is not null)
            settings["bitrate"] = bitrate;
        if (rate is not null)
            settings["sampleRate"] = rate;
        if (channels is not null)
            settings["channels"] = channels;
        JsonObject task = Task(settings.Count == 0 ? null : settings);
        task["outputFormat"] = format;
        return (new SpeechRow { Text = "Hello", OutputFormat = format, Bitrate = Text(bitrate), SampleRate = Text(rate), Channels = Text(channels) }, task);
    }

    private static JsonObject Task(JsonObject? settings)
    {
        JsonObject task = new()
        {
            ["taskType"] = "audioInference",
            ["taskUUID"] = Guid.NewGuid().ToString(),
            ["model"] = "alibaba:qwen@3-tts-1.7b-customvoice",
            ["speech"] = new JsonObject { ["text"] = "Hello", ["voice"] = "auto" },
        };
        if (settings is not null)
            task["audioSettings"] = settings;
        return task;
    }

    private static string? Text(int? value) => value?.ToString(CultureInfo.InvariantCulture);
}
