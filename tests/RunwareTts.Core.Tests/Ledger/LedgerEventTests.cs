using System.Text;
using System.Text.Json.Nodes;
using RunwareTts.Ledger;

namespace RunwareTts.Tests.Ledger;

/// <summary>Which lines are events; more of what is none, in LedgerFileTests.</summary>
public sealed class LedgerEventTests
{
    [Fact]
    public void What_is_written_is_read_again()
    {
        foreach (LedgerEventKind kind in Enum.GetValues<LedgerEventKind>())
        {
            LedgerEvent happened = Past.Submitted("a") with
            {
                Event = kind,
                Id = "hash\"file",
                File = "sub/später \"eins\".mp3",
                Audio = new("MP3", "MP3", 1, 2, 3, 4, 5),
                Over = new(1, DateTime.UtcNow, "b"),
            };
            Assert.Equal(happened, LedgerEvent.Parse(happened.ToLine()));
        }
    }

    [Fact]
    public void A_line_that_is_torn_anywhere_is_none()
    {
        byte[] line = (Past.Submitted("a") with { File = "a.mp3" }).ToLine();
        for (int length = 0; length < line.Length - 1; length++)
            Assert.Null(LedgerEvent.Parse(line.AsSpan(0, length)));
    }

    [Theory]
    [InlineData("at", null)]
    [InlineData("event", "\"0\"")]
    [InlineData("model", "5")]
    [InlineData("path", "{}")]
    [InlineData("endpoint", "[\"saved\"]")]
    [InlineData("characters", "1e20")]
    [InlineData("index", "\"0\"")]
    [InlineData("submitted", "\"9999-12-31T23:59:59-12:00\"")]
    [InlineData("written", "\"later\"")]
    [InlineData("results", "{}")]
    [InlineData("results", "[{\"url\":5}]")]
    [InlineData("results", "[{\"audio\":{}}]")]
    [InlineData("audio", "\"none\"")]
    [InlineData("audio", "{\"sampleRate\":\"high\"}")]
    [InlineData("over", "{\"written\":7}")]
    public void A_line_with_a_field_that_cannot_be_read_is_none(string name, string? value)
    {
        LedgerEvent sound = Past.Submitted("a") with { Results = [], Audio = new("MP3", "MP3", 1, 2, 3, 4, 5) };
        JsonObject line = JsonNode.Parse(sound.ToLine())!.AsObject();
        line.Remove(name);
        if (value is not null)
            line[name] = JsonNode.Parse(value);
        Assert.Null(LedgerEvent.Parse(Encoding.UTF8.GetBytes(line.ToJsonString())));
    }

    [Fact]
    public void What_a_later_version_adds_does_no_harm()
    {
        LedgerEvent sound = Past.Submitted("a") with { Over = new(1, DateTime.UtcNow, "b") };
        JsonObject line = JsonNode.Parse(sound.ToLine())!.AsObject();
        line["later"] = JsonNode.Parse("{\"model\":5,\"event\":[]}");
        Assert.Equal(sound, LedgerEvent.Parse(Encoding.UTF8.GetBytes(line.ToJsonString())));
    }

    [Fact]
    public void A_task_that_took_longer_than_there_was_time_was_sent_when_it_ended()
    {
        LedgerEvent happened = Past.Submitted("a") with
        {
            Event = LedgerEventKind.Completed,
            At = DateTimeOffset.MinValue,
            Seconds = 1e9,
        };
        Assert.Equal(DateTimeOffset.MinValue, happened.SubmittedAt);
    }
}
