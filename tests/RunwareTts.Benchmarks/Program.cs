using System.Globalization;
using RunwareTts.Benchmarks;

// dotnet run -c Release --project tests/RunwareTts.Benchmarks -- polls | delivery | import | completion | large-batch | efficiency | audio | voices | servers
switch (args)
{
    case ["polls"]:
        await PollBenchmark.RunAsync();
        return 0;
    case ["delivery"]:
        await DeliveryBenchmark.RunAsync();
        return 0;
    case ["import"]:
        return await ImportBenchmark.RunAsync();
    case ["completion"]:
        return await CompletionBenchmark.RunAsync();
    case ["large-batch"]:
        LargeBatchBenchmark.Run();
        return 0;
    case ["large-batch", string endpoint, string folder]:
        LargeBatchBenchmark.Speak(new Uri(endpoint), folder, "Unchanged");
        return 0;
    case ["efficiency"]:
        return await EfficiencyBenchmark.RunAsync();
    case ["efficiency", string way, string endpoint, string folder]:
        await EfficiencyBenchmark.RunOnceAsync(way, new Uri(endpoint), folder);
        return 0;
    case ["efficiency", string way, string endpoint, string folder, string rows]:
        await EfficiencyBenchmark.RunOnceAsync(
            way, new Uri(endpoint), folder, int.Parse(rows, CultureInfo.InvariantCulture));
        return 0;
    case ["audio"]:
        AudioBenchmark.Run();
        return 0;
    case ["servers"]:
        ServersBenchmark.Run(50_000);
        return 0;
    case ["servers", string rows]:
        ServersBenchmark.Run(int.Parse(rows, CultureInfo.InvariantCulture));
        return 0;
    case ["voices"]:
        VoicesBenchmark.Run();
        return 0;
    default:
        Console.Error.WriteLine("Name one: polls, delivery, import, completion, large-batch, efficiency, audio, voices, servers");
        return 2;
}
