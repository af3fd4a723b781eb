using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace RunwareTts.Emulator;

/// <summary>A tone that is as long as the text would be, swells like syllables, and differs by text and seed.</summary>
internal static class SpeechSound
{
    public const double TokensASecond = 12.5;
    private const double LettersASecond = 14;

    // A letter of Chinese, Japanese or Korean takes as long as three of the others.
    private const int WideLetter = 3;
    private const int LeastTokens = 4;
    private const double Loudness = 8000;
    private const double SyllablesASecond = 4;

    // Its zero crossings are those of speech.
    private const double SpeechPitch = 700;
    private const double PitchRange = 300;

    // Those of babble, whose level falls by 25 dB.
    private const double BabblePitch = 2400;
    private const double BabbleEnd = 0.056;

    public static SpeechTake Speak(SpeechJob job, SpeechServerSwitches switches)
    {
        var natural = switches.Tiny ? 1 : NaturalTokens(job.Text);
        var runaway = SpeechServerSwitches.Hits(switches.RunawayText, job.Text);
        var tokens = runaway ? job.MaxTokens : Math.Min(natural, job.MaxTokens);
        var tone = Tone(job, SpeechServerSwitches.Hits(switches.BabbleText, job.Text));
        var spoken = Samples(Math.Min(natural, tokens), job);
        var pcm = new byte[Samples(tokens, job) * 2];
        for (var at = 0; at < pcm.Length / 2; at++)
        {
            var sample = at < spoken ? tone.At(at, spoken, job.Rate) : NearSilence(at);
            BinaryPrimitives.WriteInt16LittleEndian(pcm.AsSpan(at * 2), sample);
        }
        return new SpeechTake(pcm, job.Rate, tokens, IsCut: runaway || natural > job.MaxTokens);
    }

    public static int NaturalTokens(string text)
    {
        var wide = text.Count(letter => letter >= '\u2E80');
        var letters = text.Length - wide + wide * WideLetter;
        return Math.Max(LeastTokens, (int)Math.Ceiling(letters / LettersASecond * TokensASecond));
    }

    // The servers stretch what was generated, so a speed changes the samples and not the tokens.
    private static int Samples(int tokens, SpeechJob job) => (int)(tokens / TokensASecond / job.Speed * job.Rate);

    private static Voice Tone(SpeechJob job, bool babble)
    {
        var content = $"{job.Text}\n{job.Voice}\n{job.Instructions}\n{job.Seed}\n{job.Clip}";
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(content));
        var share = BinaryPrimitives.ReadUInt32LittleEndian(digest) / (double)uint.MaxValue;
        var phase = digest[4] / 256.0;
        return babble
            ? new Voice(BabblePitch, phase, BabbleEnd)
            : new Voice(SpeechPitch + PitchRange * share, phase, EndLevel: 1);
    }

    private static short NearSilence(int at) => (short)((at * 31 + at / 7) % 5 - 2);

    private readonly record struct Voice(double Pitch, double Phase, double EndLevel)
    {
        public short At(int sample, int count, int rate)
        {
            var time = sample / (double)rate;
            var syllable = Math.Sin(Math.PI * (SyllablesASecond * time + Phase));
            var level = (0.3 + 0.7 * syllable * syllable) * Math.Pow(EndLevel, sample / (double)count);
            return (short)(Loudness * level * Math.Sin(2 * Math.PI * (Pitch * time + Phase)));
        }
    }
}
