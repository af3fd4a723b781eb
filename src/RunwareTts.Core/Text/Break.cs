namespace RunwareTts.Text;

/// <summary>What a cut would fall between; the greater, the better.</summary>
internal enum Break
{
    None,

    /// <summary>What belongs together, such as Dr. and a name, or two ideographs: only where there is no other.</summary>
    Tight,
    Word,
    Clause,
    Sentence,
}
