using System.Security.Cryptography;
using System.Text;
using RunwareTts.Text;

namespace RunwareTts.Files;

/// <summary>
/// 64 bits of a name's SHA-256. As keys of a dictionary they take eight bytes a name, however long a hundred thousand
/// paths are.
/// </summary>
internal static class NameHash
{
    public static ulong Of(string name) => BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(name)), 0);

    /// <summary>
    /// Names that differ only in case or in how an accent is encoded are one file, as on file systems that do not tell
    /// them apart.
    /// </summary>
    public static ulong OfFile(string path) => Of(PlainText.Normalize(path).ToUpperInvariant());
}
