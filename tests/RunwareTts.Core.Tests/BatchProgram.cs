using RunwareTts.Batch;
using RunwareTts.Emulator;
using RunwareTts.Providers;
using RunwareTts.Providers.Http;
using RunwareTts.Providers.Runware;
using RunwareTts.Requests;
using RunwareTts.Tests.Batch;
using RunwareTts.Tests.Files;
using RunwareTts.Tests.Ledger;

namespace RunwareTts.Tests;

/// <summary>
/// A process of its own, for tests that kill it or choose its environment. A batch: dotnet RunwareTts.Core.Tests.dll
/// endpoint folder [one|keep]. One file: replace path moment. A ledger's lock that is held until the input ends: lock ledger.
/// Many who want one lock: lock-storm ledger. Where rows without a folder are written down: state-folder.
/// </summary>
internal static class BatchProgram
{
    private static readonly SpeechRow One = new() { Text = "Hello there", Id = "hello", Voice = "ryan", OutputFormat = "WAV" };

    private static int Main(string[] args)
    {
        if (args[0] == "replace")
        {
            PendingFileKillTests.ReplaceAsync(args[1], args[2]).GetAwaiter().GetResult();
            return 0;
        }

        if (args[0] == "lock")
            return LockHolder.Hold(args[1]);
        if (args[0] == "lock-storm")
            return LockHolder.Storm(args[1]);
        if (args[0] == "state-folder")
        {
            Console.Write(RunwareTts.Ledger.RecoveryFolder.TryOfUser()?.Path ?? "OutputNotWritten");
            return 0;
        }

        Uri endpoint = new(args[0]);
        ISpeechProvider provider = new RunwareProvider(new RunwareClient(endpoint, ApiKey.From(new EmulatorOptions().ApiKey)));
        List<BatchEvent> events;
        try
        {
            BatchOptions options = KillTests.Options with { Endpoint = endpoint.OriginalString };
            events = args.Length < 3 ? Batches.Run(provider, KillTests.Rows, args[1], options)
                : args[2] == "keep" ? Batches.Run(provider, KeepVoiceKillTests.Book, args[1], options with { KeepVoice = true })
                : Batches.Run(provider, [One], args[1], options);
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
