using RunwareTts.Files;

namespace RunwareTts.Providers.Offline;

/// <summary>The WAV files of espeak-ng: 44 bytes of header, then 16-bit samples.</summary>
internal static class EspeakWav
{
    private const int Header = 44;

    /// <summary>A text without a word in it gives a moment of nothing.</summary>
    public static bool IsSilent(string file)
    {
        byte[] bytes = FileRetry.Run(() => File.ReadAllBytes(file));
        for (int i = Header; i < bytes.Length; i++)
        {
            if (bytes[i] != 0)
                return false;
        }

        return true;
    }

    /// <summary>Cuts the audio as the hosted models stop at MaxNewTokens.</summary>
    public static void Shorten(string file, decimal seconds)
    {
        using FileStream stream = FileRetry.Run(() => new FileStream(file, FileMode.Open, FileAccess.ReadWrite));
        byte[] header = new byte[Header];
        if (stream.Read(header, 0, Header) < Header)
            return;

        int bytesPerSecond = BitConverter.ToInt32(header, 28);
        int frame = BitConverter.ToInt16(header, 32);
        long length = (long)Math.Min(seconds * bytesPerSecond, int.MaxValue) / frame * frame;
        if (Header + length >= stream.Length)
            return;

        stream.SetLength(Header + length);
        stream.Position = 4;
        stream.Write(BitConverter.GetBytes((int)(Header - 8 + length)), 0, 4);
        stream.Position = 40;
        stream.Write(BitConverter.GetBytes((int)length), 0, 4);
    }
}
