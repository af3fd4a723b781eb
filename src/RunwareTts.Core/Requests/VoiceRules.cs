using RunwareTts.Catalog;

namespace RunwareTts.Requests;

/// <summary>Model and voice as they are sent, and what goes with them.</summary>
internal sealed record VoiceChoice(string Model, string Voice, string? Style, string? Description);

/// <summary>
/// Which model and which voice a row asks for. Source: model, positivePrompt and speech.voice on the two model pages.
/// </summary>
internal static class VoiceRules
{
    private static string Auto => SpeechCatalog.CustomVoice.DefaultVoice;

    private static string Design => SpeechCatalog.VoiceDesign.DefaultVoice;

    public static VoiceChoice Read(SpeechRow row, Findings findings)
    {
        string? description = CellParser.Clean(row.VoiceDescription);
        string? style = CellParser.Clean(row.Style);
        string? voice = CellParser.Clean(row.Voice);
        string? named = CellParser.Clean(row.Model);
        bool asksDesign = description is not null || Same(voice, Design);
        TtsModel? known = named is not null ? SpeechCatalog.FindModel(named)
            : asksDesign ? SpeechCatalog.VoiceDesign : SpeechCatalog.CustomVoice;
        if (known is null)
            CheckUnknownModel(named!, findings);

        bool isDesign = known is null ? asksDesign : known == SpeechCatalog.VoiceDesign;
        string sent = isDesign ? CheckDesign(voice, style, description, findings)
            : ChoosePreset(voice, description, findings);
        return new VoiceChoice(known?.ModelId ?? named!, sent, style, description);
    }

    private static string CheckDesign(string? voice, string? style, string? description, Findings findings)
    {
        if (description is null)
            findings.Refuse("VoiceDescription", "VoiceDesign needs a VoiceDescription: the voice in natural language, "
                + "such as 'A warm, cheerful male voice with moderate pace'. For a preset voice use CustomVoice; "
                + "Get-TtsVoice lists them.");
        if (style is not null)
            findings.Refuse("Style", $"Style '{Words.Short(style)}' belongs to CustomVoice and cannot be used with "
                + "VoiceDesign or a VoiceDescription. Put it into the VoiceDescription.");
        if (voice is not null && !Same(voice, Design) && !Same(voice, Auto))
            findings.Refuse("Voice", $"Voice '{voice}' belongs to CustomVoice and cannot be used with VoiceDesign or "
                + "a VoiceDescription. Leave Voice out, or use CustomVoice with a Style for a hint.");
        return Design;
    }

    private static string ChoosePreset(string? voice, string? description, Findings findings)
    {
        if (description is not null)
            findings.Refuse("VoiceDescription", $"VoiceDescription '{Words.Short(description)}' belongs to "
                + "VoiceDesign and cannot be used with CustomVoice. Use Style for a hint, or Model VoiceDesign.");
        if (voice is null || Same(voice, Auto))
            return Auto;
        if (Same(voice, Design))
            findings.Refuse("Voice", "Voice 'design' belongs to VoiceDesign and cannot be used with CustomVoice. "
                + "Choose a preset voice (Get-TtsVoice lists them) or auto, or leave Model out and give a "
                + "VoiceDescription.");
        if (SpeechCatalog.FindVoice(voice) is { } preset)
            return preset.Name;

        string[] names = [.. SpeechCatalog.Voices.Select(v => v.Name)];
        findings.Warnings.Add($"Voice '{voice}' is not one that this module knows ({string.Join(", ", names)}); it is "
            + "sent unchanged, and refused if the service does not know it either."
            + Words.DidYouMean(Nearness.Find(voice, names)));
        return voice;
    }

    private static void CheckUnknownModel(string model, Findings findings)
    {
        if (model.Contains(':') && model.Contains('@'))
            findings.Warnings.Add($"Model '{model}' is not one that this module knows "
                + $"({string.Join(", ", SpeechCatalog.Models.Select(m => m.ModelId))}); it is sent unchanged, and "
                + "refused if the service does not know it either.");
        else
            findings.Refuse("Model", Errors.UnknownModel(model).Message);
    }

    private static bool Same(string? left, string right) =>
        string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
