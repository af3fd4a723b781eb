using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;
using RunwareTts.Emulator;
using RunwareTts.Providers.Runware;
using RunwareTts.Requests;

namespace RunwareTts.Tests.Providers.Runware;

/// <summary>What stands between this machine and the service: proxies, redirects, sign-in pages, other clocks. The key goes to the service alone.</summary>
public sealed partial class WayTests
{
    private static readonly SpeechRow Hello = new() { Text = "Hello there", Id = "hello", Voice = "ryan" };
    private static readonly TimeSpan FarTooLong = TimeSpan.FromMinutes(3);

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    public async Task This_machine_is_reached_directly_whatever_proxy_there_is(string host)
    {
        await using Service service = await Service.StartAsync(speak: TinyVoice.SpeakAsync);
        using TempFolder folder = new();
        using RawServer proxy = new((_, _, stream, _) => RawServer.WriteAsync(stream, "HTTP/1.1 502 Bad Gateway"));
        (int exitCode, string said) = await RunAsync(new UriBuilder(service.Endpoint) { Host = host }.Uri, folder, proxy);
        Assert.True(exitCode == 0, said);
        Assert.Empty(proxy.Heads);
        Assert.Equal(["hello.wav"], folder.Files);
    }

    [Theory]
    [InlineData(407, "name and password")]
    [InlineData(403, "It does not let this machine through")]
    public async Task A_proxy_that_says_no_is_named_at_once_and_gets_no_key(int status, string says)
    {
        using TempFolder folder = new();
        using RawServer proxy = new((_, _, stream, _) => RawServer.WriteAsync(stream, $"HTTP/1.1 {status} No\nProxy-Authenticate: Basic realm=\"x\""));
        (int exitCode, string said) = await RunAsync(new Uri("https://tts.example/v1"), folder, proxy);
        Assert.Equal(1, exitCode);
        Assert.Contains($"HTTP {status}", said, StringComparison.Ordinal);
        Assert.Contains(says, said, StringComparison.Ordinal);
        Assert.StartsWith("CONNECT tts.example:443", Assert.Single(proxy.Heads), StringComparison.Ordinal);
        Assert.DoesNotContain("Bearer", proxy.Heads[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_ends_the_pipeline_and_names_where_it_points(int status)
    {
        await using Service service = await Service.StartAsync(speak: TinyVoice.SpeakAsync);
        using TempFolder folder = new();
        service.Faults.OnSubmit(new Fault.Redirect("https://login.example/next?token=5ecret", status), 99);
        SpeechRow[] rows = [.. Enumerable.Range(0, 20).Select(i => Hello with { Id = $"{i}", Text = $"Row {i}" })];
        TtsException[] errors = service.Run(rows, folder.Path, Service.Quick with { ThrottleLimit = 2 }).Errors();
        Assert.InRange(service.Record.Requests, 1, 10);
        Assert.Equal(0, service.Record.ChargedTasks);
        Assert.All(errors, e => Assert.Equal(($"Runware.http{status}", true, false), (e.ErrorId, e.EndsPipeline, e.IsInDoubt)));
        Assert.Contains("points to https://login.example/next?**** ", errors[0].Message, StringComparison.Ordinal);
        Assert.Contains("The key was not sent there. You were not charged.", errors[0].Message, StringComparison.Ordinal);
        Assert.DoesNotContain("5ecret", errors[0].ToString(), StringComparison.Ordinal);

        // What was not taken is sent by the next run as new.
        service.Faults.Clear();
        Assert.Equal(20, service.Run(rows, folder.Path).Spoken().Length);
        Assert.Equal(20, service.Record.ChargedTasks);
    }

    [Theory]
    [InlineData("/v2?key=5ecret", "http://127.0.0.1:{0}/v2?**** ")]
    [InlineData("//other.example/v1", "http://other.example/v1 ")]
    [InlineData("https://user:5ecret@other.example/v1", "https://****@other.example/v1 ")]
    [InlineData("", "no address that can be read")]
    public async Task A_redirect_of_any_spelling_is_named_without_secrets(string location, string shown)
    {
        await using Service service = await Service.StartAsync(speak: TinyVoice.SpeakAsync);
        service.Faults.OnSubmit(new Fault.Redirect(location));
        TtsException error = Assert.Single(service.Run([Hello]).Errors());
        Assert.Contains(string.Format(System.Globalization.CultureInfo.InvariantCulture, shown, service.Endpoint.Port), error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("5ecret", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(304, TtsErrorKind.ConnectionError, true, "Check -Endpoint")]
    [InlineData(405, TtsErrorKind.ConnectionError, true, "check -Endpoint")]
    [InlineData(407, TtsErrorKind.AuthenticationError, true, "name and password")]
    [InlineData(411, TtsErrorKind.ConnectionError, true, "check -Endpoint")]
    [InlineData(413, TtsErrorKind.LimitsExceeded, false, "Make the row smaller")]
    [InlineData(415, TtsErrorKind.ConnectionError, true, "check -Endpoint")]
    [InlineData(426, TtsErrorKind.ConnectionError, true, "check -Endpoint")]
    [InlineData(431, TtsErrorKind.ConnectionError, true, "check -Endpoint")]
    [InlineData(451, TtsErrorKind.PermissionDenied, false, "legal reasons")]
    [InlineData(501, TtsErrorKind.ConnectionError, true, "check -Endpoint")]
    [InlineData(505, TtsErrorKind.ConnectionError, true, "check -Endpoint")]
    [InlineData(511, TtsErrorKind.ConnectionError, true, "sign in")]
    public async Task A_status_of_the_way_is_not_the_rows_fault_and_nothing_was_taken(int status, TtsErrorKind kind, bool endsPipeline, string says)
    {
        await using Service service = await Service.StartAsync(speak: TinyVoice.SpeakAsync);
        service.Faults.OnSubmit(new Fault.Html(status), 9);
        TtsException error = Assert.Single(service.Run([Hello]).Errors());
        Assert.Equal(($"Runware.http{status}", kind, endsPipeline, false), (error.ErrorId, error.Kind, error.EndsPipeline, error.IsInDoubt));
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Change the row", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("The fault is the service's", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, service.Record.Requests);
    }

    [Theory]
    [InlineData(421)]
    [InlineData(425)]
    public async Task A_connection_to_the_wrong_server_passes(int status)
    {
        await using Service service = await Service.StartAsync(speak: TinyVoice.SpeakAsync);
        service.Faults.OnSubmit(new Fault.Html(status));
        Assert.Equal(2, Assert.Single(service.Run([Hello]).Spoken()).Attempts);
    }

    [Theory]
    [InlineData(3600)]
    [InlineData(-3600)]
    public async Task A_date_to_come_back_at_is_counted_by_the_services_own_clock(int ahead)
    {
        await using Service service = await Service.StartAsync(speak: TinyVoice.SpeakAsync);
        service.Faults.OnSubmit(new Fault.Status(429) { RetryAt = TimeSpan.FromSeconds(2), ClockAhead = TimeSpan.FromSeconds(ahead) });
        Assert.Single(service.Run([Hello]).Spoken());
        DateTimeOffset[] arrived = [.. service.Record.Tasks.Where(t => t.TaskType == "audioInference").Select(t => t.Arrived)];
        // A date has whole seconds only.
        Assert.True(arrived[1] - arrived[0] >= TimeSpan.FromSeconds(0.95), $"{arrived[1] - arrived[0]}");
    }

    [Fact]
    public void Words_from_elsewhere_end_before_ours_begin()
    {
        const string foreign = "UntrustedRoot";
        MethodInfo[] makers = [.. typeof(Errors).GetMethods(BindingFlags.Static | BindingFlags.Public).Where(m => m.ReturnType == typeof(TtsException) && m.GetParameters().Any(p => p.ParameterType == typeof(Exception) || p.ParameterType == typeof(IOException)))];
        Assert.InRange(makers.Length, 12, 100);
        foreach (MethodInfo maker in makers)
        {
            TtsException made = (TtsException)maker.Invoke(null, [.. maker.GetParameters().Select(p => Argument(p.ParameterType, foreign))])!;
            if (made.Message.Contains(foreign, StringComparison.Ordinal))
                Assert.Matches(Ended(), made.Message);
        }

        TtsException unanswered = Errors.Unanswered(new Uri("https://x.example/v1"), new HttpRequestException("outer", new IOException(foreign)), null, false);
        Assert.Contains("UntrustedRoot. Tried 3 times", Errors.Unreachable(3, unanswered).Message, StringComparison.Ordinal);
        Assert.Equal(["a.", "a!", "a?", "a.", ""], ((string[])["a", "a!", "a? ", "a.", " "]).Select(Sentence.End));
    }

    [Theory]
    [InlineData("http://localhost.example/v1")]
    [InlineData("http://a.localhost/v1")]
    [InlineData("http://0.0.0.0/v1")]
    public void Http_goes_to_this_machine_alone(string endpoint) =>
        Assert.Equal("InvalidRequest.Endpoint", Assert.Throws<TtsException>(() => ServiceEndpoint.Parse(endpoint)).ErrorId);

    [GeneratedRegex(@"UntrustedRoot[.):]")]
    private static partial Regex Ended();

    private static object? Argument(Type type, string words) =>
        type == typeof(TtsException) ? new TtsException("X", TtsErrorKind.InvalidData, words)
        : type == typeof(Win32Exception) ? new Win32Exception(1, words)
        : typeof(Exception).IsAssignableFrom(type) ? new IOException(words)
        : type == typeof(string) ? "name"
        : type == typeof(Uri) ? new Uri("https://x.example/v1")
        : type == typeof(TtsSpeech) ? new TtsSpeech()
        : type.IsValueType ? Activator.CreateInstance(type)
        : null;

    private static async Task<(int ExitCode, string Said)> RunAsync(Uri endpoint, TempFolder folder, RawServer proxy)
    {
        ProcessStartInfo start = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [typeof(BatchProgram).Assembly.Location, endpoint.OriginalString, folder.Path, "one"])
        {
            RedirectStandardError = true,
        };
        foreach (string name in (string[])["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"])
            start.Environment[name] = $"http://127.0.0.1:{proxy.Port}";
        start.Environment.Remove("NO_PROXY");
        start.Environment.Remove("no_proxy");
        using Process process = Process.Start(start)!;
        try
        {
            string said = await process.StandardError.ReadToEndAsync().WaitAsync(FarTooLong);
            await process.WaitForExitAsync().WaitAsync(FarTooLong);
            return (process.ExitCode, said);
        }
        finally
        {
            process.Kill();
        }
    }
}
