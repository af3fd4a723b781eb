using RunwareTts.Catalog;

namespace RunwareTts.Requests;

/// <summary>Model and voice of a request, and what goes with them.</summary>
internal sealed record VoiceChoice(string Model, string Voice)
{
    public string? Style { get; init; }
    public string? Description { get; init; }
    public string? ReferenceAudio { get; init; }
    public string? Transcript { get; init; }
    public TtsVoice? Kept { get; init; }
}

/// <summary>
/// Which model and which voice a row asks for. Source: model, positivePrompt, speech.voice, inputs.audio and
/// settings.transcript on the pages of the three models.
/// </summary>
internal sealed class VoiceRules(IVoiceLookup voices, Findings findings)
{
    private static string Auto => SpeechCatalog.CustomVoice.DefaultVoice;

    private static string Design => SpeechCatalog.VoiceDesign.DefaultVoice;

    private static string Clone => SpeechCatalog.Base.DefaultVoice;

    /// <summary>A name that means a preset voice, or none in particular.</summary>
    public static bool IsReserved(string voice) =>
        Same(voice, Auto) || Same(voice, Design) || Same(voice, Clone) || SpeechCatalog.FindVoice(voice) is not null;

    /// <exception cref="TtsException">VoiceInvalid.</exception>
    public VoiceChoice Read(SpeechRow row)
    {
        VoiceCells cells = new(row);
        TtsModel? known = cells.Model is null ? null : SpeechCatalog.FindModel(cells.Model);
        if (cells.Model is { } id && known is null)
            return ReadUnknown(id, cells);
        TtsVoice? kept = cells.Voice is { } voice && !IsReserved(voice) ? voices.Find(voice) : null;
        TtsModel model = known
            ?? (cells.ReferenceAudio is not null || kept is not null || Same(cells.Voice, Clone) ? SpeechCatalog.Base
            : cells.Description is not null || Same(cells.Voice, Design) ? SpeechCatalog.VoiceDesign
            : SpeechCatalog.CustomVoice);
        if (model == SpeechCatalog.Base)
            return kept is null ? ReadClip(cells) : ReadKept(cells, kept);
        RefuseClip(cells, model);
        if (kept is not null)
        {
            findings.Refuse("Voice", $"Voice '{kept.Name}' is a kept voice, which Base speaks with and {model.Name} "
                + "does not. Leave Model out.");
            return new VoiceChoice(model.ModelId, kept.Name);
        }

        return new VoiceChoice(model.ModelId,
            model == SpeechCatalog.VoiceDesign ? CheckDesign(cells) : ChoosePreset(cells))
        {
            Style = cells.Style,
            Description = cells.Description,
        };
    }

    private string CheckDesign(VoiceCells cells)
    {
        if (cells.Description is null)
            findings.Refuse("VoiceDescription", "VoiceDesign needs a VoiceDescription: the voice in natural language, "
                + "such as 'A warm, cheerful male voice with moderate pace'. For a preset voice use CustomVoice; "
                + "Get-TtsVoice lists them.");
        if (cells.Style is { } style)
            findings.Refuse("Style", $"Style '{Words.Short(style)}' belongs to CustomVoice and cannot be used with "
                + "VoiceDesign or a VoiceDescription. Put it into the VoiceDescription.");
        if (cells.Voice is not { } voice || Same(voice, Design) || Same(voice, Auto))
            return Design;
        findings.Refuse("Voice", KeptName.IsOf(voice, cells.Description) ? NotHere(voice)
            : SpeechCatalog.FindVoice(voice) is not null
            ? $"Voice '{voice}' belongs to CustomVoice and cannot be used with VoiceDesign or "
                + "a VoiceDescription. Leave Voice out, or use CustomVoice with a Style for a hint."
            : $"Voice '{voice}' is not a kept voice, and no other voice can be used with VoiceDesign or a "
                + $"VoiceDescription.{DidYouMean(voice)} Leave Voice out; Get-TtsVoice -Kind Kept lists kept voices.");
        return Design;
    }

    private string ChoosePreset(VoiceCells cells)
    {
        if (cells.Description is { } description)
            findings.Refuse("VoiceDescription", $"VoiceDescription '{Words.Short(description)}' belongs to "
                + "VoiceDesign and cannot be used with CustomVoice. Use Style for a hint, or Model VoiceDesign.");
        if (cells.Voice is not { } voice || Same(voice, Auto))
            return Auto;
        if (Same(voice, Design) || Same(voice, Clone))
            findings.Refuse("Voice", Same(voice, Design)
                ? "Voice 'design' belongs to VoiceDesign and cannot be used with CustomVoice. "
                    + "Choose a preset voice (Get-TtsVoice lists them) or auto, or leave Model out and give a "
                    + "VoiceDescription."
                : "Voice 'clone' belongs to Base and cannot be used with CustomVoice. Choose a preset voice "
                    + "(Get-TtsVoice lists them) or auto, or leave Model out and give a ReferenceAudio.");
        if (SpeechCatalog.FindVoice(voice) is { } preset)
            return preset.Name;

        string[] names = [.. SpeechCatalog.Voices.Select(v => v.Name)];
        findings.Warnings.Add($"Voice '{voice}' is not one that this module knows ({string.Join(", ", names)}), "
            + "nor a kept one; it is sent unchanged, and refused if the service does not know it either."
            + DidYouMean(voice));
        return voice;
    }

    private VoiceChoice ReadKept(VoiceCells cells, TtsVoice kept)
    {
        if (cells.Style is { } style)
            RefuseStyle(style);
        if (cells.ReferenceAudio is not null)
            findings.Refuse("ReferenceAudio", $"ReferenceAudio cannot be used with the kept voice '{kept.Name}', which "
                + "has a clip of its own. Leave one of the two out.");
        if (cells.Transcript is { } transcript && transcript != kept.Transcript)
            findings.Refuse("Transcript", $"Transcript '{Words.Short(transcript)}' is not that of the kept voice "
                + $"'{kept.Name}'. Leave it out: the voice has its own.");
        // A result has the description of its voice. One that was changed since asks for another voice.
        if (cells.Description is { } description && !KeptName.IsOf(kept.Name, description)
            && (kept.Description is null || KeptName.Of(kept.Description) != KeptName.Of(description)))
            findings.Refuse("VoiceDescription", $"VoiceDescription '{Words.Short(description)}' is not that of the "
                + $"kept voice '{kept.Name}'. For that voice leave the VoiceDescription out; for another one leave "
                + "Voice and Model out.");
        return new VoiceChoice(SpeechCatalog.Base.ModelId, kept.Name)
        {
            Description = cells.Description ?? kept.Description,
            Transcript = kept.Transcript,
            Kept = kept,
        };
    }

    private VoiceChoice ReadClip(VoiceCells cells)
    {
        if (cells.Voice is { } kept && KeptName.IsOf(kept, cells.Description))
        {
            findings.Refuse("Voice", NotHere(kept));
            return new VoiceChoice(SpeechCatalog.Base.ModelId, kept);
        }

        bool isNamed = cells.Voice is { } given && !Same(given, Clone) && !Same(given, Auto);
        if (isNamed)
            findings.Refuse("Voice", SpeechCatalog.FindVoice(cells.Voice!) is not null || Same(cells.Voice, Design)
                ? $"Voice '{cells.Voice}' cannot be used with Base or a ReferenceAudio, whose clip is the voice. Leave "
                    + "one of them out."
                : $"Voice '{cells.Voice}' is not a kept voice, and no other voice can be used with Base or a "
                    + $"ReferenceAudio.{DidYouMean(cells.Voice!)} Get-TtsVoice -Kind Kept lists them.");
        if (cells.Style is { } style)
            RefuseStyle(style);
        if (cells.Description is { } description)
            findings.Refuse("VoiceDescription", $"VoiceDescription '{Words.Short(description)}' belongs to VoiceDesign "
                + "and cannot be used with Base or a ReferenceAudio. Leave one of them out; New-TtsVoice keeps a "
                + "described voice.");
        if (cells.ReferenceAudio is null && !isNamed)
            findings.Refuse("ReferenceAudio", "Base needs a voice to clone: a ReferenceAudio (the path or URL of a "
                + "clip, or the UUID of stored media), or a kept Voice. New-TtsVoice keeps one.");
        if (cells.ReferenceAudio is null)
            RefuseTranscript(cells.Transcript);
        else if (cells.Transcript is null)
            findings.Warnings.Add("Without a Transcript only the speaker's embedding of the ReferenceAudio is used, "
                + "and the voice is less similar. Give what is said in the clip as -Transcript.");
        return new VoiceChoice(SpeechCatalog.Base.ModelId, Clone)
        {
            ReferenceAudio = cells.ReferenceAudio,
            Transcript = cells.Transcript,
        };
    }

    private void RefuseClip(VoiceCells cells, TtsModel model)
    {
        if (cells.ReferenceAudio is not null)
            findings.Refuse("ReferenceAudio", $"ReferenceAudio belongs to Base and cannot be used with {model.Name}. "
                + "Leave Model out, or the ReferenceAudio.");
        else
            RefuseTranscript(cells.Transcript);
    }

    private void RefuseTranscript(string? transcript)
    {
        if (transcript is not null)
            findings.Refuse("Transcript", $"Transcript '{Words.Short(transcript)}' is what a ReferenceAudio says, and "
                + "the row has none. Give the ReferenceAudio, or leave the Transcript out.");
    }

    private void RefuseStyle(string style) =>
        findings.Refuse("Style", $"Style '{Words.Short(style)}' belongs to CustomVoice and cannot be used with Base, "
            + "which takes the manner of the clip. Leave it out, or use a clip in that manner.");

    // What the service's other models take is known to their pages only.
    private VoiceChoice ReadUnknown(string model, VoiceCells cells)
    {
        if (model.Contains(':') && model.Contains('@'))
            findings.Warnings.Add($"Model '{model}' is not one that this module knows "
                + $"({string.Join(", ", SpeechCatalog.Models.Select(m => m.ModelId))}); it is sent unchanged, with its "
                + "voice and Option unchecked, and refused if the service does not know it either.");
        else
            findings.Refuse("Model", Errors.UnknownModel(model).Message);
        string voice = cells.Voice is not { } given ? cells.Description is null ? "" : Design
            : SpeechCatalog.FindVoice(given)?.Name ?? given;
        return new VoiceChoice(model, voice)
        {
            Style = cells.Style,
            Description = cells.Description,
            ReferenceAudio = cells.ReferenceAudio,
            Transcript = cells.Transcript,
        };
    }

    // A result of -KeepVoice that is a row again.
    private static string NotHere(string voice) =>
        $"Voice '{voice}' was kept for this description, and there is no such voice here. Give the -OutputDirectory "
            + "of its batch or -VoiceFolder, or -KeepVoice to cast it again.";

    private string DidYouMean(string voice) => Words.DidYouMean(
        Nearness.Find(voice, SpeechCatalog.Voices.Select(v => v.Name).Concat(voices.Names)));

    private static bool Same(string? left, string right) =>
        string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    // The cells that choose a voice; null where they are blank.
    private sealed class VoiceCells(SpeechRow row)
    {
        public string? Model { get; } = CellParser.Clean(row.Model);
        public string? Voice { get; } = CellParser.Clean(row.Voice);
        public string? Style { get; } = CellParser.Clean(row.Style);
        public string? Description { get; } = CellParser.Clean(row.VoiceDescription);
        public string? ReferenceAudio { get; } = CellParser.Clean(row.ReferenceAudio);
        public string? Transcript { get; } = CellParser.Clean(row.Transcript);
    }
}
