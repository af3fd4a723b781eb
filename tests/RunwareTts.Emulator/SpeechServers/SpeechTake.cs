namespace RunwareTts.Emulator;

/// <summary>
/// Sound: mono PCM of 16 bits, little-endian. Tokens were generated for it, 12.5 a second before the speed. It is cut
/// when their cap ended it.
/// </summary>
internal sealed record SpeechTake(byte[] Pcm, int Rate, int Tokens, bool IsCut);
