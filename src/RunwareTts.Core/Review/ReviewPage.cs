using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace RunwareTts.Review;

/// <summary>
/// Writes the page: one file that asks for nothing but the clips next to it. Its policy allows this script and these
/// styles by their hashes, so that nothing of a row can ever run. Rows are JSON in elements that are no script.
/// </summary>
internal sealed class ReviewPage(TextWriter writer, ReviewHead head)
{
    private const string Prefix = "Review/";

    // A multiple of 3, so that the pieces of base64 can be put together.
    private const int Piece = 3 * 16 * 1024;

    // In this order: each uses those before it.
    private static readonly string[] Scripts =
        ["model.js", "csv.js", "marks.js", "wave.js", "player.js", "list.js", "dock.js", "page.js"];

    private static readonly Lazy<string> Style = new(() => Resource("page.css"));
    private static readonly Lazy<string> Script = new(() => string.Concat(Scripts.Select(Resource)));

    private readonly string[] _parts = Resource("page.html").Split(["<!--rows-->"], StringSplitOptions.None);
    private bool _hasRow;

    /// <summary>The type that a browser must know to play it.</summary>
    public static string MimeTypeOf(TtsAudioInfo audio) => audio.Format switch
    {
        "MP3" => "audio/mpeg",
        "WAV" => "audio/wav",
        "FLAC" => "audio/flac",
        _ => "audio/ogg",
    };

    public async Task BeginAsync()
    {
        string policy = "default-src 'none'; media-src 'self' blob:; img-src data:; base-uri 'none'; "
            + $"form-action 'none'; script-src {HashOf(Script.Value)}; style-src {HashOf(Style.Value)}; "
            + "require-trusted-types-for 'script'; trusted-types 'none'";
        await writer.WriteAsync(_parts[0]
            .Replace("{{policy}}", policy)
            .Replace("{{style}}", Style.Value)
            // As the last, so that nothing in it is replaced.
            .Replace("{{title}}", WebUtility.HtmlEncode(head.Title))).ConfigureAwait(false);
        await writer.WriteAsync("<script type=\"application/json\" id=\"head\">").ConfigureAwait(false);
        await writer.WriteAsync(JsonSerializer.Serialize(head, ReviewJson.Page.ReviewHead)).ConfigureAwait(false);
        await writer.WriteAsync("</script>\n<script type=\"application/json\" id=\"data\">[").ConfigureAwait(false);
    }

    public async Task WriteRowAsync(ReviewRow row)
    {
        await writer.WriteAsync(_hasRow ? ",\n" : "\n").ConfigureAwait(false);
        _hasRow = true;
        await writer.WriteAsync(JsonSerializer.Serialize(row, ReviewJson.Page.ReviewRow)).ConfigureAwait(false);
    }

    public Task EndRowsAsync() => writer.WriteAsync("\n]</script>\n");

    /// <summary>Adds a clip to the page.</summary>
    public async Task WriteAudioAsync(string key, TtsSpeech speech, CancellationToken token)
    {
        await writer.WriteAsync($"<script type=\"text/plain\" id=\"audio-{key}\">").ConfigureAwait(false);
        using Stream stream = MeasuredClip.Open(speech);
        byte[] piece = new byte[Piece];
        for (int read = -1; read != 0;)
        {
            read = await FillAsync(stream, piece, token).ConfigureAwait(false);
            await writer.WriteAsync(Convert.ToBase64String(piece, 0, read)).ConfigureAwait(false);
        }

        await writer.WriteAsync("</script>\n").ConfigureAwait(false);
    }

    public Task EndAsync() => writer.WriteAsync(_parts[1].Replace("{{script}}", Script.Value));

    private static async Task<int> FillAsync(Stream stream, byte[] piece, CancellationToken token)
    {
        int filled = 0;
        for (int read = -1; read != 0 && filled < piece.Length; filled += read)
            read = await stream.ReadAsync(piece.AsMemory(filled), token).ConfigureAwait(false);
        return filled;
    }

    private static string HashOf(string content) =>
        $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)))}'";

    // Browsers read a line end as \n before they compute the hash.
    private static string Resource(string name)
    {
        using Stream stream = typeof(ReviewPage).Assembly.GetManifestResourceStream(Prefix + name)!;
        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd().Replace("\r\n", "\n");
    }
}
