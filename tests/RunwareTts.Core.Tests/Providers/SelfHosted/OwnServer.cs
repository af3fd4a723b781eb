using System.Globalization;
using RunwareTts.Catalog;
using RunwareTts.Providers.SelfHosted;
using RunwareTts.Requests;
using RunwareTts.Tests.Providers.Runware;
using Kind = RunwareTts.Providers.SelfHosted.ServerKind;

namespace RunwareTts.Tests.Providers.SelfHosted;

/// <summary>Servers as the provider sees them, and requests for them.</summary>
internal static class OwnServer
{
    private static readonly Uri Nowhere = new("http://gpu.example:8091/");

    public static SpeechServer Of(Uri? url = null, TtsModel? model = null, Kind? kind = null) =>
        new(url ?? Nowhere, model ?? SpeechCatalog.CustomVoice, kind);

    /// <summary>A server that has answered already.</summary>
    public static SpeechServer Known(Uri url, Kind kind = Kind.VllmOmni, TtsModel? model = null)
    {
        SpeechServer server = Of(url, model);
        server.SetProfile(new ServerProfile(kind, null));
        return server;
    }

    public static SpeechRequest Read(SpeechRow row) => RowReader.Read(row).Request!;

    public static ServerRequest Request(SpeechRow? row = null) =>
        new(Read(row ?? new SpeechRow { Text = "Hello there", Voice = "ryan" }), null, null);

    /// <summary>Answers each request, whose body is read first, with this.</summary>
    public static RawServer Answering(string head, byte[]? body = null) =>
        Answering((_, stream) => RawServer.WriteAsync(stream, head, body));

    /// <param name="answer">Given the first line of the request, writes the answer.</param>
    public static RawServer Answering(Func<string, Stream, Task> answer) => new(async (_, head, stream, token) =>
    {
        string[] lines = head.Split("\r\n");
        string? length = lines.FirstOrDefault(
            line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        if (length is not null)
        {
            // What is left unread would break the connection before the answer is read.
            byte[] rest = new byte[int.Parse(length.Split(':')[1], CultureInfo.InvariantCulture)];
            await stream.ReadExactlyAsync(rest, token);
        }

        await answer(lines[0], stream);
    });

    public static Uri Root(this RawServer server) => new(server.Url, "/");
}
