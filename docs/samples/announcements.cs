// RunwareTts.Core as a library, without PowerShell: synthesizes announcements.csv into out/ and prints a table.
//     dotnet run docs/samples/announcements.cs
// Needs espeak-ng and ffmpeg. With RUNWARE_API_KEY set it calls the hosted models, which costs about five US cents.
#:project ../../src/RunwareTts.Core/RunwareTts.Core.csproj
#:package CsvHelper
#:property PublishAot=false

using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using RunwareTts;
using RunwareTts.Batch;
using RunwareTts.Ledger;
using RunwareTts.Output;
using RunwareTts.Providers;
using RunwareTts.Requests;

string samples = Path.GetDirectoryName((string)AppContext.GetData("EntryPointFilePath")!)!;
string output = Path.GetFullPath(args.FirstOrDefault() ?? "out");
using CancellationTokenSource stop = new();
Console.CancelKeyPress += (_, pressed) => pressed.Cancel = !stop.IsCancellationRequested && stop.CancelAsync().IsCompleted;

Connection connection = Environment.GetEnvironmentVariable("RUNWARE_API_KEY") is { Length: > 0 }
    ? Connection.Resolve(null, null, null, Environment.GetEnvironmentVariable)
    : Connection.Offline;
using StreamReader file = new(Path.Combine(samples, "announcements.csv"));
using CsvReader csv = new(file, new CsvConfiguration(CultureInfo.InvariantCulture) { HeaderValidated = null, MissingFieldFound = null, IgnoreReferences = true });
BatchOptions options = new() { Endpoint = connection.Endpoint?.ToString() };
using TaskLedger ledger = LedgerLocation.OpenDirectory(output);
using SpeechBatch batch = new(connection.CreateProvider(), options, new OutputPlanner(output, force: true, Path.GetFullPath, ledger), ledger);

Console.WriteLine($"{"File",-16} {"Voice",-9} {"Format",-6} {"Duration",9} {"Cost",8}");
int failed = 0;
try
{
    foreach (SpeechRow row in csv.GetRecords<SpeechRow>())
    {
        batch.Start(batch.Plan(row, row, row));
        Print(batch.Take(all: false, stop.Token));
    }

    Print(batch.Take(all: true, stop.Token));
}
catch (TtsException e)
{
    Console.Error.WriteLine($"{e.ErrorId}: {e.Message}");
    return 1;
}
catch (OperationCanceledException)
{
    return 130;
}

Console.WriteLine($"in {output}");
return failed == 0 ? 0 : 1;

void Print(IEnumerable<BatchEvent> events)
{
    foreach (BatchEvent happened in events)
    {
        switch (happened)
        {
            case BatchEvent.SpeechMade { Speech: var s }:
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{s.File?.Name,-16} {s.Voice,-9} {s.OutputFormat,-6} {s.Duration,9:m\\:ss\\.f} {(s.Cost is { } cost ? cost.ToString("0.0000", CultureInfo.InvariantCulture) : "free"),8}"));
                break;
            case BatchEvent.RowFailed { Error: var error, Source: var source }:
                failed++;
                Console.Error.WriteLine($"{(source as SpeechRow)?.Id}: {error.ErrorId}: {error.Message}");
                break;
            case BatchEvent.Warned { Message: var message }:
                Console.Error.WriteLine($"warning: {message}");
                break;
        }
    }
}
