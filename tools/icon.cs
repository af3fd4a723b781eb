// Draws icon.png, the module's icon: a waveform in a speech bubble. dotnet run tools/icon.cs
#:property PublishAot=false

using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

const int Size = 128;
(byte, byte, byte, byte) none = default, blue = (0x1F, 0x4E, 0x8C, 0xFF), white = (0xFF, 0xFF, 0xFF, 0xFF);
int[] bars = [10, 24, 38, 20, 44, 28, 12];

using MemoryStream rows = new();
for (int y = 0; y < Size; y++)
{
    rows.WriteByte(0);
    for (int x = 0; x < Size; x++)
    {
        (byte r, byte g, byte b, byte a) = IsBar(x, y) ? white : IsBubble(x, y) ? blue : none;
        rows.Write([r, g, b, a]);
    }
}

using MemoryStream packed = new();
using (ZLibStream zlib = new(packed, CompressionLevel.SmallestSize, leaveOpen: true))
    zlib.Write(rows.ToArray());

byte[] header = new byte[13];
BinaryPrimitives.WriteInt32BigEndian(header, Size);
BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), Size);
// Eight bits of red, green, blue and alpha.
header[8] = 8;
header[9] = 6;

using FileStream png = File.Create(
    Path.Combine((string)AppContext.GetData("EntryPointFileDirectoryPath")!, "..", "docs", "images", "icon.png"));
png.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
Write("IHDR", header);
Write("IDAT", packed.ToArray());
Write("IEND", []);

bool IsBar(int x, int y) => (x - 18) / 14 is var n && x >= 18 && n < bars.Length && (x - 18) % 14 < 8 && Math.Abs(y - 54) <= bars[n] / 2 + 4;

bool IsBubble(int x, int y)
{
    const int Round = 22;
    int dx = Math.Max(0, Math.Max(Round + 4 - x, x - (Size - 5 - Round)));
    int dy = Math.Max(0, Math.Max(Round + 8 - y, y - (100 - Round)));
    return dx * dx + dy * dy <= Round * Round || (y is >= 95 and < 124 && x >= 34 && x - 34 < 124 - y);
}

void Write(string type, byte[] data)
{
    byte[] chunk = [.. Encoding.ASCII.GetBytes(type), .. data];
    byte[] number = new byte[4];
    BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
    png.Write(number);
    png.Write(chunk);
    BinaryPrimitives.WriteUInt32BigEndian(number, Crc(chunk));
    png.Write(number);
}

static uint Crc(byte[] bytes)
{
    uint crc = uint.MaxValue;
    foreach (byte value in bytes)
    {
        crc ^= value;
        for (int bit = 0; bit < 8; bit++)
            crc = (crc >> 1) ^ (0xEDB88320 & (uint)-(int)(crc & 1));
    }

    return ~crc;
}
