using System.Text.Json;

namespace RunwareTts.Ledger;

/// <summary>What an index must know of an event, read from its line without all the rest: a folder of a hundred thousand files has three times as many lines.</summary>
internal readonly record struct LedgerHead(LedgerEventKind Event, Guid Task, string? Hash, string? File, string? Upload)
{
    /// <summary>Null for a line that is none: torn by a crash, or written by somebody else.</summary>
    public static LedgerHead? Parse(ReadOnlySpan<byte> line)
    {
        Utf8JsonReader json = new(line);
        bool hasTime = false;
        (LedgerEventKind? happened, Guid? task, string? hash, string? file, string? upload) = (null, null, null, null, null);
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
                    happened = KindOf(json.GetString());
                }
                else if (json.ValueTextEquals("task"u8) && json.Read())
                {
                    task = json.GetGuid();
                }
                else if (json.ValueTextEquals("at"u8) && json.Read())
                {
                    json.GetDateTimeOffset();
                    hasTime = true;
                }
                else if ((json.ValueTextEquals("bytes"u8) || json.ValueTextEquals("before"u8) || json.ValueTextEquals("ticks"u8)) && json.Read())
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
                else if (!IsSound(ref json))
                {
                    return null;
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }

        return hasTime && happened is { } known && task is { } id ? new LedgerHead(known, id, hash, file, upload) : null;
    }

    // Digits are no name.
    private static LedgerEventKind? KindOf(string? name) =>
        name is { Length: > 0 } && name.All(char.IsLetter) && Enum.TryParse(name, ignoreCase: true, out LedgerEventKind kind) ? kind : null;

    // What could not be read later would hide what was written down before it.
    private static bool IsSound(ref Utf8JsonReader json)
    {
        (bool isText, bool isNumber, bool isTime) = (IsText(json), IsNumber(json), json.ValueTextEquals("submitted"u8) || json.ValueTextEquals("written"u8));
        (bool isResults, bool isAudio, bool isOver) = (json.ValueTextEquals("results"u8), json.ValueTextEquals("audio"u8), json.ValueTextEquals("over"u8));
        bool isOfResult = isAudio && json.CurrentDepth > 1;
        json.Read();
        if (json.TokenType == JsonTokenType.Null)
            return true;
        if (isText || isOfResult)
            return json.TokenType == JsonTokenType.String;
        if (isResults)
            return json.TokenType == JsonTokenType.StartArray;
        // Their values are read as those of the event are.
        if (isAudio || isOver)
            return json.TokenType == JsonTokenType.StartObject;
        if (isNumber)
            json.GetInt32();
        else if (isTime)
            json.GetDateTimeOffset();
        else
            json.Skip();
        return true;
    }

    private static bool IsText(in Utf8JsonReader json) =>
        json.ValueTextEquals("provider"u8) || json.ValueTextEquals("endpoint"u8) || json.ValueTextEquals("id"u8)
        || json.ValueTextEquals("model"u8) || json.ValueTextEquals("voice"u8) || json.ValueTextEquals("language"u8)
        || json.ValueTextEquals("format"u8) || json.ValueTextEquals("path"u8) || json.ValueTextEquals("error"u8)
        || json.ValueTextEquals("content"u8) || json.ValueTextEquals("tags"u8) || json.ValueTextEquals("suspect"u8)
        || json.ValueTextEquals("url"u8) || json.ValueTextEquals("codec"u8);

    private static bool IsNumber(in Utf8JsonReader json) =>
        json.ValueTextEquals("characters"u8) || json.ValueTextEquals("numberResults"u8) || json.ValueTextEquals("attempts"u8)
        || json.ValueTextEquals("index"u8) || json.ValueTextEquals("parts"u8) || json.ValueTextEquals("sampleRate"u8)
        || json.ValueTextEquals("channels"u8) || json.ValueTextEquals("bitrate"u8) || json.ValueTextEquals("averageBitrate"u8);
}
