namespace RunwareTts.Tests;

/// <summary>A test with an emulator and a folder of its own, which both go away with it.</summary>
public abstract class EmulatorTest : IAsyncLifetime
{
    private protected readonly TempFolder _folder = new();
    private protected Service _service = null!;

    public async Task InitializeAsync() => _service = await StartAsync();

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        _folder.Dispose();
        Tidy();
    }

    private protected virtual void Tidy()
    {
    }

    private protected virtual Task<Service> StartAsync() => Service.StartAsync();
}
