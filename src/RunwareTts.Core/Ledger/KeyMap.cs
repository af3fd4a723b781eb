using System.Security.Cryptography;
using System.Text;

namespace RunwareTts.Ledger;

/// <summary>
/// A map from names to numbers that keeps 16 bytes for each: a name is known by 64 bits of its SHA-256, so that a
/// hundred thousand rows take some megabytes, however long their paths are.
/// </summary>
internal sealed class KeyMap
{
    // Names are spread so evenly that it may be nearly full.
    private const double Full = 0.875;

    private (ulong Key, long Value)[] _slots = new (ulong, long)[256];
    private int _count;

    public int Count => _count;

    public bool TryGet(ulong key, out long value)
    {
        ref (ulong Key, long Value) slot = ref Slot(_slots, key);
        value = slot.Value;
        return slot.Key == key;
    }

    public void Set(ulong key, long value)
    {
        ref (ulong Key, long Value) slot = ref Slot(_slots, key);
        bool isNew = slot.Key == 0;
        slot = (key, value);
        if (isNew && ++_count > _slots.Length * Full)
            Grow();
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

    /// <summary>The key of a file. Names that differ only in case are one, as on file systems that do not tell them apart.</summary>
    public static ulong KeyOfFile(string path) => KeyOf(path.ToUpperInvariant());

    // 0 marks an empty slot.
    private static ulong NotZero(ulong key) => key == 0 ? 1 : key;

    private static ref (ulong Key, long Value) Slot((ulong Key, long Value)[] slots, ulong key)
    {
        int at = (int)(key & (ulong)(slots.Length - 1));
        while (slots[at].Key != 0 && slots[at].Key != key)
            at = (at + 1) & (slots.Length - 1);
        return ref slots[at];
    }

    private void Grow()
    {
        (ulong Key, long Value)[] larger = new (ulong, long)[_slots.Length * 2];
        foreach ((ulong Key, long Value) slot in _slots)
        {
            if (slot.Key != 0)
                Slot(larger, slot.Key) = slot;
        }

        _slots = larger;
    }
}
