using System.Management.Automation;
using RunwareTts.Binding;
using RunwareTts.Webhooks;

namespace RunwareTts.Commands;

/// <summary>TtsSpeech for results that the service posts to this machine, as they come.</summary>
[Cmdlet(VerbsCommunications.Receive, "TtsWebhook", HelpUri = HelpPages.Root + "Receive-TtsWebhook.md")]
[OutputType(typeof(TtsSpeech))]
public sealed class ReceiveTtsWebhookCommand : TtsCmdlet
{
    private WebhookReceiver? _receiver;

    /// <summary>Where to listen: http://host:port/ with a slash at its end. A tunnel or proxy with TLS leads from the public address to it.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [AllowEmptyString]
    public string? Prefix { get; set; }

    /// <summary>The secret of 16 characters or more that stands in the URL of the requests as ?token=….</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [AllowEmptyString]
    public string? Token { get; set; }

    /// <summary>Results after which it ends, failed ones included; left out, it listens until it is stopped.</summary>
    [Parameter]
    [OneNumber(nameof(Count), true)]
    [ValidateRange(1, int.MaxValue)]
    public int? Count { get; set; }

    /// <summary>Seconds after which it ends, with however many results came.</summary>
    [Parameter]
    [OneNumber(nameof(TimeoutSec), true)]
    [ValidateRange(1, 2000000)]
    public int? TimeoutSec { get; set; }

    protected override void EndProcessing()
    {
        try
        {
            _receiver = new WebhookReceiver(new WebhookOptions
            {
                Prefix = Prefix ?? "",
                Token = Token ?? "",
                Count = Count,
                Timeout = TimeoutSec is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            });
            _receiver.Start();
        }
        catch (TtsException e)
        {
            Throw(e, null);
        }

        // At once, even while the pipeline is busy further down.
        using CancellationTokenRegistration stop = StopToken.Register(Release);
        Write(_receiver!.Take(StopToken));
        ThrowIfOver();
    }

    protected override void Release() => _receiver?.Dispose();
}
