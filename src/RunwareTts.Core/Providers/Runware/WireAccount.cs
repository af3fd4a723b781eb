using System.Text.Json;

namespace RunwareTts.Providers.Runware;

/// <summary>Reads the details of an account. The balance is a number in older answers and an object in newer ones.</summary>
internal static class WireAccount
{
    public static TtsAccount Read(JsonElement item)
    {
        JsonElement? balance = WireJson.Get(item, "balance");
        JsonElement? usage = WireJson.Get(item, "usage");
        return new TtsAccount
        {
            OrganizationName = WireJson.Text(item, "organizationName"),
            OrganizationUUID = WireJson.Text(item, "organizationUUID"),
            Balance = WireJson.Number(item, "balance") ?? (balance is { } whole ? WireJson.Number(whole, "amount") : null),
            FreeBalance = balance is { } given ? WireJson.Number(given, "freeBalance") : null,
            Currency = balance is { } named ? WireJson.Text(named, "currency") ?? "USD" : "USD",
            Today = Usage(usage, "today"),
            Last7Days = Usage(usage, "last7Days"),
            Last30Days = Usage(usage, "last30Days"),
            Total = Usage(usage, "total"),
        };
    }

    private static TtsUsage? Usage(JsonElement? usage, string period) =>
        usage is { } all && WireJson.Get(all, period) is { ValueKind: JsonValueKind.Object } one
            ? new TtsUsage(WireJson.Number(one, "credits"), WireJson.Number(one, "requests"))
            : null;
}
