namespace RunwareTts.Text;

/// <summary>What a cut would separate; the greater, the better.</summary>
internal enum Break
{
    None,

    /// <summary>Words that belong together, such as Dr. and a name, or two ideographs: a last resort.</summary>
    Tight,
    Word,
    Clause,
    Sentence,
}
