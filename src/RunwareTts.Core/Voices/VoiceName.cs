using System.Text.RegularExpressions;
using RunwareTts.Catalog;
using RunwareTts.Files;
using RunwareTts.Requests;

namespace RunwareTts.Voices;

/// <summary>Which names a kept voice may have: a file's name on every system, and no word of PowerShell.</summary>
internal static class VoiceName
{
    private static readonly Regex Allowed = new(@"^[\p{L}\p{N}][\p{L}\p{M}\p{N}._-]*\z");

    /// <summary>Why no kept voice can have this name; null where one can.</summary>
    public static string? Fault(string name) =>
        string.IsNullOrWhiteSpace(name) ? "is blank."
        : SpeechCatalog.FindVoice(name) is not null ? "is the name of a preset voice."
        : VoiceRules.IsReserved(name) ? "has a meaning of its own as a voice."
        : SafeName.Fault(name) is { } fault ? fault
        : !Allowed.IsMatch(name) ? "has a blank or another character that is no letter, digit, dot, underscore or "
            + "hyphen, or does not begin with a letter or digit."
        : null;
}
