using System.IO.Compression;
using System.Text;

namespace RunwareTts.Emulator;

/// <summary>GET /audio/{audioUUID}.{ext}. Open to everybody who knows the address, as the service's own is.</summary>
internal sealed class AudioEndpoint(TaskBook book, Speak speak, EmulatorRecord record, FaultPlan faults, CancellationToken stopping)
{
    public const string Folder = "/audio/";

    public async Task HandleAsync(HttpContext context)
    {
        record.Downloaded(context.Request.Headers);
        var fault = faults.Next(FaultPlace.Download);
        if (await FaultActs.InsteadAsync(context, fault)) return;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        try
        {
            if (await FaultActs.AfterAcceptAsync(context, fault, patience.Token)) return;
        }
        catch (OperationCanceledException)
        {
            context.Abort();
            return;
        }

        var name = context.Request.Path.Value![Folder.Length..];
        if (!HttpMethods.IsGet(context.Request.Method)
            || !Guid.TryParseExact(Path.GetFileNameWithoutExtension(name), "D", out var uuid)
            || book.FindAudio(uuid) is not { } found
            || found.Result.Audio is not { } audio
            || found.Task.Order.OutputType != "URL"
            || found.Task.PathOf(found.Result) != context.Request.Path.Value)
        {
            await Wire.TextAsync(context, 404, "text/plain", "Not found");
            return;
        }
        var type = (fault as Fault.MistypedDownload)?.Type ?? PageRules.ContentType(found.Task.Order.Speech.Format);
        var body = fault switch
        {
            Fault.DisguisedDownload => Encoding.UTF8.GetBytes(FaultActs.Page),
            Fault.ShortDownload => audio[..(audio.Length / 2)],
            Fault.ResampledDownload => await speak(Resampled(found.Task.Order.Speech), patience.Token),
            Fault.EncodedDownload encoded => Encode(audio, encoded.Coding),
            _ => audio,
        };
        if (fault is Fault.EncodedDownload { IsTold: true, Coding: var coding }) context.Response.Headers.ContentEncoding = coding;
        if (fault is Fault.MisnamedCodingDownload misnamed) context.Response.Headers.ContentEncoding = misnamed.Coding;
        await Wire.BytesAsync(context, 200, type, body, fault is Fault.CutDownload or Fault.CutAnswer);
    }

    private static byte[] Encode(byte[] audio, string coding)
    {
        using var packed = new MemoryStream();
        using (Stream packer = coding switch
        {
            "deflate" => new ZLibStream(packed, CompressionLevel.Fastest),
            "br" => new BrotliStream(packed, CompressionLevel.Fastest),
            _ => new GZipStream(packed, CompressionLevel.Fastest),
        })
        {
            packer.Write(audio);
        }

        return packed.ToArray();
    }

    private static SpeakOrder Resampled(SpeakOrder order) => order with { SampleRate = order.SampleRate == 16000 ? 24000 : 16000, Bitrate = null };
}
