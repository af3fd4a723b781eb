namespace RunwareTts.Emulator;

/// <summary>Which program serves the open weights.</summary>
public enum SpeechServerKind
{
    VllmOmni,
    SglangOmni,

    /// <summary>A small FastAPI server of the OpenAI speech shape.</summary>
    Plain,
}
