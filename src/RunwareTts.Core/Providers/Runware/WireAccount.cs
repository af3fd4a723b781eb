using System.Text.Json;
using RunwareTts.Providers.Http;

namespace RunwareTts.Providers.Runware;

/// <summary>
/// Reads the details of an account. The balance is a number in older answers and an object in newer ones.
/// </summary>
internal static class WireAccount
{
    public static TtsAccount Read(JsonElement item)
    {
        JsonElement? balance = item.Get("balance");
        JsonElement? usage = item.Get("usage");
        return new TtsAccount
        {
            OrganizationName = item.GetText("organizationName"),
            OrganizationUUID = item.GetText("organizationUUID"),
            Balance = item.GetNumber("balance") ?? balance?.GetNumber("amount"),
            FreeBalance = balance?.GetNumber("freeBalance"),
            Currency = balance?.GetText("currency") ?? "USD",
            Today = Usage(usage, "today"),
            Last7Days = Usage(usage, "last7Days"),
            Last30Days = Usage(usage, "last30Days"),
            Total = Usage(usage, "total"),
        };
    }

    private static TtsUsage? Usage(JsonElement? usage, string period) =>
        usage?.Get(period) is { ValueKind: JsonValueKind.Object } one
            ? new TtsUsage(one.GetNumber("credits"), one.GetNumber("requests")) : null;
}
