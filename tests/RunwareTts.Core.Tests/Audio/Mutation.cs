using FsCheck;
using FsCheck.Fluent;

namespace RunwareTts.Tests.Audio;

/// <summary>One thing that happens to a file.</summary>
/// <param name="Kind">What.</param>
/// <param name="At">Where, in millionths of the file.</param>
/// <param name="Count">How much.</param>
/// <param name="Value">With what, or from where.</param>
public sealed record Mutation(Mutation.Act Kind, int At, int Count, int Value)
{
    private const int Whole = 1_000_000;

    // What counts and sizes are at their most extreme, in one, two, four or eight bytes of either order.
    private static readonly byte[][] Extremes =
    [
        [0], [0xFF], [0x7F], [0x80], [0, 0], [0xFF, 0xFF], [0, 0, 0, 0], [0xFF, 0xFF, 0xFF, 0xFF], [0x7F, 0xFF, 0xFF, 0xFF], [0xFF, 0xFF, 0xFF, 0x7F],
        [0x80, 0, 0, 0], [0, 0, 0, 0x80], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], [0, 0, 0, 0, 0, 0, 0, 0],
    ];

    public enum Act
    {
        Cut,
        Flip,
        Extreme,
        Delete,
        Insert,
        Splice,
    }

    /// <summary>One to five of them. Most of what can go wrong stands at the beginning.</summary>
    public static Arbitrary<Mutation[]> Some { get; } = Arb.From(Gen.Choose(1, 5).SelectMany(count => One().ArrayOf(count)), WithoutOne);

    public static byte[] Apply(byte[] file, IEnumerable<Mutation> mutations) => mutations.Aggregate(file, (bytes, mutation) => mutation.Apply(bytes));

    private static Gen<Mutation> One() =>
        from kind in Gen.Elements(Enum.GetValues<Act>())
        from at in Gen.OneOf(Gen.Choose(0, Whole - 1), Gen.Choose(0, Whole / 20))
        from count in Gen.Choose(1, 40)
        from value in Gen.Choose(0, Whole - 1)
        select new Mutation(kind, at, count, value);

    private static IEnumerable<Mutation[]> WithoutOne(Mutation[] all) =>
        all.Length < 2 ? [] : all.Select((_, left) => all.Where((_, index) => index != left).ToArray());

    private byte[] Apply(byte[] file)
    {
        if (file.Length == 0) return file;
        var at = Place(file, At);
        var end = Math.Min(file.Length, at + Count);
        switch (Kind)
        {
            case Act.Cut:
                return file[..at];
            case Act.Delete:
                return [.. file[..at], .. file[end..]];
            case Act.Insert:
                return [.. file[..at], .. Enumerable.Repeat((byte)Value, Count), .. file[at..]];
            case Act.Splice:
                return [.. file[..at], .. file[Place(file, Value)..]];
            case Act.Flip:
                var flipped = file.ToArray();
                flipped[at] ^= (byte)(1 << (Value & 7));
                return flipped;
            default:
                var extreme = Extremes[Value % Extremes.Length];
                var set = file.ToArray();
                extreme.AsSpan(0, Math.Min(extreme.Length, file.Length - at)).CopyTo(set.AsSpan(at));
                return set;
        }
    }

    private static int Place(byte[] file, int share) => (int)((long)file.Length * share / Whole);
}
