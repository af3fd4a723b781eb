using System.Security.Cryptography;
using System.Text;
using RunwareTts.Text;

namespace RunwareTts.Ledger;

/// <summary>
/// A map from names to numbers that keeps 16 bytes for each: a name is known by 64 bits of its SHA-256, so that a
/// hundred thousand rows take some megabytes, however long their paths are. It grows part by part, so that what it
/// outgrows is small and soon taken back.
/// </summary>
internal sealed class KeyMap
{
    private const int Parts = 256;
    private const int Least = 4;

    // Names are spread so evenly that it may be nearly full.
    private const double Full = 0.875;

    private readonly (ulong Key, long Value)[]?[] _parts = new (ulong, long)[]?[Parts];
    private readonly int[] _counts = new int[Parts];

    public bool TryGet(ulong key, out long value)
    {
        (ulong Key, long Value) slot = _parts[key % Parts] is { } part ? Slot(part, key) : default;
        value = slot.Value;
        return slot.Key == key;
    }

    public void Set(ulong key, long value)
    {
        ref (ulong Key, long Value)[]? part = ref _parts[key % Parts];
        ref int count = ref _counts[key % Parts];
        part ??= new (ulong, long)[Least];
        if (Slot(part, key).Key == 0 && ++count > part.Length * Full)
            part = Larger(part);
        Slot(part, key) = (key, value);
    }

    public static ulong KeyOf(string name)
    {
#if NET
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(name), hash);
        return NotZero(BitConverter.ToUInt64(hash));
#else
        using SHA256 sha = SHA256.Create();
        return NotZero(BitConverter.ToUInt64(sha.ComputeHash(Encoding.UTF8.GetBytes(name)), 0));
#endif
    }

    /// <summary>The key of a file. Names that differ only in case or in how an accent is spelled are one, as on file systems that do not tell them apart.</summary>
    public static ulong KeyOfFile(string path) => KeyOf(PlainText.Normalize(path).ToUpperInvariant());

    // 0 marks an empty slot.
    private static ulong NotZero(ulong key) => key == 0 ? 1 : key;

    private static ref (ulong Key, long Value) Slot((ulong Key, long Value)[] slots, ulong key)
    {
        int last = slots.Length - 1;
        int at = (int)(key / Parts) & last;
        while (slots[at].Key != 0 && slots[at].Key != key)
            at = (at + 1) & last;
        return ref slots[at];
    }

    private static (ulong Key, long Value)[] Larger((ulong Key, long Value)[] slots)
    {
        (ulong Key, long Value)[] larger = new (ulong, long)[slots.Length * 2];
        foreach ((ulong Key, long Value) slot in slots)
        {
            if (slot.Key != 0)
                Slot(larger, slot.Key) = slot;
        }

        return larger;
    }
}
