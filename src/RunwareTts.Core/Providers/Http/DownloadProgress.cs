using System.Net;
using System.Net.Http.Headers;

namespace RunwareTts.Providers.Http;

/// <summary>How much of a download has arrived, and whether the server can send the rest of the same bytes.</summary>
/// <param name="destination">Takes the bytes, from its current position.</param>
internal sealed class DownloadProgress(Stream destination)
{
    // With a second between them, no second version can have the date of the first.
    private static readonly TimeSpan DateIsSure = TimeSpan.FromSeconds(1);

    private readonly long _start = destination.Position;
    private RangeConditionHeaderValue? _validator;

    public long Length => destination.Position - _start;

    /// <summary>How many bytes there will be; null where no answer has stated it.</summary>
    public long? Total { get; private set; }

    public bool CanContinue => Length > 0 && _validator is not null;

    public bool IsComplete => Total is null || Total == Length;

    /// <summary>Asks for what is missing, and for all of it if it is another version by now.</summary>
    public void Ask(HttpRequestMessage request)
    {
        if (!CanContinue)
            return;
        request.Headers.Range = new RangeHeaderValue(Length, null);
        request.Headers.IfRange = _validator;
    }

    public void Write(byte[] buffer, int count) => destination.Write(buffer, 0, count);

    /// <summary>A whole body follows: the bytes before it are of no use any more.</summary>
    public void BeginWith(HttpResponseMessage response)
    {
        Restart();
        if (IsEncoded(response))
            return;
        Total = response.Content.Headers.ContentLength;
        _validator = response.Headers.AcceptRanges.Contains("none") ? null : ValidatorOf(response);
    }

    /// <summary>Whether this is the part that is missing, of the same bytes.</summary>
    public bool IsContinuedBy(HttpResponseMessage response) =>
        response.StatusCode == HttpStatusCode.PartialContent
        && CanContinue
        && !IsEncoded(response)
        && response.Content.Headers.ContentRange is { Unit: "bytes", From: { } from } range
        && from == Length
        && (range.Length is null || Total is null || range.Length == Total)
        && (response.Headers.ETag is null || _validator!.EntityTag is null
            || response.Headers.ETag.Equals(_validator.EntityTag));

    public void Restart()
    {
        destination.Position = _start;
        destination.SetLength(_start);
        Forget();
    }

    /// <summary>Nothing is known of its length, and no part of it can be asked for.</summary>
    public void Forget() => (Total, _validator) = (null, null);

    // A part of a body that is encoded is no part of what it encodes.
    private static bool IsEncoded(HttpResponseMessage response) =>
        response.Content.Headers.ContentEncoding.Any(c => !c.Equals("identity", StringComparison.OrdinalIgnoreCase));

    private static RangeConditionHeaderValue? ValidatorOf(HttpResponseMessage response) =>
        response.Headers.ETag is { } tag ? tag.IsWeak ? null : new RangeConditionHeaderValue(tag)
        : response.Content.Headers.LastModified is { } made && response.Headers.Date - made >= DateIsSure
            ? new RangeConditionHeaderValue(made)
        : null;
}
