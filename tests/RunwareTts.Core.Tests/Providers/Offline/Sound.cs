using RunwareTts.Providers.Offline;
using RunwareTts.Requests;

namespace RunwareTts.Tests.Providers.Offline;

/// <summary>How one sentence sounds: median pitch in Hz, length, and how much of what is loud is voiced.</summary>
internal sealed record Sound(double Pitch, double Seconds, double Voiced)
{
    public static Sound Of(SpeechRow row)
    {
        byte[] wav = Task.Run(() => DraftSpeaker.SpeakAsync(RowReader.Read(row with { Text = DescribedVoice.Sentence, OutputFormat = "WAV", Language = "en" }).Request!, 0, CancellationToken.None)).Result;
        PitchTrack track = PitchTrack.Of(wav);
        return new Sound(track.Median, (wav.Length - 44) / 2.0 / BitConverter.ToInt32(wav, 24), track.Voiced);
    }
}
