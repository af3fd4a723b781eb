using System.Runtime.InteropServices;

namespace RunwareTts.Tools;

/// <summary>Reads the registry of Windows, for which netstandard2.0 has no class.</summary>
internal static class WindowsRegistry
{
    // Of type REG_SZ, or REG_EXPAND_SZ with its variables filled in.
    private const uint Text = 0x2;
    private const uint Key64 = 0x00010000;
    private const uint Key32 = 0x00020000;

    private static readonly IntPtr LocalMachine = new(unchecked((int)0x80000002));

    /// <summary>A text of HKEY_LOCAL_MACHINE, in the views of 64 and of 32 bits.</summary>
    public static IEnumerable<string> ReadMachine(string key, string name) =>
        new[] { Key64, Key32 }.Select(view => Read(LocalMachine, key, name, view)).OfType<string>();

    private static string? Read(IntPtr root, string key, string name, uint view)
    {
        uint size = 0;
        if (RegGetValue(root, key, name, Text | view, IntPtr.Zero, null, ref size) != 0)
            return null;
        char[] text = new char[(size / sizeof(char)) + 1];
        size = (uint)(text.Length * sizeof(char));
        return RegGetValue(root, key, name, Text | view, IntPtr.Zero, text, ref size) == 0
            ? new string(text).TrimEnd('\0')
            : null;
    }

    [DllImport("advapi32.dll", EntryPoint = "RegGetValueW", CharSet = CharSet.Unicode, ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int RegGetValue(
        IntPtr root,
        string key,
        string name,
        uint flags,
        IntPtr type,
        char[]? data,
        ref uint size);
}
