namespace RunwareTts.Tests.Providers.Offline;

/// <summary>
/// A description, the sex of its voice, and its pitch and pace next to the plain voice of that sex: -1 lower or slower,
/// 0 about the same, 1 higher or faster.
/// </summary>
internal sealed record DescribedVoice(string Description, char Sex, int Pitch, int Pace)
{
    public const string Sentence = "Please stand back from the edge and let passengers leave the train first.";

    /// <summary>The voices to compare with; X is a voice of unknown sex.</summary>
    public static readonly IReadOnlyDictionary<char, string> Plain =
        new Dictionary<char, string> { ['F'] = "A woman", ['M'] = "A man", ['X'] = "A voice" };

    public static readonly IReadOnlyList<DescribedVoice> All =
    [
        // The examples of the model page.
        new("A composed, knowledgeable female voice in her forties with a clear international English accent, gentle resonance, measured pacing, and soft breath control. The tone is welcoming and intellectually curious, like a senior museum guide leading visitors beneath a domed star theater. Subtle awe on cosmic phrases, crisp diction on scientific terms, never theatrical, never robotic. Warm, polished, intimate public-speaking quality with natural pauses and graceful sentence endings.", 'F', 0, -1),
        new("A middle-aged female voice with low, smoky warmth and precise diction, sounding like a veteran rail announcer speaking after a very long shift. Calm, intimate, slightly tired, with understated empathy rather than cheerfulness. Medium-slow pace, gentle breath between sentences, soft downward inflections, subtle urban accent, clear consonants, natural pauses, and a reflective late-night atmosphere.", 'F', -1, -1),
        new("A husky middle-aged voice with magnetic late-night radio presence, lightly worn texture, intimate microphone closeness, dry humor, sharp diction, and a confidential tone that occasionally blooms into theatrical emphasis. Moderate pace with purposeful pauses, slightly lowered pitch, relaxed breath control, and the feeling of someone speaking to insomniacs across a sleeping city from a cramped rooftop studio.", 'X', -1, -1),
        new("A weathered middle-aged radio announcer voice with a faint maritime rasp, calm under pressure, clear diction, low-to-mid pitch, measured pacing, subtle analog broadcast character, reassuring but urgent, as if speaking from a remote lighthouse station during rough seas.", 'X', -1, -1),
        new("A warm, cheerful male voice with moderate pace", 'M', 1, 1),

        new("A weathered old male announcer, low pitch, slow", 'M', -1, -1),
        new("a bright young woman, fast", 'F', 1, 1),
        new("A deep male voice", 'M', -1, 0),
        new("A high-pitched man", 'M', 1, 0),
        new("He speaks about women, slowly", 'M', 0, -1),
        new("An elderly woman", 'F', -1, -1),
        new("A brisk saleswoman", 'F', 0, 1),
        new("An unhurried gentleman", 'M', 0, -1),
        new("A baritone", 'M', -1, 0),
        new("A soprano", 'F', 1, 0),
        new("A contralto", 'F', -1, 0),
        new("A childlike voice", 'F', 1, 0),
        new("Speak as a tired grandmother telling a fairy tale", 'F', -1, -1),
        new("A ten-year-old boy", 'M', 1, 0),
        new("A thirty-year-old woman", 'F', 0, 0),
        new("A man in his late seventies", 'M', -1, -1),
        new("A human voice, German accent", 'X', 0, 0),
        new("A middle-aged man with old-fashioned manners", 'M', 0, 0),
        new("A man who reads without hurry in a deep voice", 'M', -1, 0),
        new("A high-energy radio host, male", 'M', 1, 1),
        new("A man with a low volume", 'M', 0, 0),
        new("Not only deep but slow, a king", 'M', -1, -1),
        new("A breathless, urgent woman", 'F', 0, 1),
        new("A sad, weary old man", 'M', -1, -1),
        new("An excited girl", 'F', 1, 1),

        new("一位年迈的男性，声音低沉，语速缓慢", 'M', -1, -1),
        new("年轻女性，声音明亮，语速快", 'F', 1, 1),
        new("中年女声", 'F', 0, 0),
        new("低沉的男声", 'M', -1, 0),
        new("温柔的女老师，不紧不慢", 'F', 0, -1),
        new("一个小女孩", 'F', 1, 0),
        new("八十岁的老爷爷", 'M', -1, -1),
    ];
}
