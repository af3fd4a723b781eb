using System.Management.Automation;
using RunwareTts.Binding;
using RunwareTts.Webhooks;

namespace RunwareTts.Commands;

/// <summary>Receives results that the service posts to this machine, as TtsSpeech.</summary>
[Cmdlet(VerbsCommunications.Receive, "TtsWebhook", HelpUri = HelpPages.Root + "Receive-TtsWebhook.md")]
[OutputType(typeof(TtsSpeech))]
public sealed class ReceiveTtsWebhookCommand : TtsCmdlet
{
    private WebhookReceiver? _receiver;

    /// <summary>The address to listen on: http://host:port/, behind a public tunnel or proxy with TLS.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [AllowEmptyString]
    public string? Prefix { get; set; }

    /// <summary>The secret of at least 16 characters in the URL of the requests: ?token=….</summary>
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

        // Immediately, even while the pipeline is busy downstream.
        using CancellationTokenRegistration stop = StopToken.Register(Release);
        Write(_receiver!.Take(StopToken));
        ThrowIfOver();
    }

    protected override void Release() => _receiver?.Dispose();
}
