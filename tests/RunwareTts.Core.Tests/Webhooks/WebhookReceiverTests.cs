using System.Net;
using System.Net.Sockets;
using System.Text;
using RunwareTts.Batch;
using RunwareTts.Emulator;
using RunwareTts.Providers.Http;
using RunwareTts.Providers.Runware;
using RunwareTts.Requests;
using RunwareTts.Tests.Providers.Runware;
using RunwareTts.Webhooks;

namespace RunwareTts.Tests.Webhooks;

/// <summary>Good deliveries by the emulator, bad ones by hand; and after each bad one a good one still comes.</summary>
public sealed class WebhookReceiverTests
{
    private const string Head = $"POST /?token={Listening.Token} HTTP/1.1\nHost: 127.0.0.1\nContent-Length: 500\n";
    private const string Half = Head + "\n{\"taskUUID\":";
    private static readonly TimeSpan ForEver = TimeSpan.FromHours(1);
    private static readonly SpeechRow Hello = new() { Text = "Hello there", Voice = "ryan" };

    [Theory]
    [InlineData(null, "MP3")]
    [InlineData("base64Data", "OGG")]
    [InlineData("dataURI", "FLAC")]
    public async Task The_service_posts_every_result(string? outputType, string format)
    {
        await using Service service = await Service.StartAsync();
        using Listening listening = new(o => o with { Count = 3 });
        TtsTask task = Submit(service, Hello with { OutputType = outputType, OutputFormat = format, NumberResults = "3", WebhookUrl = listening.Url });

        TtsSpeech[] speeches = (await listening.Events).Spoken();
        Assert.Equal(3, speeches.Select(s => s.AudioUUID).Distinct().Count());
        Assert.All(speeches, s => Assert.Equal((task.TaskUUID, format, "Runware", "Completed"), (s.TaskUUID!.Value, s.OutputFormat, s.Provider, s.Status)));
        Assert.All(speeches, s => Assert.True(s.Cost > 0));
        Assert.All(speeches, s => Assert.Equal(outputType is null, s.AudioUrl is not null));
        Assert.All(speeches, s => Assert.Equal(outputType is null ? null : format, s.Audio?.Format));
        Assert.All(speeches, s => Assert.Equal(s.AudioData?.Length, (int?)s.Size));
    }

    [Fact]
    public async Task A_failed_task_is_an_error_that_names_it_and_ends_nothing()
    {
        await using EmulatorHost host = await EmulatorHost.StartAsync(new EmulatorOptions(), (order, stop) => order.Text == "bad" ? throw new InvalidOperationException("no voice") : DraftVoice.SpeakAsync(order, stop));
        using Listening listening = new(o => o with { Count = 2 });
        RunwareProvider provider = new(new RunwareClient(host.Endpoint, ApiKey.From(new EmulatorOptions().ApiKey)));
        Batches.Run(provider, [Hello with { Text = "bad", WebhookUrl = listening.Url }, Hello with { WebhookUrl = listening.Url }], null, Service.Quick);

        List<BatchEvent> events = await listening.Events;
        BatchEvent.RowFailed failed = Assert.Single(events.OfType<BatchEvent.RowFailed>());
        Assert.Equal("Runware.inferenceError", failed.Error.ErrorId);
        Assert.Contains(((TtsTask)failed.Source!).TaskUUID.ToString(), failed.Error.Message, StringComparison.Ordinal);
        Assert.Single(events.Spoken());
    }

    [Fact]
    public async Task What_another_listener_answered_with_500_is_sent_again()
    {
        await using Service service = await Service.StartAsync();
        (HttpListener broken, string url) = Loopback.Listen("hook/");
        Uri hook = new(url);
        Submit(service, Hello with { WebhookUrl = $"{url}?token={Listening.Token}" });
        using (broken)
        {
            HttpListenerContext context = await broken.GetContextAsync();
            context.Response.StatusCode = 500;
            context.Response.Close();
        }

        using Listening listening = new(o => o with { Count = 1, Prefix = url }, hook.Port);
        Assert.Single((await listening.Events).Spoken());
    }

    [Fact]
    public async Task A_repeat_is_answered_and_dropped()
    {
        using Listening listening = new(o => o with { Count = 3 });
        Guid task = Guid.NewGuid();
        string first = Listening.Item(task, "one");
        Assert.Equal(Enumerable.Repeat(HttpStatusCode.OK, 20), await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => listening.PostAsync(first))));
        await listening.PostAsync(Listening.Item(task, "two"));
        await listening.PostAsync(Listening.Item(Guid.NewGuid(), "one"));
        // A delivery is answered before it is handed on, so that the next one may overtake it.
        Assert.Equal(["one", "one", "two"], (await listening.Events).Spoken().Select(s => s.AudioUUID).Order());
    }

    [Fact]
    public async Task Repeats_are_remembered_to_a_limit()
    {
        using Listening listening = new(o => o with { Count = 4, MaxRemembered = 2 });
        Guid task = Guid.NewGuid();
        foreach (string audio in (string[])["a", "b", "b", "c", "a"])
            await listening.PostAsync(Listening.Item(task, audio));
        Assert.Equal(["a", "a", "b", "c"], (await listening.Events).Spoken().Select(s => s.AudioUUID).Order());
    }

    [Fact]
    public async Task Many_come_at_once_and_none_is_lost_while_nobody_takes_them()
    {
        using Listening listening = new(o => o with { Count = 300 }, take: false);
        string[] items = [.. Enumerable.Range(0, 300).Select(n => Listening.Item(audio: $"{n}"))];
        HttpStatusCode[] answers = await Task.WhenAll(items.Select(item => listening.PostAsync(item)));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer));
        Assert.Equal(300, listening.Take().Spoken().Select(s => s.AudioUUID).Distinct().Count());
    }

    [Fact]
    public async Task A_body_without_a_result_is_answered_and_the_next_one_comes()
    {
        string[] bad =
        [
            "", "{", "not json", "<html>", "{}", "[]", "null", "5", "\"text\"", "[1,null,[],\"x\"]",
            Listening.Item()[..^1],
            Listening.Item() + "x",
            """{"data":[]}""",
            """{"taskUUID":"no id","audioURL":"https://a.example/a.mp3"}""",
            """{"taskUUID":7}""",
            """{"taskUUID":"\ud800"}""",
            """{"audioURL":"https://a.example/a.mp3","audioUUID":"x"}""",
            """{"errors":[{"code":"invalid","message":"m"}]}""",
            new string('[', 100_000),
        ];
        using Listening listening = new(o => o with { Count = bad.Length + 1 });
        foreach (string body in bad)
        {
            Assert.Equal((body, HttpStatusCode.BadRequest), (body, await listening.PostAsync(body)));
            Assert.Equal(HttpStatusCode.OK, await listening.PostAsync(Listening.Item()));
        }

        string underWay = $$"""{"taskType":"audioInference","taskUUID":"{{Guid.NewGuid()}}","status":"processing"}""";
        Assert.Equal(HttpStatusCode.OK, await listening.PostAsync(underWay));
        Assert.Equal(HttpStatusCode.OK, await listening.PostAsync(Listening.Item()));
        List<BatchEvent> events = await listening.Events;
        Assert.Equal((bad.Length + 1, 0), (events.Spoken().Length, events.Errors().Length));
        IEnumerable<string> told = events.OfType<BatchEvent.Verbose>().Select(t => t.Message);
        Assert.Equal(bad.Length, told.Count(message => message.Contains("HTTP 400", StringComparison.Ordinal)));
    }

    public static TheoryData<string, int, int> Shapes => new()
    {
        { $"[{Listening.Item()},{Listening.Item()}]", 2, 0 },
        { $$"""{"data":[{{Listening.Item()}}]}""", 1, 0 },
        { $$"""{"data":[{{Listening.Item()}}],"errors":[]}""", 1, 0 },
        { $$"""{"data":{{Listening.Item()}},"errors":[{"code":"timeoutProvider","message":"m","taskUUID":"{{Guid.NewGuid()}}"}]}""", 1, 1 },
        { $$"""{"errors":[{"code":"insufficientCredits","message":"m","taskUUID":"{{Guid.NewGuid()}}"}]}""", 0, 1 },
        { $$"""{"taskType":"audioInference","taskUUID":"{{Guid.NewGuid()}}","code":"invalidApiKey","message":"m"}""", 0, 1 },
        { $$"""{"taskType":"audioInference","taskUUID":"{{Guid.NewGuid()}}","status":"error","error":{"code":"x","message":"m"} }""", 0, 1 },
        { "\uFEFF" + Listening.Item(rest: ""","status":"success","seed":5,"error":null,"more":{"a":[1]}"""), 1, 0 },
        { Listening.Item(rest: ""","cost":"free" """), 1, 0 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Every_shape_of_an_answer_is_read(string body, int spoken, int failed)
    {
        using Listening listening = new(o => o with { Count = spoken + failed });
        Assert.Equal(HttpStatusCode.OK, await listening.PostAsync(body));
        List<BatchEvent> events = await listening.Events;
        Assert.Equal((spoken, failed), (events.Spoken().Length, events.Errors().Length));
        Assert.All(events.Errors(), e => Assert.False(e.EndsPipeline));
        Assert.All(events.Spoken(), s => Assert.Equal("OGG", s.OutputFormat));
    }

    [Fact]
    public async Task Data_that_is_no_audio_is_an_error_with_the_result()
    {
        using Listening listening = new(o => o with { Count = 2 });
        Guid task = Guid.NewGuid();
        await listening.PostAsync($$"""{"taskUUID":"{{task}}","audioBase64Data":"bm8gYXVkaW8gYXQgYWxs","cost":0.1}""");
        await listening.PostAsync($$"""{"taskUUID":"{{task}}","audioBase64Data":"%%%"}""");
        TtsException[] errors = (await listening.Events).Errors();
        Assert.All(errors, e => Assert.Equal(("AudioInvalid", task), (e.ErrorId, e.Speech!.TaskUUID)));
        Assert.Equal(0.1m, errors[0].Speech!.Cost);
        Assert.Equal(2, errors.Length);
    }

    [Fact]
    public async Task Without_the_token_nobody_comes_in()
    {
        (string Query, int Status)[] cases =
        [
            ("", 401), ("?", 401), ("?token=", 401), ("?token", 401), ("?Token=" + Listening.Token, 401),
            ("?token=wrong", 403), ("?token=" + Listening.Token + "0", 403),
            ("?token=wrong&token=" + Listening.Token, 403), ("?token=%zz%00%ff", 403),
            ("?a=b&token=" + Listening.Token, 200), ("?token=%30123456789abcdef0123456789abcdef&a=b", 200),
        ];
        using Listening listening = new(o => o with { Count = 2 });
        foreach ((string query, int status) in cases)
        {
            string url = $"http://127.0.0.1:{listening.Port}/any/path{query}";
            Assert.Equal((query, status), (query, (int)await listening.PostAsync(Listening.Item(), url)));
        }

        List<BatchEvent> events = await listening.Events;
        Assert.Equal(2, events.Spoken().Length);
        Assert.DoesNotContain(events, e => e.ToString()!.Contains(Listening.Token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_stranger_is_answered_before_the_body_came()
    {
        using Listening listening = new(o => o with { Count = 1, BodyTime = ForEver });
        await using NetworkStream stranger = await listening.ConnectAsync("POST /?token=wrong HTTP/1.1\nHost: 127.0.0.1\nContent-Length: 1000000\n\n");
        Assert.Contains(" 403 ", await LineAsync(stranger), StringComparison.Ordinal);
        await AssertStillListensAsync(listening);
    }

    [Fact]
    public async Task Only_POST_is_taken()
    {
        using Listening listening = new(o => o with { Count = 1 });
        foreach (string method in (string[])["GET", "HEAD", "PUT", "DELETE", "OPTIONS"])
        {
            HttpContent? content = method is "PUT" ? new StringContent(Listening.Item()) : null;
            HttpStatusCode answer = await listening.SendAsync(new HttpMethod(method), content);
            Assert.Equal((method, HttpStatusCode.MethodNotAllowed), (method, answer));
        }

        await AssertStillListensAsync(listening);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_oversized_body_is_refused_whatever_its_head_says(bool chunked)
    {
        using Listening listening = new(o => o with { Count = 2, MaxBody = 1_000_000 });
        using StringContent most = new(Listening.Item() + new string(' ', 999_000));
        Assert.Equal(HttpStatusCode.OK, await listening.SendAsync(HttpMethod.Post, most));
        using HttpContent over = chunked ? new Unending(1_500_000) : new ByteArrayContent(new byte[1_500_000]);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await listening.SendAsync(HttpMethod.Post, over));
        await AssertStillListensAsync(listening, spoken: 2);
    }

    [Fact]
    public async Task The_largest_audio_fits_by_default()
    {
        using Listening listening = new(o => o with { Count = 1 });
        string audio = Convert.ToBase64String(new byte[22_000_000]);
        Assert.Equal(HttpStatusCode.OK, await listening.PostAsync($$"""{"taskUUID":"{{Guid.NewGuid()}}","audioBase64Data":"{{audio}}"}"""));
        Assert.Equal(22_000_000, Assert.Single((await listening.Events).Errors()).Speech!.Size);
    }

    [Fact]
    public async Task A_slow_body_holds_nobody_up()
    {
        using Listening listening = new(o => o with { Count = 29, BodyTime = ForEver });
        NetworkStream[] slow = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => listening.ConnectAsync(Half)));
        await Task.WhenAll(Enumerable.Range(0, 29).Select(_ => listening.PostAsync(Listening.Item())));
        Assert.Equal(29, (await listening.Events).Spoken().Length);
        foreach (NetworkStream stream in slow)
            await stream.DisposeAsync();
    }

    [Fact]
    public async Task A_slow_body_is_given_up()
    {
        using Listening listening = new(o => o with { Count = 1, BodyTime = TimeSpan.FromMilliseconds(200) });
        await using NetworkStream slow = await listening.ConnectAsync(Half);
        Assert.Contains(" 408 ", await LineAsync(slow), StringComparison.Ordinal);
        await AssertStillListensAsync(listening);
    }

    [Theory]
    [InlineData("POST /?token=T HTTP/1.1\nHost: 127.0.0.1\nTransfer-Encoding: chunked\n\nZZ\nnonsense\n")]
    [InlineData("POST /?token=T HTTP/1.1\nHost: 127.0.0.1\nContent-Length: -5\n\n")]
    [InlineData("POST /?token=T HTTP/1.1\nHost: 127.0.0.1\nContent-Length: 100\n\n{\"half\":")]
    [InlineData("POST /?token=T HTTP/1.1\nHost: 127.0.0.1\n\n")]
    [InlineData("garbage\n\n")]
    [InlineData("POST")]
    public async Task A_broken_connection_harms_nobody(string head)
    {
        using Listening listening = new(o => o with { Count = 1 });
        NetworkStream broken = await listening.ConnectAsync(head.Replace("T ", Listening.Token + " ", StringComparison.Ordinal));
        await Task.Delay(100);
        await broken.DisposeAsync();
        await AssertStillListensAsync(listening);
    }

    [Fact]
    public async Task What_is_held_for_a_busy_pipeline_is_bounded_and_sent_again_later()
    {
        using Listening listening = new(o => o with { Count = 3, MaxHeld = 250_000 }, take: false);
        string blanks = new(' ', 99_000);
        async Task<int> PostAsync(string audio) => (int)await listening.PostAsync(Listening.Item(audio: audio) + blanks);

        int[] answers = [await PostAsync("a"), await PostAsync("b"), await PostAsync("c")];
        Assert.Equal([200, 200, 503], answers);
        List<string?> taken = [];
        foreach (BatchEvent.SpeechMade spoken in listening.Take().OfType<BatchEvent.SpeechMade>())
        {
            taken.Add(spoken.Speech.AudioUUID);
            if (taken.Count == 2)
                Assert.Equal(200, await PostAsync("c"));
        }

        Assert.Equal(["a", "b", "c"], taken);
    }

    [Fact]
    public async Task After_the_last_result_nothing_more_is_taken()
    {
        using Listening listening = new(o => o with { Count = 1 }, take: false);
        string first = Listening.Item();
        Assert.Equal(HttpStatusCode.OK, await listening.PostAsync(first));
        Assert.Equal(HttpStatusCode.OK, await listening.PostAsync(first));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await listening.PostAsync(Listening.Item()));
        List<BatchEvent> events = [.. listening.Take()];
        Assert.Single(events.Spoken());
        Assert.Equal("1 of 1 results were received.", ((BatchEvent.Verbose)events[^1]).Message);
    }

    [Fact]
    public async Task The_time_ends_it_with_what_came()
    {
        using Listening listening = new(o => o with { Count = 5, Timeout = TimeSpan.FromSeconds(1) });
        await listening.PostAsync(Listening.Item());
        List<BatchEvent> events = await listening.Events;
        Assert.Single(events.Spoken());
        Assert.StartsWith("1 of 5 results were received within 1 s", ((BatchEvent.Verbose)events[^1]).Message, StringComparison.Ordinal);
        Assert.Empty(events.Errors());
    }

    [Fact]
    public async Task A_stop_waits_for_no_body_and_frees_the_port()
    {
        Listening listening = new(o => o with { BodyTime = ForEver });
        await using NetworkStream open = await listening.ConnectAsync(Head + "Expect: 100-continue\n\n{");
        // A listener that has not yet read the headers knows nothing of it, and HttpListener answers by itself.
        Assert.Contains(" 100 ", await LineAsync(open), StringComparison.Ordinal);
        await listening.PostAsync("after it");
        listening.Stop();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => listening.Events);
        listening.Dispose();
        listening.Dispose();
        // A delivery that was cut off must not look delivered: an HttpListener that closes says 200 by itself.
        Assert.DoesNotContain(" 200 ", await LineAsync(open), StringComparison.Ordinal);
        using Listening next = new(o => o with { Count = 1 }, listening.Port);
        await AssertStillListensAsync(next);
    }

    [Theory]
    [InlineData("Host: tts.example.org")]
    [InlineData("Host: localhost")]
    [InlineData("Host: a-b-c.trycloudflare.com:443\nX-Forwarded-Host: x.example")]
    [InlineData("host : \u00fc.example\nConnection: keep-alive")]
    [InlineData("Host: a.example\nHost: b.example")]
    [InlineData("X-No-Host: 1")]
    public async Task On_this_machine_any_host_is_taken(string headers)
    {
        using Listening listening = new(o => o with { Count = 1 });
        string item = Listening.Item();
        await using NetworkStream tunnel = await listening.ConnectAsync($"POST /?token={Listening.Token} HTTP/1.1\n{headers}\nContent-Length: {item.Length}\n\n{item}");
        Assert.Contains(" 200 ", await LineAsync(tunnel), StringComparison.Ordinal);
        Assert.Single((await listening.Events).Spoken());
    }

    [Fact]
    public async Task A_target_with_a_host_in_it_is_taken_like_a_path()
    {
        using Listening listening = new(o => o with { Count = 1 });
        string item = Listening.Item();
        await using NetworkStream tunnel = await listening.ConnectAsync($"POST https://tts.example.org/?token={Listening.Token} HTTP/1.1\nHost: tts.example.org\nContent-Length: {item.Length}\n\n{item}");
        Assert.Contains(" 200 ", await LineAsync(tunnel), StringComparison.Ordinal);
        Assert.Single((await listening.Events).Spoken());
    }

    [Fact]
    public async Task A_name_of_this_machine_is_all_its_addresses_and_a_path_is_a_path()
    {
        using Listening listening = new(o => o with { Prefix = $"http://localhost:{new Uri(o.Prefix).Port}/hook/", Count = 1 });
        Assert.Equal(HttpStatusCode.NotFound, await listening.PostAsync(Listening.Item(), $"http://127.0.0.1:{listening.Port}/other?token={Listening.Token}"));
        Assert.Equal(HttpStatusCode.OK, await listening.PostAsync(Listening.Item(), $"http://127.0.0.1:{listening.Port}/hook?token={Listening.Token}"));
        List<BatchEvent> events = await listening.Events;
        Assert.Contains(events.OfType<BatchEvent.Verbose>(), t => t.Message.Contains("HTTP 404: It was not sent to /hook/.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    public async Task A_head_may_come_in_pieces(int size)
    {
        using Listening listening = new(o => o with { Count = 1 });
        string item = Listening.Item();
        await using NetworkStream slow = await listening.ConnectAsync("");
        foreach (byte[] piece in Encoding.ASCII.GetBytes($"POST /?token={Listening.Token} HTTP/1.1\r\nHost: x.example\r\nContent-Length: {item.Length}\r\n\r\n{item}").Chunk(size))
            await slow.WriteAsync(piece);
        Assert.Contains(" 200 ", await LineAsync(slow), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_token_is_taken_out_of_the_words_of_an_error()
    {
        using Listening listening = new(o => o with { Count = 1 });
        await listening.PostAsync($$"""{"taskUUID":"{{Guid.NewGuid()}}","status":"error","error":{"code":"invalid","message":"webhookURL {{listening.Url}} is bad"} }""");
        TtsException error = Assert.Single((await listening.Events).Errors());
        Assert.Contains("?****", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Listening.Token, error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("fifteen-letters")]
    public void A_token_that_is_too_short_is_refused(string token)
    {
        TtsException error = Assert.Throws<TtsException>(() => new WebhookReceiver(new WebhookOptions { Prefix = "http://127.0.0.1:8090/", Token = token }));
        Assert.Equal("InvalidRequest.Token", error.ErrorId);
        Assert.Contains("[guid]::NewGuid()", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("fifteen", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "http://127.0.0.1:8090/")]
    [InlineData("http://127.0.0.1:9000", "http://127.0.0.1:9000/")]
    [InlineData("127.0.0.1:9000", "http://127.0.0.1:9000/")]
    [InlineData("localhost:9000/hook", "http://localhost:9000/hook/")]
    [InlineData("http://127.0.0.1:9000/hook", "http://127.0.0.1:9000/hook/")]
    [InlineData("http://127.0.0.1:9000/?token=topsecret", "http://127.0.0.1:9000/")]
    [InlineData("ftp://127.0.0.1:9000/", "http://127.0.0.1:9000/")]
    [InlineData("http://user:topsecret@127.0.0.1:9000/", "http://127.0.0.1:9000/")]
    [InlineData("http://127.0.0.1:99999/", "http://127.0.0.1:8090/")]
    [InlineData("http://127.0.0.1:0/", "http://127.0.0.1:8090/")]
    [InlineData("http://:9000/", "http://127.0.0.1:8090/")]
    [InlineData("http://", "http://127.0.0.1:8090/")]
    [InlineData("http://0.0.0.0:9000/", "http://+:9000/")]
    [InlineData("nonsense with blanks", "http://127.0.0.1:8090/")]
    public void A_prefix_that_is_none_is_refused_with_the_right_spelling(string prefix, string right)
    {
        TtsException error = Assert.Throws<TtsException>(() => new WebhookReceiver(new WebhookOptions { Prefix = prefix, Token = Listening.Token }));
        Assert.Equal("InvalidRequest.Prefix", error.ErrorId);
        Assert.EndsWith($"Write {right}", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("topsecret", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_port_that_is_taken_is_an_error_by_name()
    {
        using TcpListener other = new(IPAddress.Loopback, 0);
        other.Start();
        Assert.Equal("PrefixInUse", Assert.Throws<TtsException>(() => new Listening(port: ((IPEndPoint)other.LocalEndpoint).Port)).ErrorId);
        using Listening listening = new();
        Assert.Equal("PrefixInUse", Assert.Throws<TtsException>(() => new Listening(port: listening.Port)).ErrorId);
        Assert.Equal("PrefixUnavailable", Assert.Throws<TtsException>(() => new Listening(o => o with { Prefix = "http://192.0.2.1:8090/" })).ErrorId);
        TtsException denied = WebhookPrefix.Parse("http://+:8090/").Refused(new HttpListenerException(5));
        Assert.Equal("PrefixDenied", denied.ErrorId);
        Assert.Contains("netsh http add urlacl url=http://+:8090/ ", denied.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://+:{0}/", true)]
    [InlineData("http://*:{0}/", true)]
    [InlineData("HTTP://127.0.0.1:{0}/a/", false)]
    [InlineData("http://localhost:{0}/", false)]
    public async Task A_token_in_clear_is_warned_of_once(string prefix, bool warned)
    {
        using Listening listening = new(o => o with { Prefix = string.Format(System.Globalization.CultureInfo.InvariantCulture, prefix, new Uri(o.Prefix).Port), Timeout = TimeSpan.FromMilliseconds(200) });
        Assert.Equal(warned ? 1 : 0, (await listening.Events).OfType<BatchEvent.Warned>().Count());
    }

    private static TtsTask Submit(Service service, SpeechRow row) => Assert.Single(service.Run([row]).OfType<BatchEvent.TaskSubmitted>()).Task;

    private static async Task AssertStillListensAsync(Listening listening, int spoken = 1)
    {
        Assert.Equal(HttpStatusCode.OK, await listening.PostAsync(Listening.Item()));
        Assert.Equal(spoken, (await listening.Events).Spoken().Length);
    }

    private static async Task<string> LineAsync(NetworkStream stream)
    {
        using StreamReader reader = new(stream, leaveOpen: true);
        using CancellationTokenSource time = new(Listening.Patience);
        string? line;
        do
            line = await reader.ReadLineAsync(time.Token);
        while (line == "");
        return line ?? "";
    }

    /// <summary>Bytes whose length nobody is told.</summary>
    private sealed class Unending(int bytes) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(Encoding.ASCII.GetBytes(new string(' ', bytes))).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
