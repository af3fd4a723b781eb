using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;

namespace RunwareTts.Emulator;

/// <summary>What of a request's tasks a shape lets fail, so that the errors in it are true.</summary>
internal enum Failing
{
    Nothing,
    LastResult,
    Everything,
}

/// <summary>How the bytes of an answer travel.</summary>
internal enum Sending
{
    Whole,
    Gzip,

    /// <summary>The connection ends half way.</summary>
    Cut,

    /// <summary>Half of the JSON, sent as if it were all.</summary>
    Half,

    /// <summary>A web page in its place.</summary>
    Page,
}

/// <summary>One of the forms in which the service's answers have been seen. What is in it stays the real answer: ids, audio, cost, errors.</summary>
/// <param name="Name">By which it is asked for.</param>
/// <param name="Says">What it looks like.</param>
public sealed record AnswerShape(string Name, string Says)
{
    internal Func<Reply, JsonNode> Dress { get; init; } = reply => reply.ToJson();
    internal Failing Failing { get; init; }
    internal Sending Sending { get; init; }
    internal int? Status { get; init; }

    internal Task SendAsync(HttpContext context, Reply reply, int status)
    {
        reply.LiftFailures();
        var json = Encoding.UTF8.GetBytes(Wire.Json(Dress(reply)));
        if (Sending == Sending.Page) return Wire.TextAsync(context, status, "text/html", FaultActs.Page);
        if (Sending == Sending.Gzip) context.Response.Headers.ContentEncoding = "gzip";
        var body = Sending switch
        {
            Sending.Gzip => Compressed(json),
            Sending.Half => json[..(json.Length / 2)],
            _ => json,
        };
        return Wire.BytesAsync(context, status, "application/json; charset=utf-8", body, cut: Sending == Sending.Cut);
    }

    private static byte[] Compressed(byte[] bytes)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest))
            gzip.Write(bytes);
        return buffer.ToArray();
    }
}
