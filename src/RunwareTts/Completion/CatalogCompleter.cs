using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using RunwareTts.Catalog;

namespace RunwareTts.Completion;

/// <summary>Completes from the catalogue: no network, no exception.</summary>
public abstract class CatalogCompleter : IArgumentCompleter
{
    /// <summary>The values and what a tooltip says of each.</summary>
    protected abstract IEnumerable<(string Value, string Tip)> Values { get; }

    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string word = (wordToComplete ?? "").Trim('\'', '"');
        return Values
            .Where(v => v.Value.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            .Select(v => new CompletionResult(v.Value, v.Value, CompletionResultType.ParameterValue, v.Tip));
    }
}

public sealed class VoiceCompleter : CatalogCompleter
{
    protected override IEnumerable<(string Value, string Tip)> Values =>
        SpeechCatalog.Voices.Select(v => (v.Name, $"{v.Gender}, {v.NativeLanguage}. {v.Description}"))
            .Append((SpeechCatalog.CustomVoice.Voice, "The service chooses."));
}

public sealed class LanguageCompleter : CatalogCompleter
{
    protected override IEnumerable<(string Value, string Tip)> Values =>
        SpeechCatalog.Languages.Select(l => (l.Name, l.Code is null ? "The service finds it out." : $"{l.Name} ({l.Code})"));
}

public sealed class ModelCompleter : CatalogCompleter
{
    protected override IEnumerable<(string Value, string Tip)> Values => SpeechCatalog.Models.Select(m => (m.Name, $"{m.Title}: {m.Id}"));
}

public sealed class FormatCompleter : CatalogCompleter
{
    protected override IEnumerable<(string Value, string Tip)> Values =>
        SpeechCatalog.Formats.Select(f => (f.Name, f.IsLossy ? "Compressed; takes Bitrate, SampleRate and Channels." : "Lossless; takes no audio settings."));
}

public sealed class OutputTypeCompleter : CatalogCompleter
{
    protected override IEnumerable<(string Value, string Tip)> Values => SpeechCatalog.OutputTypes.Select(t => (t, t));
}
