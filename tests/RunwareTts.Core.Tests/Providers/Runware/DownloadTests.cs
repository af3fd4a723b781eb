using System.Globalization;
using System.Net;
using RunwareTts.Audio;
using RunwareTts.Batch;
using RunwareTts.Emulator;
using RunwareTts.Providers;
using RunwareTts.Providers.Http;
using RunwareTts.Requests;

namespace RunwareTts.Tests.Providers.Runware;

/// <summary>Audio comes whole over slow and broken networks, whatever the headers say, and from nowhere that it may not come from.</summary>
public sealed class DownloadTests
{
    private const string Tag = "ETag: \"v1\"";
    private static readonly Uri Here = new("http://127.0.0.1/v1");
    private static readonly Uri Elsewhere = new("https://api.runware.ai/v1");
    private static readonly DownloadLimits Quick = new() { Silence = TimeSpan.FromSeconds(20), Pause = TimeSpan.FromMilliseconds(10) };
    private static readonly byte[] Audio = MakeAudio();

    [Fact]
    public async Task A_download_may_take_as_long_as_bytes_come()
    {
        TimeSpan silence = TimeSpan.FromSeconds(4);
        using RawServer server = new(async (_, _, stream, token) =>
        {
            await RawServer.WriteAsync(stream, Whole());
            foreach (byte[] piece in Audio.Chunk(Audio.Length / 9))
            {
                await stream.WriteAsync(piece, token);
                await Task.Delay(TimeSpan.FromSeconds(0.5), token);
            }
        });
        Assert.Equal(Audio, await FetchAsync(server, Quick with { Silence = silence }));
        Assert.Single(server.Heads);
    }

    [Fact]
    public async Task Silence_ends_a_try_and_the_rest_is_asked_for()
    {
        using RawServer server = new(async (n, head, stream, token) =>
        {
            if (n > 1)
            {
                await RestAsync(stream, head);
                return;
            }

            await RawServer.WriteAsync(stream, Whole(Tag), Audio[..1000]);
            await Task.Delay(Timeout.Infinite, token);
        });
        Assert.Equal(Audio, await FetchAsync(server, Quick with { Silence = TimeSpan.FromSeconds(0.5) }));
        Assert.Contains("Range: bytes=1000-", server.Heads[1], StringComparison.OrdinalIgnoreCase);
        Assert.Contains("If-Range: \"v1\"", server.Heads[1], StringComparison.OrdinalIgnoreCase);
        Assert.All(server.Heads, head => Assert.Contains("Accept-Encoding: identity\r\n", head, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Silence_is_named_and_not_called_a_cancellation()
    {
        using RawServer server = new((_, _, _, token) => Task.Delay(Timeout.Infinite, token));
        TtsException error = await Assert.ThrowsAsync<TtsException>(() => FetchAsync(server, Quick with { Silence = TimeSpan.FromSeconds(0.3) }));
        Assert.Equal(("DownloadFailed", true, "no data for 0.3 s."), (error.ErrorId, error.IsTransient, error.Message));
    }

    [Fact]
    public async Task A_network_that_breaks_again_and_again_and_is_away_for_a_while_brings_it_all_the_same()
    {
        using RawServer server = new(async (n, head, stream, _) =>
        {
            if (n == 1)
                await RawServer.WriteAsync(stream, Whole("Last-Modified: Sun, 01 Nov 2026 00:00:00 GMT\nDate: Mon, 02 Nov 2026 00:00:00 GMT"), Audio[..500]);
            else if (n % 3 != 0)
                await RestAsync(stream, head, most: Audio.Length / 15);
        });
        Assert.Equal(Audio, await FetchAsync(server));
        Assert.InRange(server.Heads.Length, 15, 40);
        Assert.Contains("If-Range: Sun, 01 Nov 2026 00:00:00 GMT", server.Heads[1], StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\nContent-Length: {0}", 0)]
    [InlineData("HTTP/1.1 206 Partial Content\nContent-Range: bytes 999-{2}/{0}", 999)]
    [InlineData("HTTP/1.1 206 Partial Content\nContent-Range: bytes 1000-{2}/{3}", 1000)]
    [InlineData("HTTP/1.1 206 Partial Content\nContent-Range: bytes 1000-{2}/{0}\nETag: \"v2\"", 1000)]
    [InlineData("HTTP/1.1 206 Partial Content\nContent-Range: bytes 1000-{2}/{0}\nContent-Encoding: gzip", 1000)]
    [InlineData("HTTP/1.1 206 Partial Content\nContent-Type: multipart/byteranges; boundary=x", 1000)]
    [InlineData("HTTP/1.1 416 Range Not Satisfiable\nContent-Range: bytes */{0}", 0)]
    public async Task What_is_no_part_of_the_same_bytes_is_not_glued_to_them(string head, int from)
    {
        string shown = string.Format(CultureInfo.InvariantCulture, head, Audio.Length, 0, Audio.Length - 1, Audio.Length + 1);
        using RawServer server = new((n, _, stream, _) => n switch
        {
            1 => RawServer.WriteAsync(stream, Whole(Tag), Audio[..1000]),
            2 => RawServer.WriteAsync(stream, shown, Audio[from..]),
            _ => RawServer.WriteAsync(stream, Whole(Tag), Audio),
        });
        Assert.Equal(Audio, await FetchAsync(server));
        Assert.True(server.Heads.Length == 2 || !server.Heads[2].Contains("Range:", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("X-Nothing: 1")]
    [InlineData("ETag: W/\"v1\"")]
    [InlineData("ETag: \"v1\"\nAccept-Ranges: none")]
    [InlineData("ETag: \"v1\"\nContent-Encoding: gzip")]
    [InlineData("Last-Modified: Sun, 01 Nov 2026 00:00:00 GMT\nDate: Sun, 01 Nov 2026 00:00:00 GMT")]
    public async Task What_cannot_be_continued_for_sure_begins_again(string headers)
    {
        using RawServer server = new((_, _, stream, _) => RawServer.WriteAsync(stream, Whole(headers), Audio[..1000]));
        TtsException error = await Assert.ThrowsAsync<TtsException>(() => FetchAsync(server));
        Assert.True(error.IsTransient);
        Assert.Single(server.Heads);
    }

    public static TheoryData<Fault> Misleading =>
    [
        new Fault.MistypedDownload("text/plain"),
        new Fault.MistypedDownload("text/html; charset=utf-8"),
        new Fault.MistypedDownload("application/json"),
        new Fault.EncodedDownload("gzip"),
        new Fault.EncodedDownload("gzip", IsTold: false),
        new Fault.EncodedDownload("deflate"),
        new Fault.EncodedDownload("br"),
        new Fault.MisnamedCodingDownload("gzip"),
        new Fault.MisnamedCodingDownload("deflate"),
        new Fault.MisnamedCodingDownload("br"),
    ];

    [Theory]
    [MemberData(nameof(Misleading))]
    public async Task The_bytes_decide_and_not_the_headers(Fault fault)
    {
        await using Service service = await Service.StartAsync(speak: TinyVoice.SpeakAsync);
        using TempFolder folder = new();
        foreach (string format in (string[])["MP3", "WAV"])
        {
            service.Faults.OnDownload(fault);
            List<BatchEvent> events = service.Run([new SpeechRow { Text = "Hello there", Id = format, OutputFormat = format, Voice = "ryan" }], folder.Path);
            Assert.Empty(events.Errors().Select(e => e.Message));
            Assert.Equal(format, AudioInfoReader.ReadFile(events.Spoken()[0].Path!).Format);
        }

        Assert.Equal(2, service.Record.Downloads);
    }

    [Theory]
    [InlineData("gzip, br")]
    [InlineData("zstd")]
    public async Task Encodings_are_undone_in_their_order_and_an_unknown_one_is_named(string coding)
    {
        using RawServer server = new((_, _, stream, _) => RawServer.WriteAsync(stream, $"HTTP/1.1 200 OK\nContent-Encoding: {coding}", Brotli(Gzip(Audio))));
        if (coding == "gzip, br")
            Assert.Equal(Audio, await FetchAsync(server));
        else
            Assert.Contains("'zstd'", (await Assert.ThrowsAsync<TtsException>(() => FetchAsync(server))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_download_that_never_ends_does_not_fill_the_disk()
    {
        using RawServer server = new((_, _, stream, _) => RawServer.WriteAsync(stream, "HTTP/1.1 200 OK\nContent-Encoding: gzip", Gzip(new byte[5_000_000])));
        TtsException error = await Assert.ThrowsAsync<TtsException>(() => FetchAsync(server, Quick with { MaxBytes = 1_000_000 }));
        Assert.Equal(("it has more than 1000000 bytes, as no speech has.", false), (error.Message, error.IsTransient));
    }

    [Theory]
    [InlineData(407, "name and password")]
    [InlineData(511, "sign-in")]
    public async Task A_proxy_or_a_network_that_says_no_is_named(int status, string says)
    {
        using RawServer server = new((_, _, stream, _) => RawServer.WriteAsync(stream, $"HTTP/1.1 {status} No", "<html>"u8.ToArray()));
        TtsException error = await Assert.ThrowsAsync<TtsException>(() => FetchAsync(server));
        Assert.False(error.IsTransient);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_service_may_ask_to_be_left_alone_for_a_while()
    {
        using RawServer server = new((_, _, stream, _) => RawServer.WriteAsync(stream, "HTTP/1.1 503 Busy\nRetry-After: 7"));
        Assert.Equal(TimeSpan.FromSeconds(7), (await Assert.ThrowsAsync<TtsException>(() => FetchAsync(server))).RetryAfter);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("localhost.")]
    [InlineData("audio.localhost")]
    [InlineData("[::1]")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("2130706433")]
    [InlineData("0x7f.1")]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("172.31.0.1")]
    [InlineData("192.168.0.1")]
    [InlineData("100.64.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("[fd00::1]")]
    [InlineData("[fe80::1]")]
    [InlineData("[64:ff9b::10.0.0.1]")]
    [InlineData("[2002:7f00:1::]")]
    [InlineData("[::]")]
    [InlineData("224.0.0.1")]
    public async Task No_address_inside_is_asked_for_a_service_outside(string host)
    {
        using RawServer server = new((_, _, stream, _) => RawServer.WriteAsync(stream, Whole(), Audio));
        TtsException error = await Assert.ThrowsAsync<TtsException>(() => FetchAsync(new Uri($"http://{host}:{server.Port}/a.mp3"), Elsewhere));
        Assert.False(error.IsTransient);
        Assert.Contains("the service is not there. Nothing was requested from it.", error.Message, StringComparison.Ordinal);
        Assert.Empty(server.Heads);
    }

    [Fact]
    public async Task A_name_that_leads_inside_is_no_way_round()
    {
        if (await FindInsideNameAsync() is not { } name)
            return;
        using RawServer server = new((_, _, stream, _) => RawServer.WriteAsync(stream, Whole(), Audio));
        TtsException error = await Assert.ThrowsAsync<TtsException>(() => FetchAsync(new Uri($"http://{name}:{server.Port}/a.mp3"), Elsewhere));
        Assert.Contains("Nothing was requested from it.", error.Message, StringComparison.Ordinal);
        Assert.Empty(server.Heads);
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data/?token=5ecret")]
    [InlineData("//10.0.0.1/a.mp3")]
    [InlineData("http://0.0.0.0/a.mp3")]
    public async Task A_redirect_is_no_way_round(string location)
    {
        using RawServer server = new((_, _, stream, _) => RawServer.WriteAsync(stream, $"HTTP/1.1 302 Found\nLocation: {location}"));
        TtsException error = await Assert.ThrowsAsync<TtsException>(() => FetchAsync(server));
        Assert.Contains("Nothing was requested from it.", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("5ecret", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_is_followed_where_it_may_go_and_not_for_ever()
    {
        using RawServer server = new((n, _, stream, _) => n == 1
            ? RawServer.WriteAsync(stream, "HTTP/1.1 308 Moved\nLocation: /audio/b.mp3")
            : RawServer.WriteAsync(stream, Whole(), Audio));
        Assert.Equal(Audio, await FetchAsync(server));
        Assert.StartsWith("GET /audio/b.mp3 ", server.Heads[1], StringComparison.Ordinal);

        using RawServer circle = new((_, _, stream, _) => RawServer.WriteAsync(stream, "HTTP/1.1 301 Moved\nLocation: /round?key=5ecret"));
        TtsException error = await Assert.ThrowsAsync<TtsException>(() => FetchAsync(circle));
        Assert.Contains("/round?****, which is not followed.", error.Message, StringComparison.Ordinal);
        Assert.InRange(circle.Heads.Length, 2, 10);
    }

    [Theory]
    [InlineData("8.8.8.8", "Public")]
    [InlineData("2606:4700::1111", "Public")]
    [InlineData("::ffff:8.8.8.8", "Public")]
    [InlineData("172.15.255.255", "Public")]
    [InlineData("172.32.0.0", "Public")]
    [InlineData("100.63.0.1", "Public")]
    [InlineData("100.128.0.1", "Public")]
    [InlineData("127.255.255.254", "Loopback")]
    [InlineData("::1", "Loopback")]
    [InlineData("::ffff:10.0.0.1", "Private")]
    [InlineData("fc00::1", "Private")]
    [InlineData("fec0::1", "Private")]
    [InlineData("fe80::1", "LinkLocal")]
    [InlineData("ff02::1", "Reserved")]
    [InlineData("255.255.255.255", "Reserved")]
    [InlineData("::", "Reserved")]
    public void Addresses_are_told_apart(string address, string area) => Assert.Equal(area, NetworkAreas.Of(IPAddress.Parse(address)).ToString());

    private static Task<byte[]> FetchAsync(RawServer server, DownloadLimits? limits = null) => FetchAsync(server.Url, Here, limits);

    private static async Task<byte[]> FetchAsync(Uri url, Uri endpoint, DownloadLimits? limits = null)
    {
        using MemoryStream bytes = new();
        await new AudioDownload(endpoint, limits ?? Quick).FetchAsync(new SpeechResult("a", url, null, null), bytes, CancellationToken.None);
        return bytes.ToArray();
    }

    private static string Whole(string headers = "X-Nothing: 1") => $"HTTP/1.1 200 OK\nContent-Type: audio/mpeg\nContent-Length: {Audio.Length}\n{headers}";

    // What a server with ranges sends: from where it was asked, and perhaps not to the end.
    private static Task RestAsync(Stream stream, string head, int most = int.MaxValue)
    {
        int at = head.IndexOf("bytes=", StringComparison.Ordinal) + "bytes=".Length;
        int from = int.Parse(head.AsSpan(at, head.IndexOf('-', at) - at), CultureInfo.InvariantCulture);
        int to = (int)Math.Min((long)from + most, Audio.Length);
        return RawServer.WriteAsync(stream, $"HTTP/1.1 206 Partial Content\nContent-Range: bytes {from}-{to - 1}/{Audio.Length}\nContent-Length: {to - from}", Audio[from..to]);
    }

    // A name of this machine's own that is not localhost; where there is none, nothing can be tried.
    private static async Task<string?> FindInsideNameAsync()
    {
        string hosts = OperatingSystem.IsWindows() ? Path.Combine(Environment.SystemDirectory, "drivers", "etc", "hosts") : "/etc/hosts";
        string[] names = [Dns.GetHostName(), .. File.Exists(hosts) ? File.ReadLines(hosts).SelectMany(line => line.Split('#')[0].Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries).Skip(1)) : []];
        foreach (string name in names.Where(n => n != "localhost"))
        {
            try
            {
                if ((await Dns.GetHostAddressesAsync(name)).All(a => NetworkAreas.Of(a) != NetworkArea.Public))
                    return name;
            }
            catch (System.Net.Sockets.SocketException)
            {
                // It has no address.
            }
        }

        return null;
    }

    private static byte[] MakeAudio()
    {
        byte[] bytes = new byte[20_000];
        new Random(1).NextBytes(bytes);
        "OggS"u8.CopyTo(bytes);
        return bytes;
    }

    private static byte[] Gzip(byte[] bytes) => Pack(bytes, to => new System.IO.Compression.GZipStream(to, System.IO.Compression.CompressionLevel.Fastest));

    private static byte[] Brotli(byte[] bytes) => Pack(bytes, to => new System.IO.Compression.BrotliStream(to, System.IO.Compression.CompressionLevel.Fastest));

    private static byte[] Pack(byte[] bytes, Func<Stream, Stream> packer)
    {
        using MemoryStream packed = new();
        using (Stream pack = packer(packed))
            pack.Write(bytes);
        return packed.ToArray();
    }
}
