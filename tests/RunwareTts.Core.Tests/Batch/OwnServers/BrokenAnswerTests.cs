using System.Globalization;
using System.Text;
using RunwareTts.Batch;
using RunwareTts.Providers.SelfHosted;
using RunwareTts.Requests;
using RunwareTts.Tests.Audio;
using RunwareTts.Tests.Providers.Runware;
using RunwareTts.Tests.Providers.SelfHosted;

namespace RunwareTts.Tests.Batch.OwnServers;

/// <summary>Servers that answer what is no speech, or not the one that was asked for.</summary>
public sealed class BrokenAnswerTests : IDisposable
{
    private const string Model = """{"data":[{"id":"*","owned_by":"vllm-omni"}]}""";
    private const string NoEncoder = """{"error":{"message":"No encoder","param":"response_format"}}""";
    private const string NoModel = """{"error":{"message":"No such model.","code":"model_not_found"}}""";
    private static readonly byte[] Wav = TestSignal.MakeWav(24000, 1, 36000);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("half")]
    [InlineData("head")]
    [InlineData("noise")]
    [InlineData("nothing")]
    [InlineData("longer")]
    public void Audio_that_is_broken_is_generated_again_elsewhere_and_shows_no_fast_server(string fault)
    {
        using RawServer broken = Speaking(_ => Broken(fault));
        using RawServer slow = Speaking(async _ =>
        {
            await Task.Delay(50);
            return Wav;
        });
        List<BatchEvent> events = Run([broken, slow], Rows(20));
        Assert.Empty(events.Errors());
        Assert.Equal(20, events.Spoken().Length);
        Assert.All(events.Spoken(), s => Assert.Equal(1.5, s.Duration!.Value.TotalSeconds, 0.01));
        Assert.Contains(events.OfType<BatchEvent.Warned>(),
            w => w.Message.Contains("is left out", StringComparison.Ordinal));
        Assert.InRange(Posts(broken), 2, 10);
    }

    [ToolTheory("ffmpeg")]
    [InlineData("half", "OGG")]
    [InlineData("half", "MP3")]
    [InlineData("longer", "OGG")]
    public void Audio_that_is_cut_is_not_made_whole_by_its_encoding(string fault, string format)
    {
        using RawServer broken = Speaking(_ => Broken(fault));
        List<BatchEvent> events = Run([broken], Rows(1, format));
        TtsException error = Assert.Single(events.Errors());
        Assert.Equal("AudioInvalid", error.ErrorId);
        Assert.Contains($"http://127.0.0.1:{broken.Port} answered with audio that is not complete: ",
            Assert.Single(events.OfType<BatchEvent.Warned>()).Message, StringComparison.Ordinal);
        Assert.Equal(Broken(fault).Result, error.Speech!.AudioData);
        Assert.Empty(_folder.Files);
    }

    [Fact]
    public void A_server_that_has_no_encoder_for_anything_is_not_asked_for_ever()
    {
        using RawServer raw = Answering((_, stream) => WriteAsync(stream, 503, NoEncoder));
        TtsException error = Assert.Single(Run([raw], Rows(1, "MP3")).Errors());
        Assert.Contains("encoder", error.Message, StringComparison.Ordinal);
        Assert.InRange(Posts(raw), 2, 4);
    }

    [Fact]
    public void A_server_that_was_restarted_as_another_one_is_asked_again_what_it_is()
    {
        int asked = 0;
        using RawServer raw = Answering(
            (body, stream) => body.Contains("old-CustomVoice", StringComparison.Ordinal)
                ? WriteAsync(stream, 404, NoModel)
                : WriteAsync(stream, 200, Wav),
            () => Interlocked.Increment(ref asked) == 1 ? "old-CustomVoice" : "new-CustomVoice");
        List<BatchEvent> events = Run([raw], Rows(4));
        Assert.Empty(events.Errors());
        Assert.Equal(4, events.Spoken().Length);
    }

    [Fact]
    public void Rows_that_wait_for_a_server_to_say_what_it_is_do_not_ask_one_after_the_other()
    {
        using RawServer silent = OwnServer.Answering(async (_, stream) =>
        {
            await Task.Delay(100);
            await WriteAsync(stream, 502, "");
        });
        using RawServer good = Speaking(_ => Task.FromResult(Wav));
        TimeSpan outage = TimeSpan.FromMinutes(5);
        List<BatchEvent> events = Run([silent, good], Rows(40), new() { FirstOut = outage, MaxOut = outage },
            Service.Quick with { ThrottleLimit = 32 });
        Assert.Empty(events.Errors());
        Assert.Single(silent.Heads);
    }

    private List<BatchEvent> Run(
        RawServer[] servers, IEnumerable<SpeechRow> rows, ServerBackoff? backoff = null, BatchOptions? options = null)
    {
        Dictionary<string, string[]> table = new()
        {
            ["CustomVoice"] = [.. servers.Select(server => server.Root().ToString())],
        };
        SelfHostedProvider provider = new(ServerFleet.Read(table, null, null), backoff ?? new()
        {
            FirstOut = TimeSpan.FromSeconds(0.3), MaxOut = TimeSpan.FromSeconds(0.6), AllOut = TimeSpan.FromSeconds(2),
        });
        return Batches.Run(provider, rows, _folder.Path,
            (options ?? Service.Quick) with { Auto = AutoRefusal.ByDesign() });
    }

    private static Task<byte[]> Broken(string fault) => Task.FromResult<byte[]>(fault switch
    {
        "half" => Wav[..(Wav.Length / 2)],
        "head" => Wav[..44],
        "noise" => [.. Enumerable.Range(0, 5000).Select(n => (byte)(n * n % 251))],
        "longer" => [.. TestSignal.MakeWav(24000, 1, 1000), .. Wav.Skip(1044)],
        _ => [],
    });

    private static RawServer Speaking(Func<string, Task<byte[]>> speak) =>
        Answering(async (body, stream) => await WriteAsync(stream, 200, await speak(body)));

    /// <param name="answer">Given the body of a request for speech, writes the answer.</param>
    /// <param name="model">The name of its model.</param>
    private static RawServer Answering(Func<string, Stream, Task> answer, Func<string>? model = null) =>
        new(async (_, head, stream, token) =>
        {
            if (head.StartsWith("GET", StringComparison.Ordinal))
            {
                string name = model?.Invoke() ?? "CustomVoice";
                await WriteAsync(stream, 200, Model.Replace("*", name, StringComparison.Ordinal));
                return;
            }

            string length = head.Split("\r\n").First(
                line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
            byte[] body = new byte[int.Parse(length.Split(':')[1], CultureInfo.InvariantCulture)];
            await stream.ReadExactlyAsync(body, token);
            await answer(Encoding.UTF8.GetString(body), stream);
        });

    private static int Posts(RawServer server) =>
        server.Heads.Count(head => head.StartsWith("POST", StringComparison.Ordinal));

    private static Task WriteAsync(Stream stream, int status, string body) =>
        WriteAsync(stream, status, Encoding.UTF8.GetBytes(body));

    private static Task WriteAsync(Stream stream, int status, byte[] body) =>
        RawServer.WriteAsync(stream, $"HTTP/1.1 {status} X\nContent-Length: {body.Length}", body);

    private static IEnumerable<SpeechRow> Rows(int count, string format = "WAV") => Enumerable.Range(1, count)
        .Select(n => new SpeechRow
        {
            Id = $"{n:0000}", Text = $"This is number {n}.", Voice = "ryan", Language = "en", OutputFormat = format,
        });
}
