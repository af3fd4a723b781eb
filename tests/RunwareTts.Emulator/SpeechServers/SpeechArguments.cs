using System.Globalization;
using System.Text.Json;

namespace RunwareTts.Emulator;

/// <summary>The program's switches when it is to be a speech server.</summary>
internal static class SpeechArguments
{
    public const string Name = "--speech-server";

    public const string Usage = """
        dotnet run --project tests/RunwareTts.Emulator -- --speech-server vllm|sglang|plain
            [--model CustomVoice|VoiceDesign|Base] [--port 8091] [--control-port 8191] [--lean]
            [--switches '{"delay":0.5}']
        """;

    /// <summary>Null when they are not understood.</summary>
    public static SpeechServerOptions? Read(string[] args)
    {
        var read = new SpeechServerOptions();
        var rest = new Queue<string>(args);
        while (rest.TryDequeue(out var name))
        {
            if (name == "--lean")
                read = read with { Lean = true };
            else if (!rest.TryDequeue(out var value) || With(read, name, value) is not { } more)
                return null;
            else
                read = more;
        }
        return read;
    }

    private static SpeechServerOptions? With(SpeechServerOptions read, string name, string value) =>
        (name, value) switch
        {
            (Name, "vllm") => read with { Kind = SpeechServerKind.VllmOmni },
            (Name, "sglang") => read with { Kind = SpeechServerKind.SglangOmni },
            (Name, "plain") => read with { Kind = SpeechServerKind.Plain },
            ("--model", _) when Enum.GetNames<SpeechModel>().Contains(value) =>
                read with { Model = Enum.Parse<SpeechModel>(value) },
            ("--port", _) when ushort.TryParse(value, CultureInfo.InvariantCulture, out var port) =>
                read with { Port = port },
            ("--control-port", _) when ushort.TryParse(value, CultureInfo.InvariantCulture, out var port) =>
                read with { ControlPort = port },
            ("--switches", _) when Switched(read.Switches, value) is { } switches => read with { Switches = switches },
            _ => null,
        };

    private static SpeechServerSwitches? Switched(SpeechServerSwitches switches, string json)
    {
        try
        {
            return switches.With(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
