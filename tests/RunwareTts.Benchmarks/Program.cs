using RunwareTts.Benchmarks;

// dotnet run -c Release --project tests/RunwareTts.Benchmarks -- polls | delivery | import
string what = args.FirstOrDefault() ?? "";
switch (what)
{
    case "polls":
        await PollBenchmark.RunAsync();
        return 0;
    case "delivery":
        await DeliveryBenchmark.RunAsync();
        return 0;
    case "import":
        return await ImportBenchmark.RunAsync();
    default:
        Console.Error.WriteLine("Name one: polls, delivery, import");
        return 2;
}
