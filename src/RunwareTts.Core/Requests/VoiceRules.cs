using RunwareTts.Catalog;

namespace RunwareTts.Requests;

/// <summary>Which model and which voice a row asks for. Source: model, positivePrompt and speech.voice on the two model pages.</summary>
internal static class VoiceRules
{
    public static (string Model, string Voice, string? Style, string? Description) Read(SpeechRow row, Findings findings)
    {
        string? description = Cell.Clean(row.VoiceDescription);
        string? style = Cell.Clean(row.Style);
        string? voice = Cell.Clean(row.Voice);
        bool asksDesign = Same(voice, SpeechCatalog.VoiceDesign.DefaultVoice);

        string? named = Cell.Clean(row.Model);
        TtsModel? known = named is null
            ? description is not null || asksDesign ? SpeechCatalog.VoiceDesign : SpeechCatalog.CustomVoice
            : SpeechCatalog.FindModel(named);
        if (known is null)
            CheckUnknownModel(named!, findings);

        bool design = known is null ? description is not null || asksDesign : known == SpeechCatalog.VoiceDesign;
        string sent = design
            ? Design(voice, style, description, findings)
            : Preset(voice, description, findings);
        return (known?.ModelId ?? named!, sent, style, description);
    }

    private static string Design(string? voice, string? style, string? description, Findings findings)
    {
        if (description is null)
            findings.Refuse("VoiceDescription", "VoiceDesign needs a VoiceDescription: the voice in natural language, such as 'A warm, cheerful male voice with moderate pace'. For a preset voice use CustomVoice; Get-TtsVoice lists them.");
        if (style is not null)
            findings.Refuse("Style", $"Style '{Words.Short(style)}' belongs to CustomVoice and cannot go with VoiceDesign or a VoiceDescription. Say it within the VoiceDescription.");
        if (voice is not null && !Same(voice, SpeechCatalog.VoiceDesign.DefaultVoice) && !Same(voice, SpeechCatalog.CustomVoice.DefaultVoice))
            findings.Refuse("Voice", $"Voice '{voice}' belongs to CustomVoice and cannot go with VoiceDesign or a VoiceDescription. Leave Voice out, or speak by CustomVoice with a Style for a hint.");
        return SpeechCatalog.VoiceDesign.DefaultVoice;
    }

    private static string Preset(string? voice, string? description, Findings findings)
    {
        if (description is not null)
            findings.Refuse("VoiceDescription", $"VoiceDescription '{Words.Short(description)}' belongs to VoiceDesign and cannot go with CustomVoice. Use Style for a hint, or Model VoiceDesign.");
        if (voice is null || Same(voice, SpeechCatalog.CustomVoice.DefaultVoice))
            return SpeechCatalog.CustomVoice.DefaultVoice;
        if (Same(voice, SpeechCatalog.VoiceDesign.DefaultVoice))
            findings.Refuse("Voice", "Voice 'design' belongs to VoiceDesign and cannot go with CustomVoice. Choose a preset voice (Get-TtsVoice lists them) or auto, or leave Model out and give a VoiceDescription.");
        if (SpeechCatalog.FindVoice(voice) is { } preset)
            return preset.Name;

        string? near = Nearness.Find(voice, SpeechCatalog.Voices.Select(v => v.Name));
        findings.Warnings.Add($"Voice '{voice}' is not one that this module knows "
            + $"({string.Join(", ", SpeechCatalog.Voices.Select(v => v.Name))}); "
            + $"it is sent as it stands, and refused if the service does not know it either.{Words.DidYouMean(near)}");
        return voice;
    }

    private static void CheckUnknownModel(string model, Findings findings)
    {
        if (model.Contains(':') && model.Contains('@'))
            findings.Warnings.Add($"Model '{model}' is not one that this module knows ({string.Join(", ", SpeechCatalog.Models.Select(m => m.ModelId))}); it is sent as it stands, and refused if the service does not know it either.");
        else
            findings.Refuse("Model", Errors.UnknownModel(model).Message);
    }

    private static bool Same(string? left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
