using System.Text.RegularExpressions;

namespace RunwareTts.Providers.Offline;

/// <summary>A trait that a draft voice can have, the words of a description that name it, and what it does. This table is the only one; the help prints it.</summary>
internal sealed record VoiceTrait(string Name, string Words, string Signs = "")
{
    // "Middle-aged" is not aged, "low volume" not a low voice; 不快 is not fast, 快乐 not a pace at all.
    private const string NotBefore = @"(?<![\p{L}\p{M}]|\b(?:middle|years?)[- ])";
    private const string NotAfter = @"(?![\p{L}\p{M}]|[- ](?:ages?|breath|breaths|end|energy|fashioned|key|quality|school|time|volume)\b)";

    private static readonly VoiceTrait[] Table =
    [
        new("female", "female, feminine, woman, women, girl, lady, ladies, mother, mum, mom, mommy, grandma, grandmother, granny, sister, aunt, auntie, queen, princess, actress, hostess, saleswoman, spokeswoman, businesswoman, schoolgirl, daughter, witch", "女, 母亲, 妈妈, 奶奶, 阿姨, 姐姐"),
        new("male", "male, masculine, man, men, boy, guy, gentleman, gentlemen, father, dad, daddy, grandpa, grandfather, brother, uncle, king, prince, salesman, spokesman, businessman, anchorman, schoolboy, son, cowboy, wizard", "男, 父亲, 爸爸, 爷爷, 大叔, 叔叔, 哥哥"),
        new("she", "she, her, hers, soprano, mezzo, mezzo-soprano, alto, contralto", "她"),
        new("he", "he, his, him, tenor, baritone, bass", "他"),
        new("child", "child, childlike, childish, kid, toddler, girl, boy, schoolgirl, schoolboy, little girl, little boy", "儿童, 小孩, 孩子, 童声, 女孩, 男孩, 女童, 男童"),
        new("old", "old, older, elderly, aged, aging, ageing, ancient, weathered, senior, seasoned, veteran, grandma, grandmother, granny, grandpa, grandfather", "老年, 老人, 老奶奶, 老爷爷, 老太太, 老头, 老先生, 苍老, 年迈, 年老, 爷爷, 奶奶") { Pitch = -12, Pace = 0.9 },
        new("young", "young, younger, youthful, teen, teenage, teenager, adolescent, boyish, girlish", "年轻, 少女, 少年, 青年, 青春") { Pitch = 12 },
        new("low", "low, lower, lowered, low-pitched, deep, deeper, husky, gravelly, smoky, rumbling, baritone, bass, contralto", "低沉, 低音, 音调低, 音调偏低, 音调较低, 浑厚, 沙哑, 磁性") { Pitch = -20 },
        new("high", "high, higher, raised, high-pitched, bright, brightness, light, shrill, squeaky, piping, soprano, tenor", "高音, 高亢, 尖细, 尖锐, 音调高, 音调偏高, 音调较高, 明亮, 清脆") { Pitch = 15 },
        new("slow", "slow, slowly, slower, unhurried, unrushed, leisurely, lingering, drawling, drawl", "缓慢, 慢速, 慢慢, 放慢, 语速慢, 语速偏慢, 语速较慢, 语速很慢, 太慢, 不紧不慢, 慢条斯理") { Pace = 0.82 },
        new("measured", "measured, calm, calmly, composed, steady, relaxed, soothing, purposeful", "沉稳, 平稳, 从容, 平静, 舒缓") { Pace = 0.93 },
        new("fast", "fast, faster, quick, quickly, rapid, rapidly, brisk, briskly, hurried, rushed, snappy, high-speed", "快速, 语速快, 语速偏快, 语速较快, 语速很快, 太快, 飞快, 急促, 急速, 轻快") { Pace = 1.2 },
        new("urgent", "urgent, urgently, pressing, breathless", "紧迫, 紧急") { Pace = 1.1 },
        new("lively", "lively, cheerful, happy, joyful, excited, excitedly, excitement, enthusiastic, enthusiasm, energetic, high-energy, upbeat, animated, playful, bubbly", "活泼, 兴奋, 激动, 热情, 欢快, 快乐, 开心") { Pitch = 8, Pace = 1.06 },
        new("sad", "sad, sadly, sadness, sorrowful, mournful, melancholy, melancholic, gloomy, weary, tired, exhausted", "悲伤, 伤心, 忧郁, 悲痛, 疲惫, 难过") { Pitch = -8, Pace = 0.92 },
        new("loud", "loud, loudly, shout, shouts, shouting, booming, powerful, angry, angrily", "响亮, 大声, 洪亮, 愤怒") { Amplitude = 150 },
        new("soft", "soft, softly, quiet, quietly, gentle, gently, hushed, low volume, low-volume", "轻声, 小声, 轻柔, 温柔") { Amplitude = 60 },
        new("whispering", "whisper, whispers, whispered, whispering, whispery", "耳语, 低语, 悄悄话") { Amplitude = 60 },
        new("pausing", "pause, pauses, pausing, deliberate, deliberately", "停顿") { Gap = 4 },
    ];

    private readonly Regex _pattern = Pattern(Words, Signs);

    public int Pitch { get; init; }

    public double Pace { get; init; } = 1;

    public int? Amplitude { get; init; }

    /// <summary>Between words, in 10 ms.</summary>
    public int Gap { get; init; }

    public static IReadOnlyList<VoiceTrait> All => Table;

    public static VoiceTrait Named(string name) => Table.First(t => t.Name == name);

    public IEnumerable<Match> In(string description) => _pattern.Matches(description).Cast<Match>();

    private static Regex Pattern(string words, string signs)
    {
        string Any(string list) => string.Join("|", list.Split([", "], StringSplitOptions.RemoveEmptyEntries).OrderByDescending(w => w.Length).Select(Regex.Escape));
        return new Regex($"{NotBefore}(?:{Any(words)}){NotAfter}{(signs.Length == 0 ? "" : "|" + Any(signs))}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
    }
}
