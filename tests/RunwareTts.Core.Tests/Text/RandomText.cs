using System.Text;

namespace RunwareTts.Tests.Text;

/// <summary>Texts that nobody would write, of words, marks and odd characters of many scripts; the same again for the same seed.</summary>
/// <param name="seed">Which.</param>
/// <param name="isSpoken">Nothing is in it that alone would be nothing to speak.</param>
internal sealed class RandomText(int seed, bool isSpoken)
{
    private static readonly string[] Words =
    [
        "a", "I", "word", "Straße", "naïve", "été", "данные", "Это", "한국어", "가나다", "ㄱ", "你", "北京大学", "日本", "ひらがな", "カタカナー", "ภาษาไทย", "नमस्ते", "क्ष", "العربية",
        "Dr.", "z. B.", "U.S.", "т. е.", "J. R. R.", "p. ej.", "etc.", "3.14", "1,000,000", "12:30", "$5.00", "1.5 km", "2024年5月3日", "https://example.org/a?b=c,d", "x.y@example.org", "well-known", "don’t",
    ];

    private static readonly string[] Marks =
    [
        ".", "!", "?", "…", "...", "?!", ",", ";", ":", "—", "–", "-", "。", "！", "？", "，", "、", "；", "：", "……", "——", "\"", "'", "“", "”", "‘", "’", "«", "»", "„", "(", ")", "[", "]", "「", "」", "『", "』", "（", "）",
    ];

    private static readonly string[] Spaces = [" ", " ", " ", " ", "  ", "\n", "\r\n", "\n\n", "\r\n\r\n", "\t", "\u00A0", "\u202F", "\u3000", "\n\u3000", "\n    ", "\f", "\u2028", "\u2029", "\u0085"];

    private static readonly string[] Odd =
    [
        "😀", "👨‍👩‍👧‍👦", "👍🏽", "🇩🇪", "🇩", "1️⃣", "❤️", "e\u0301", "\u0301", "\u3099", "か\u3099", "각", "\u1100\u1161\u11A8", "𠮷", "葛\U000E0100", "𝒳", "Z͑ͫ̓ͪ̂ͫ̽͏̴", "ー", "々", "\ufffd",
        "\u200B", "\u200D", "\u2060", "\u00AD", "\uFEFF", "\u0001",
    ];

    private const int Unspoken = 6;

    private readonly Random _random = new(seed);

    public int Next(int least, int most) => _random.Next(least, most + 1);

    public string Make(int pieces)
    {
        // Each text has a taste of its own: one with few blanks finds other faults than one with many.
        int[] taste = [_random.Next(1, 9), _random.Next(0, 6), _random.Next(0, 9), _random.Next(0, 3)];
        StringBuilder text = new();
        for (int n = 0; n < pieces; n++)
        {
            int kind = _random.Next(taste.Sum());
            string[] bag = kind < taste[0] ? Words : kind < taste[0] + taste[1] ? Marks : kind < taste[0] + taste[1] + taste[2] ? Spaces : Odd;
            string piece = bag[_random.Next(bag == Odd && isSpoken ? Odd.Length - Unspoken : bag.Length)];
            text.Insert(text.Length, piece, _random.Next(50) == 0 ? _random.Next(1, 200) : 1);
        }

        return text.ToString();
    }
}
