using System.Text.Json;

namespace RunwareTts.Ledger;

/// <summary>What an index must know of an event, read from its line without all the rest: a folder of a hundred thousand files has three times as many lines.</summary>
internal readonly record struct LedgerHead(LedgerEventKind Event, Guid Task, string? Hash, string? File, string? Upload)
{
    /// <summary>Null for a line that is none: torn by a crash, or written by somebody else.</summary>
    public static LedgerHead? Parse(ReadOnlySpan<byte> line)
    {
        Utf8JsonReader json = new(line);
        (LedgerEventKind? happened, Guid? task, string? hash, string? file, string? upload) =
            (null, null, null, null, null);
        try
        {
            while (json.Read())
            {
                if (json.TokenType is not JsonTokenType.PropertyName)
                {
                    // Values come after their names and are read with them; results are objects.
                    if (json.TokenType is not (JsonTokenType.StartObject or JsonTokenType.EndObject or JsonTokenType.StartArray or JsonTokenType.EndArray))
                        return null;
                }
                else if (json.ValueTextEquals("event"u8) && json.Read())
                {
                    happened = Enum.TryParse(json.GetString(), ignoreCase: true, out LedgerEventKind kind) ? kind : null;
                }
                else if (json.ValueTextEquals("task"u8) && json.Read())
                {
                    task = json.GetGuid();
                }
                else if (json.ValueTextEquals("at"u8) && json.Read())
                {
                    json.GetDateTimeOffset();
                }
                else if ((json.ValueTextEquals("bytes"u8) || json.ValueTextEquals("before"u8)) && json.Read())
                {
                    json.GetInt64();
                }
                else if (json.ValueTextEquals("hash"u8) && json.Read())
                {
                    hash = json.GetString();
                }
                else if (json.ValueTextEquals("file"u8) && json.Read())
                {
                    file = json.GetString();
                }
                else if (json.ValueTextEquals("upload"u8) && json.Read())
                {
                    upload = json.GetString();
                }
                else if (json.ValueTextEquals("seconds"u8) && json.Read())
                {
                    if (!LedgerEvent.IsTime(json.GetDouble()))
                        return null;
                }
                else if (json.ValueTextEquals("cost"u8) && json.Read())
                {
                    if (!LedgerEvent.IsCost(json.GetDecimal()))
                        return null;
                }
                else if (!json.ValueTextEquals("results"u8))
                {
                    json.Skip();
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }

        return happened is { } known && task is { } id ? new LedgerHead(known, id, hash, file, upload) : null;
    }
}
