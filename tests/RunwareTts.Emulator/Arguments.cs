using System.Globalization;
using System.Text.Json;

namespace RunwareTts.Emulator;

/// <summary>The program's switches.</summary>
internal sealed record Arguments
{
    public const string Usage = """
        dotnet run --project tests/RunwareTts.Emulator [--urls http://127.0.0.1:8787] [--key emulator-key] [--task-time 0.5]
            [--voice draft|tiny|silence] [--lean] [--fault-rate 0.2] [--fault-seed 7]
            [--switches '{"refuseAuto":true}']
        """;

    public EmulatorOptions Options { get; private init; } = new() { Urls = "http://127.0.0.1:8787" };
    public Speak Voice { get; private init; } = DraftVoice.SpeakAsync;
    public double FaultRate { get; private init; }
    public int FaultSeed { get; private init; }

    /// <summary>Null when they are not understood.</summary>
    public static Arguments? Read(string[] args)
    {
        var read = new Arguments();
        var rest = new Queue<string>(args);
        while (rest.TryDequeue(out var name))
        {
            if (name == "--lean")
                read = read with { Options = read.Options with { Lean = true } };
            else if (!rest.TryDequeue(out var value) || read.With(name, value) is not { } more)
                return null;
            else
                read = more;
        }
        return read;
    }

    private Arguments? With(string name, string value)
    {
        var isNumber = double.TryParse(value, CultureInfo.InvariantCulture, out var number);
        return (name, value) switch
        {
            ("--urls", _) => this with { Options = Options with { Urls = value } },
            ("--key", _) => this with { Options = Options with { ApiKey = value } },
            ("--voice", "draft") => this with { Voice = DraftVoice.SpeakAsync },
            ("--voice", "tiny") => this with { Voice = TinyVoice.SpeakAsync },
            ("--voice", "silence") => this with { Voice = TinyVoice.SpeakLongerAsync },
            ("--task-time", _) when isNumber && number >= 0 => this with { Options = Options with { TaskTime = TimeSpan.FromSeconds(number) } },
            ("--fault-rate", _) when isNumber && number is >= 0 and <= 1 => this with { FaultRate = number },
            ("--switches", _) when Switched(value) is { } switches =>
                this with { Options = Options with { Switches = switches } },
            ("--fault-seed", _) when int.TryParse(value, CultureInfo.InvariantCulture, out var seed) => this with { FaultSeed = seed },
            _ => null,
        };
    }

    private EmulatorSwitches? Switched(string json)
    {
        try
        {
            return Options.Switches.With(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
