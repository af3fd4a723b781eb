using RunwareTts.Batch;
using RunwareTts.Emulator;
using RunwareTts.Runware;
using RunwareTts.Tests.Batch;
using RunwareTts.Tests.Files;

namespace RunwareTts.Tests;

/// <summary>
/// A batch in a process of its own, for tests that kill it: dotnet RunwareTts.Core.Tests.dll endpoint folder. Or one
/// file: dotnet RunwareTts.Core.Tests.dll replace path moment
/// </summary>
internal static class BatchProgram
{
    private static int Main(string[] args)
    {
        if (args[0] == "replace")
        {
            AtomicFileKillTests.ReplaceAsync(args[1], args[2]).GetAwaiter().GetResult();
            return 0;
        }

        Uri endpoint = new(args[0]);
        ISpeechProvider provider = new RunwareProvider(new RunwareClient(endpoint, ApiKey.From(new EmulatorOptions().ApiKey)));
        List<BatchEvent> events;
        try
        {
            events = Batches.Run(provider, KillTests.Rows, args[1], KillTests.Options with { Endpoint = endpoint.OriginalString });
        }
        catch (TtsException e)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }

        foreach (TtsException error in events.Errors())
            Console.Error.WriteLine(error.Message);
        return events.Errors().Length == 0 ? 0 : 1;
    }
}
