using RunwareTts.Providers.Runware;
using RunwareTts.Requests;

namespace RunwareTts.Tests.Providers.Runware;

/// <summary>The tasks beside speech: ping, the account, and what a dry run says.</summary>
public sealed class UtilityTaskTests
{
    [Fact]
    public async Task A_ping_proves_the_key()
    {
        await using Service service = await Service.StartAsync();
        await service.Client().PingAsync(CancellationToken.None);
        Assert.Equal("Runware.invalidApiKey", (await Assert.ThrowsAsync<RunwareException>(() => service.Client("wrong").PingAsync(CancellationToken.None))).ErrorId);
    }

    [Fact]
    public async Task The_account_is_read()
    {
        await using Service service = await Service.StartAsync();
        TtsAccount account = await new RunwareProvider(service.Client()).AccountAsync(CancellationToken.None);
        Assert.Equal(("Emulator", 25m, "USD", 0m), (account.OrganizationName, account.Balance, account.Currency, account.Today!.Credits));
    }

    [Theory]
    [InlineData("2450.75", 2450.75, null)]
    [InlineData("""{"amount":12.5,"freeBalance":2,"currency":"EUR"}""", 12.5, 2.0)]
    [InlineData("null", null, null)]
    public async Task A_balance_is_a_number_or_an_object(string balance, double? amount, double? free)
    {
        await using ScriptedService service = await ScriptedService.StartAsync((_, _, id) => new Answer($$"""{"data":[{"taskType":"accountManagement","taskUUID":"{{id}}","balance":{{balance}}}],"errors":[]}"""));
        TtsAccount account = await ((RunwareProvider)service.Provider).AccountAsync(CancellationToken.None);
        Assert.Equal(((decimal?)amount, (decimal?)free), (account.Balance, account.FreeBalance));
    }

    [Theory]
    [InlineData("""{"data":[{"taskType":"audioInference","taskUUID":"ID","cost":0.0004}]}""", 0.0004)]
    [InlineData("""{"data":{"taskUUID":"ID","cost":0.0004}}""", 0.0004)]
    [InlineData("""[{"cost":0.0004},{"cost":0.0004}]""", 0.0008)]
    [InlineData("""{"data":[{"taskType":"audioInference","taskUUID":"ID"}]}""", null)]
    public async Task The_price_of_a_dry_run_is_read_from_any_shape(string answer, double? price)
    {
        await using ScriptedService service = await ScriptedService.StartAsync((_, _, id) => new Answer(answer.Replace("ID", id, StringComparison.Ordinal)));
        Assert.Equal((decimal?)price, await service.Provider.PriceAsync(RowReader.Read(new SpeechRow { Text = "Hello" }).Request!, CancellationToken.None));
    }

    [Fact]
    public async Task A_dry_run_is_not_charged()
    {
        await using Service service = await Service.StartAsync();
        Assert.Equal(0.0003m, await service.Provider().PriceAsync(RowReader.Read(new SpeechRow { Text = "Hello", NumberResults = "3" }).Request!, CancellationToken.None));
        Assert.Equal((1, 0), (service.Record.Tasks.Count, service.Record.ChargedTasks));
    }
}
