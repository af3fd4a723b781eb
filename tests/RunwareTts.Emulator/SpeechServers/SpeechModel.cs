namespace RunwareTts.Emulator;

/// <summary>The checkpoint of a speech server. The names are those of task_type.</summary>
public enum SpeechModel
{
    CustomVoice,
    VoiceDesign,
    Base,
}
