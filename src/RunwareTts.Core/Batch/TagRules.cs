using RunwareTts.Files;
using RunwareTts.Joining;
using RunwareTts.Ledger;

namespace RunwareTts.Batch;

/// <summary>What -Tag can do, and which files need it no more.</summary>
internal static class TagRules
{
    /// <param name="target">The files; null for none.</param>
    /// <param name="format">Their format; null where it is not known yet.</param>
    /// <exception cref="TtsException">InvalidRequest.Tag, OfflineToolMissing.</exception>
    public static void Check(OutputTarget? target, string? format)
    {
        if (target is null)
            throw Errors.Invalid("Tag", "-Tag is written into a file, and nothing is saved here. Give OutputPath or -OutputDirectory, or give -Tag to Save-TtsSpeech later.");
        if (format is not null)
            AudioTagger.Require(format);
    }

    /// <summary>No tags are asked for, or those that the file has.</summary>
    public static bool Suit(AudioTags? asked, LedgerEvent file) => asked is null || asked.Hash == file.Tags;
}
