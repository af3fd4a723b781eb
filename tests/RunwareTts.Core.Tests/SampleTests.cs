using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using RunwareTts.Catalog;
using RunwareTts.Providers.Offline;
using RunwareTts.Requests;
using RunwareTts.Tests.Audio;

namespace RunwareTts.Tests;

/// <summary>The demo's CSV, spoken offline, and every file held against what ffprobe and ffmpeg make of it.</summary>
public sealed class SampleTests
{
    private static readonly Dictionary<string, string> Codecs = new() { ["MP3"] = "mp3", ["OGG"] = "vorbis", ["FLAC"] = "flac", ["WAV"] = "pcm_s16le" };

    [Fact]
    public void Every_file_of_the_demo_is_what_its_row_asks_for()
    {
        using TempFolder folder = new();
        SpeechRow[] rows = Rows();
        TtsSpeech[] speeches = Batches.Run(new OfflineProvider(), rows, folder.Path, Service.Quick).Spoken();
        Assert.Equal(rows.Length, speeches.Length);
        foreach ((SpeechRow row, TtsSpeech speech) in rows.Zip(speeches))
        {
            Dictionary<string, string> probe = AudioTool.Probe(speech.Path!);
            Assert.Equal(Codecs[row.OutputFormat!], probe["codec_name"]);
            if (row.SampleRate is { Length: > 0 } rate)
                Assert.Equal(rate, probe["sample_rate"]);
            if (row.Channels is { Length: > 0 } channels)
                Assert.Equal(channels, probe["channels"]);
            if (row.Bitrate is { Length: > 0 } bitrate)
                Assert.Equal(bitrate + "000", probe["bit_rate"]);

            TtsAudioInfo audio = speech.Audio!;
            Assert.Equal((probe["sample_rate"], probe["channels"]), (audio.SampleRate.ToString(CultureInfo.InvariantCulture), audio.Channels.ToString(CultureInfo.InvariantCulture)));
            double decoded = AudioTool.CountDecoded(speech.Path!, audio.Channels) / (double)audio.SampleRate;
            Assert.InRange(audio.Duration.TotalSeconds, decoded - 0.005, decoded + 0.005);
        }
    }

    [Fact]
    public void The_demo_shows_the_models_without_a_clip_all_formats_and_the_ten_languages()
    {
        SpeechRequest[] requests = [.. Rows().Select(r => RowReader.Read(r).Request!)];
        Assert.Equal(SpeechCatalog.Models.Where(m => m != SpeechCatalog.Base).Select(m => m.Name).Order(), requests.Select(r => r.ModelName).Distinct().Order());
        Assert.Equal(SpeechCatalog.Formats.Select(f => f.Name).Order(), requests.Select(r => r.OutputFormat).Distinct().Order());
        Assert.Superset(SpeechCatalog.Languages.Select(l => l.Name).Where(n => n != "Auto").ToHashSet(), requests.Select(r => r.Language).OfType<string>().ToHashSet());
        Assert.Equal(4, requests.Count(r => r.VoiceDescription is not null));
    }

    private static SpeechRow[] Rows()
    {
        using StreamReader file = new(Path.Combine(Repository.Root, "docs", "samples", "announcements.csv"));
        using CsvReader csv = new(file, new CsvConfiguration(CultureInfo.InvariantCulture) { HeaderValidated = null, MissingFieldFound = null, IgnoreReferences = true });
        return [.. csv.GetRecords<SpeechRow>()];
    }
}
