using System.Management.Automation;
using RunwareTts.Binding;
using RunwareTts.Providers;

namespace RunwareTts.Commands;

/// <summary>Gets the balance and usage of the account of the API key.</summary>
[Cmdlet(VerbsCommon.Get, "TtsAccount", HelpUri = HelpPages.Root + "Get-TtsAccount.md")]
[OutputType(typeof(TtsAccount))]
public sealed class GetTtsAccountCommand : ServiceCmdlet
{
    protected override void EndProcessing()
    {
        Connection connection = Resolve();
        WriteObject(Await(token => connection.AccountAsync(Trace, token)));
    }
}
