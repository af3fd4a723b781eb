namespace RunwareTts.Files;

/// <summary>What becomes of a file whose name a new one is to bear.</summary>
internal enum Replacing
{
    /// <summary>It stays, and the new one is an IOException.</summary>
    Never,

    /// <summary>It goes before the new one is on record: it is other audio, and must not be taken for that.</summary>
    Aside,

    /// <summary>It stays until the new one is there: it is the same audio, and both are on record.</summary>
    InPlace,
}
