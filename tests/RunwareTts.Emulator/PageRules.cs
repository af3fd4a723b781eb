namespace RunwareTts.Emulator;

/// <summary>The three model pages as this project reads them. The client has its own reading, on purpose.</summary>
internal static class PageRules
{
    public const string VoiceDesign = "alibaba:qwen@3-tts-1.7b-voicedesign";
    public const string CustomVoice = "alibaba:qwen@3-tts-1.7b-customvoice";
    public const string Base = "alibaba:qwen@3-tts-1.7b-base";
    public const string AutoVoice = "auto";
    public const int TextLimit = 2000;
    public const decimal SpeedLeast = 0.25m;
    public const decimal SpeedMost = 4m;
    public const decimal SpeedStep = 0.01m;
    public const int TtlLeast = 60;
    public const int BitrateLeast = 8;
    public const int ChannelsDefault = 2;
    public const int MaxNewTokensDefault = 2048;

    public static readonly string[] Models = [CustomVoice, VoiceDesign, Base];
    public static readonly string[] Names =
        ["aiden", "dylan", "eric", "ono_anna", "ryan", "serena", "sohee", "uncle_fu", "vivian"];
    public static readonly string[] Presets = [AutoVoice, .. Names];
    public static readonly string[] DesignVoice = ["design"];
    public static readonly string[] CloneVoice = ["clone"];
    public static readonly string[] Languages =
        ["Auto", "English", "Chinese", "Japanese", "Korean", "German", "French", "Russian", "Portuguese", "Spanish", "Italian"];
    public static readonly string[] Formats = ["MP3", "WAV", "FLAC", "OGG"];
    public static readonly string[] OutputTypes = ["URL", "base64Data", "dataURI"];
    public static readonly string[] DeliveryMethods = ["sync", "async"];

    public static readonly int[] ChannelCounts = [1, 2];

    private static readonly BitrateRow[] Rows =
    [
        .. Mp3([8000, 11025, 12000], 8, 64),
        .. Mp3([16000, 22050, 24000], 8, 160),
        .. Mp3([32000, 44100, 48000], 32, 320),
        new("OGG", 1, 8000, 8, 40), new("OGG", 2, 8000, 16, 80),
        new("OGG", 1, 12000, 16, 48), new("OGG", 2, 12000, 16, 96),
        new("OGG", 1, 16000, 16, 96), new("OGG", 2, 16000, 24, 192),
        new("OGG", 1, 24000, 16, 80), new("OGG", 2, 24000, 32, 160),
        new("OGG", 1, 48000, 32, 224), new("OGG", 2, 48000, 48, 256),
    ];

    public static bool IsLossless(string format) => format is "WAV" or "FLAC";

    public static int NumberResultsMost(string? model) => model is VoiceDesign or Base ? 4 : 20;

    public static int[] SampleRates(string format) =>
        [.. Rows.Where(row => row.Format == format).Select(row => row.SampleRate).Distinct()];

    /// <summary>The rows that stay possible for what was given; without a rate, all of the format and channels.</summary>
    public static BitrateRow[] BitrateRows(string format, int channels, int? sampleRate) =>
        [.. Rows.Where(row => row.Format == format && row.Channels == channels && row.SampleRate == (sampleRate ?? row.SampleRate))];

    public static string ContentType(string format) => format switch
    {
        "MP3" => "audio/mpeg",
        "WAV" => "audio/wav",
        "FLAC" => "audio/flac",
        _ => "audio/ogg",
    };

    /// <summary>What the Base page's examples cost (345 characters 0.0052, 187 characters 0.0028), one result; the listing has all models at that price.</summary>
    public static decimal Price(string text) =>
        Math.Max(0.0001m, Math.Round(Length(text) * 15m / 1000000m, 4, MidpointRounding.AwayFromZero));

    public static int Length(string text) => text.EnumerateRunes().Count();

    private static IEnumerable<BitrateRow> Mp3(int[] rates, int least, int most) =>
        rates.SelectMany(rate => new BitrateRow[] { new("MP3", 1, rate, least, most), new("MP3", 2, rate, least, most) });
}

/// <summary>kbps limits at one format, channel count and rate.</summary>
internal sealed record BitrateRow(string Format, int Channels, int SampleRate, int Least, int Most);
