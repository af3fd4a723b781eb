using System.Text.RegularExpressions;

namespace RunwareTts.Providers.Offline;

/// <summary>
/// What words of a description do to a draft voice. Of each group the first word counts. This table is the only one;
/// the help prints it.
/// </summary>
internal sealed record VoiceTrait(string Group, string Name, string Words, string Signs)
{
    public static readonly IReadOnlyList<VoiceTrait> All =
    [
        new("sex", "female",
            "female, feminine, woman, women, girl, lady, ladies, mother, mum, mom, grandma, grandmother, sister, aunt, "
            + "queen, princess, actress, hostess, saleswoman, businesswoman, schoolgirl, daughter, witch, soprano, "
            + "alto, contralto, she, her",
            "女, 女孩, 女童, 少女, 母亲, 妈妈, 奶奶, 老奶奶, 老太太, 阿姨, 姐姐, 她"),
        new("sex", "male",
            "male, masculine, man, men, boy, guy, gentleman, gentlemen, father, dad, grandpa, grandfather, brother, "
            + "uncle, king, prince, salesman, businessman, schoolboy, son, cowboy, wizard, tenor, baritone, bass, "
            + "he, his, him",
            "男, 男孩, 男童, 少年, 父亲, 爸爸, 爷爷, 老爷爷, 老头, 老先生, 大叔, 叔叔, 哥哥, 他"),
        new("age", "child",
            "child, childlike, childish, kid, toddler, girl, boy, schoolgirl, schoolboy",
            "儿童, 小孩, 孩子, 童声, 女孩, 男孩, 女童, 男童"),
        new("age", "middle-aged", "middle-aged, middle aged, thirties, forties, fifties", "中年"),
        new("age", "old",
            "old, older, elderly, ancient, weathered, senior, seasoned, veteran, grandma, grandmother, "
            + "grandpa, grandfather, sixties, seventies, eighties, nineties",
            "老年, 老人, 老奶奶, 老爷爷, 老太太, 老头, 老先生, 苍老, 年迈, 年老, 爷爷, 奶奶")
            { Pitch = -12, Pace = 0.9 },
        new("age", "young",
            "young, younger, youthful, teen, teens, teenage, teenager, adolescent, boyish, girlish, twenties",
            "年轻, 少女, 少年, 青年, 青春") { Pitch = 12 },
        new("pitch", "low",
            "low, lower, lowered, low-pitched, deep, deeper, husky, gravelly, smoky, rumbling, baritone, bass, "
            + "contralto",
            "低沉, 低音, 音调低, 音调偏低, 音调较低, 浑厚, 沙哑, 磁性") { Pitch = -20 },
        new("pitch", "high",
            "high, higher, raised, high-pitched, bright, light, shrill, squeaky, piping, soprano, tenor",
            "高音, 高亢, 尖细, 尖锐, 音调高, 音调偏高, 音调较高, 明亮, 清脆") { Pitch = 15 },
        new("pace", "slow",
            "slow, slowly, slower, medium-slow, unhurried, unrushed, leisurely, lingering, drawling, drawl",
            "缓慢, 慢速, 慢慢, 放慢, 语速慢, 语速偏慢, 语速较慢, 语速很慢, 太慢, 不紧不慢, 慢条斯理")
            { Pace = 0.82 },
        new("pace", "measured",
            "measured, calm, calmly, composed, steady, relaxed, soothing, purposeful, deliberate, deliberately",
            "沉稳, 平稳, 从容, 平静, 舒缓") { Pace = 0.93 },
        new("pace", "fast",
            "fast, faster, quick, quickly, rapid, rapidly, brisk, briskly, hurried, rushed, snappy, high-speed, "
            + "urgent, urgently, breathless",
            "快速, 语速快, 语速偏快, 语速较快, 语速很快, 太快, 飞快, 急促, 急速, 轻快, 紧迫, 紧急")
            { Pace = 1.2 },
        new("mood", "lively",
            "lively, cheerful, happy, joyful, excited, excitedly, enthusiastic, energetic, high-energy, upbeat, "
            + "animated, playful, bubbly",
            "活泼, 兴奋, 激动, 热情, 欢快, 快乐, 开心") { Pitch = 8, Pace = 1.06 },
        new("mood", "sad",
            "sad, sadly, sorrowful, mournful, melancholy, melancholic, gloomy, weary, tired, exhausted",
            "悲伤, 伤心, 忧郁, 悲痛, 疲惫, 难过") { Pitch = -8, Pace = 0.92 },
        new("loudness", "loud",
            "loud, loudly, shout, shouts, shouting, booming, powerful, angry, angrily",
            "响亮, 大声, 洪亮, 愤怒") { Amplitude = 150 },
        new("loudness", "soft",
            "soft, softly, quiet, quietly, gentle, gently, hushed, low volume, low-volume",
            "轻声, 小声, 轻柔, 温柔") { Amplitude = 60 },
        new("whisper", Whisper,
            "whisper, whispers, whispered, whispering, whispery",
            "耳语, 低语, 悄悄话") { Amplitude = 60 },
        new("none", "no effect",
            "year-old, years-old, year old, years old, old-fashioned, old fashioned, old school, high quality, "
            + "high-quality, high end, high-end, low key, low-key",
            "其他, 其她"),
    ];

    private const string Whisper = "whispering";

    private static readonly ILookup<string, VoiceTrait> ByWord = All
        .SelectMany(trait => trait.AllWords.Select(word => (word, trait)))
        .ToLookup(pair => pair.word, pair => pair.trait, StringComparer.OrdinalIgnoreCase);

    // The longest word that fits; English words are whole ones.
    private static readonly Regex AnyWord = new(
        string.Join("|", ByWord.Select(group => group.Key).OrderByDescending(word => word.Length).Select(Pattern)),
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    public int Pitch { get; init; }

    public double Pace { get; init; } = 1;

    public int? Amplitude { get; init; }

    public bool IsWhisper => Name == Whisper;

    private IEnumerable<string> AllWords => $"{Words}, {Signs}".Split([", "], StringSplitOptions.None);

    /// <summary>The traits that a description names, one of each group.</summary>
    public static IReadOnlyList<VoiceTrait> Find(string description) =>
    [
        .. AnyWord.Matches(description).Cast<Match>()
            .SelectMany(match => ByWord[match.Value])
            .GroupBy(trait => trait.Group)
            .Select(group => group.First()),
    ];

    private static string Pattern(string word) =>
        word[0] <= 'z' ? $"(?<![a-z]){Regex.Escape(word)}(?![a-z])" : word;
}
