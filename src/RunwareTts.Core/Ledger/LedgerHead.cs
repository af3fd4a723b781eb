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
                else if ((json.ValueTextEquals("bytes"u8) || json.ValueTextEquals("before"u8)
                    || json.ValueTextEquals("ticks"u8)) && json.Read())
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

        return hasTime && happened is { } known && task is { } id
            ? new LedgerHead(known, id, hash, file, upload)
            : null;
    }

    // Digits are no name.
    private static LedgerEventKind? KindOf(string? name) =>
        name is { Length: > 0 } && name.All(char.IsLetter)
            && Enum.TryParse(name, ignoreCase: true, out LedgerEventKind kind) ? kind : null;

    // What could not be read later would hide what was written down before it.
    private static bool IsSound(ref Utf8JsonReader json)
    {
        ReadOnlySpan<byte> name = json.ValueSpan;
        bool isAudio = name.SequenceEqual("audio"u8);
        bool isOfResult = isAudio && json.CurrentDepth > 1;
        json.Read();
        if (json.TokenType == JsonTokenType.Null)
            return true;
        if (isOfResult || IsText(name))
            return json.TokenType == JsonTokenType.String;
        if (name.SequenceEqual("results"u8))
            return json.TokenType == JsonTokenType.StartArray;
        // Their values are read as those of the event are.
        if (isAudio || name.SequenceEqual("over"u8))
            return json.TokenType == JsonTokenType.StartObject;
        if (IsNumber(name))
            json.GetInt32();
        else if (name.SequenceEqual("submitted"u8) || name.SequenceEqual("written"u8))
            json.GetDateTimeOffset();
        else
            json.Skip();
        return true;
    }

    private static bool IsText(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("provider"u8) || name.SequenceEqual("endpoint"u8) || name.SequenceEqual("id"u8)
        || name.SequenceEqual("model"u8) || name.SequenceEqual("voice"u8) || name.SequenceEqual("language"u8)
        || name.SequenceEqual("format"u8) || name.SequenceEqual("path"u8) || name.SequenceEqual("error"u8)
        || name.SequenceEqual("content"u8) || name.SequenceEqual("tags"u8) || name.SequenceEqual("suspect"u8)
        || name.SequenceEqual("url"u8) || name.SequenceEqual("codec"u8);

    private static bool IsNumber(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("characters"u8) || name.SequenceEqual("numberResults"u8) || name.SequenceEqual("attempts"u8)
        || name.SequenceEqual("index"u8) || name.SequenceEqual("parts"u8) || name.SequenceEqual("sampleRate"u8)
        || name.SequenceEqual("channels"u8) || name.SequenceEqual("bitrate"u8) || name.SequenceEqual("averageBitrate"u8);
}
