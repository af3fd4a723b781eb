using RunwareTts.Batch;
using RunwareTts.Emulator;
using RunwareTts.Providers.SelfHosted;
using RunwareTts.Requests;
using Emulated = RunwareTts.Emulator.SpeechServer;

namespace RunwareTts.Tests.Batch.OwnServers;

/// <summary>Emulated servers of the open weights, and batches on them.</summary>
internal sealed class Servers : IAsyncDisposable
{
    public static readonly SpeechServerSwitches Quick = new() { Tiny = true };

    // Short, so that a test does not wait for a quarter of a minute.
    private static readonly ServerBackoff Brief = new()
    {
        FirstOut = TimeSpan.FromSeconds(0.3),
        MaxOut = TimeSpan.FromSeconds(0.6),
        AllOut = TimeSpan.FromSeconds(2),
        FirstBusy = TimeSpan.FromSeconds(0.02),
        MaxBusy = TimeSpan.FromSeconds(0.1),
    };

    private readonly List<Emulated> _all = [];

    public Emulated this[int n] => _all[n];

    public static async Task<Servers> StartAsync(params SpeechServerOptions[] options)
    {
        Servers servers = new();
        foreach (SpeechServerOptions option in options)
            servers._all.Add(await Emulated.StartAsync(option));
        return servers;
    }

    public static SpeechServerOptions One(
        SpeechModel model = SpeechModel.CustomVoice, SpeechServerSwitches? switches = null,
        SpeechServerKind kind = SpeechServerKind.VllmOmni) =>
        new() { Kind = kind, Model = model, Switches = switches ?? Quick };

    public SelfHostedProvider Provider(ServerBackoff? backoff = null)
    {
        Dictionary<string, string[]> table = _all.GroupBy(server => server.ModelId.Split('-')[^1])
            .ToDictionary(group => group.Key, group => group.Select(server => server.Url.ToString()).ToArray());
        return new SelfHostedProvider(ServerFleet.Read(table, null, null), backoff ?? Brief);
    }

    public List<BatchEvent> Run(
        IEnumerable<SpeechRow> rows, string? folder = null, BatchOptions? options = null,
        ServerBackoff? backoff = null) =>
        Batches.Run(Provider(backoff), rows, folder, (options ?? Service.Quick) with { Auto = AutoRefusal.ByDesign() });

    /// <summary>How often each text was spoken, by all servers.</summary>
    public Dictionary<string, int> Spoken => _all.SelectMany(server => server.Record.Spoken)
        .GroupBy(text => text.Key).ToDictionary(text => text.Key, text => text.Sum(t => t.Value));

    public async ValueTask DisposeAsync()
    {
        foreach (Emulated server in _all)
            await server.DisposeAsync();
    }
}
