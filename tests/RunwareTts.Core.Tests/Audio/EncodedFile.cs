namespace RunwareTts.Tests.Audio;

/// <summary>A file which ffmpeg makes from our signal, and what is true of it.</summary>
internal sealed record EncodedFile(string Name, string Codec, int Rate, int Channels, int? Bitrate, params string[] Options)
{
    public static readonly EncodedFile[] All =
    [
        Mp3(8000, 1, 8), Mp3(8000, 1, 64), Mp3(11025, 1, 32), Mp3(16000, 1, 48), Mp3(24000, 1, 64), Mp3(24000, 1, 128),
        Mp3(24000, 2, 160), Mp3(44100, 2, 128), Mp3(48000, 1, 32), Mp3(48000, 2, 320),
        new("vbr-24.mp3", "MP3", 24000, 1, null, "-c:a", "libmp3lame", "-q:a", "4"),
        new("vbr-44.mp3", "MP3", 44100, 2, null, "-c:a", "libmp3lame", "-q:a", "2"),
        new("vbr-bare.mp3", "MP3", 24000, 1, null, "-c:a", "libmp3lame", "-q:a", "4", "-write_xing", "0"),
        new("bare.mp3", "MP3", 24000, 1, 64, "-c:a", "libmp3lame", "-b:a", "64k", "-write_xing", "0"),
        new("tags.mp3", "MP3", 24000, 1, 64, "-c:a", "libmp3lame", "-b:a", "64k", "-metadata", "title=Tag", "-write_id3v1", "1"),
        Vorbis(8000, 1, 16), Vorbis(16000, 1, 96), Vorbis(24000, 1, 80), Vorbis(24000, 2, 160), Vorbis(44100, 2, 128), Vorbis(48000, 1, 224),
        Opus(24000, 1), Opus(48000, 1), Opus(24000, 2),
        new("flac-24.oga", "FLAC", 24000, 1, null, "-c:a", "flac"),
        new("speex-16.spx", "Speex", 16000, 1, null, "-c:a", "libspeex"),
        Flac(8000, 1), Flac(24000, 1), Flac(44100, 2), Flac(48000, 2, "-sample_fmt", "s32"), Flac(11025, 1),
        Wav(8000, 1, "PCM", "pcm_u8"), Wav(24000, 1, "PCM", "pcm_s16le"), Wav(24000, 2, "PCM", "pcm_s24le"), Wav(44100, 2, "PCM", "pcm_s32le"),
        Wav(48000, 1, "PCM float", "pcm_f32le"), Wav(8000, 1, "A-law", "pcm_alaw"), Wav(8000, 1, "mu-law", "pcm_mulaw"),
        Wav(24000, 1, "ADPCM", "adpcm_ima_wav"),
    ];

    public long Samples => TestSignal.SamplesAt(Rate);

    public string Format => Path.GetExtension(Name) switch { ".mp3" => "MP3", ".wav" => "WAV", ".flac" => "FLAC", _ => "OGG" };

    public static EncodedFile Named(string name) => All.Single(file => file.Name == name);

    private static EncodedFile Mp3(int rate, int channels, int kbps) =>
        new($"{rate}-{channels}-{kbps}.mp3", "MP3", rate, channels, kbps, "-c:a", "libmp3lame", "-b:a", $"{kbps}k");

    private static EncodedFile Vorbis(int rate, int channels, int kbps) =>
        new($"{rate}-{channels}-{kbps}.ogg", "Vorbis", rate, channels, kbps, "-c:a", "libvorbis", "-b:a", $"{kbps}k");

    private static EncodedFile Opus(int rate, int channels) => new($"{rate}-{channels}.opus", "Opus", rate, channels, null, "-c:a", "libopus");

    private static EncodedFile Flac(int rate, int channels, params string[] options) =>
        new($"{rate}-{channels}.flac", "FLAC", rate, channels, null, options);

    private static EncodedFile Wav(int rate, int channels, string codec, string encoder) =>
        new($"{encoder}-{rate}.wav", codec, rate, channels, null, "-c:a", encoder);
}
