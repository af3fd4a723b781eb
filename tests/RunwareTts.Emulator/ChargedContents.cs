using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace RunwareTts.Emulator;

/// <summary>How often each content was charged, in a few bytes each.</summary>
internal sealed class ChargedContents
{
    private readonly Dictionary<UInt128, int> _times = [];
    private readonly List<string> _twice = [];

    public int Count => _times.Count;

    public IReadOnlyList<string> Twice => [.. _twice];

    public static UInt128 Key(byte[] content) => MemoryMarshal.Read<UInt128>(SHA256.HashData(content));

    public void Add(UInt128 key, byte[] content)
    {
        ref var times = ref CollectionsMarshal.GetValueRefOrAddDefault(_times, key, out _);
        if (++times == 2) _twice.Add(Encoding.UTF8.GetString(content));
    }
}
