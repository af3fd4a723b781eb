using System.Text;

namespace RunwareTts.Tests.Audio;

/// <summary>Files that bear the name of audio and are none.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="What">What it is.</param>
/// <param name="Says">What a reader should say of it.</param>
/// <param name="Make">Makes it.</param>
internal sealed record NoAudio(string Name, string What, string Says, Func<TrapKitchen, byte[]> Make)
{
    public static IReadOnlyList<NoAudio> All { get; } =
    [
        new("empty.mp3", "nothing", "empty", _ => []),
        new("page.mp3", "a web page", "a web page", _ => Twists.Page),
        new("page-bom.mp3", "a web page with a byte order mark", "a web page", _ => [0xEF, 0xBB, 0xBF, .. "\r\n<!DOCTYPE html>"u8, .. Twists.Page]),
        new("error.mp3", "the service's JSON", "JSON", _ => Encoding.UTF8.GetBytes("""{"errors":[{"code":"taskNotFound","message":"…"}]}""")),
        new("text.wav", "text", "text", _ => Encoding.UTF8.GetBytes("Not found. Nicht gefunden. 見つかりません。")),
        new("picture.mp3", "a PNG image", "a PNG image", k => k.Encode("ffmpeg -nostdin -v error -f lavfi -i testsrc -frames:v 1 {out}", ".png", 24000, 1)),
        new("film.mp3", "MP4 with AAC in it", "an MP4 file", k => k.Encode("ffmpeg -nostdin -v error -i {in} {out}", ".m4a", 24000, 1)),
        new("mp3-in-mp4.mp3", "MP4 with MP3 frames in it", "an MP4 file", k => k.Encode("ffmpeg -nostdin -v error -i {in} -c:a libmp3lame {out}", ".mp4", 24000, 1)),
        new("mp3-in-mkv.mp3", "Matroska with MP3 frames in it", "a Matroska or WebM file", k => k.Encode("ffmpeg -nostdin -v error -i {in} -c:a libmp3lame {out}", ".mkv", 24000, 1)),
        new("mp3-in-avi.wav", "AVI with MP3 frames in it", "a RIFF file without WAVE audio", k => k.Encode("ffmpeg -nostdin -v error -i {in} -c:a libmp3lame {out}", ".avi", 24000, 1)),
        new("aac.mp3", "AAC in ADTS", "AAC", k => k.Encode("ffmpeg -nostdin -v error -i {in} {out}", ".aac", 24000, 1)),
        new("aiff.wav", "AIFF", "an AIFF file", k => k.Encode("ffmpeg -nostdin -v error -i {in} {out}", ".aiff", 24000, 1)),
        new("mp2.mp3", "MPEG layer II", "not WAV, FLAC, OGG or MP3", k => k.Encode("ffmpeg -nostdin -v error -i {in} {out}", ".mp2", 24000, 1)),
        new("film.ogg", "Theora without sound", "no audio stream", k => k.Encode("ffmpeg -nostdin -v error -f lavfi -i testsrc=s=64x64:d=1 -c:v libtheora {out}", ".ogg", 24000, 1)),
        new("noise.mp3", "bytes by chance", "not WAV, FLAC, OGG or MP3", _ => Noise()),
        new("zeros.flac", "as many zeros", "not WAV, FLAC, OGG or MP3", _ => new byte[100_000]),
        new("tag.mp3", "an ID3v2 tag and nothing behind", "no audio", _ => Twists.Id3v2(900)),
        new("head.flac", "a FLAC header and no frame", "no whole audio frame", k => k.Encode("ffmpeg -nostdin -v error -i {in} {out}", ".flac", 24000, 1)[..9000]),
    ];

    private static byte[] Noise()
    {
        var noise = new byte[100_000];
        new Random(1).NextBytes(noise);
        return noise;
    }
}
