using System.Reflection;
using System.Reflection.Emit;
using RunwareTts.Binding;

namespace RunwareTts.Desktop;

/// <summary>The module finds its own assemblies, and nobody else finds them through it.</summary>
internal static class LoaderChecks
{
    public static IEnumerable<(string What, Action Act)> All(string folder)
    {
        yield return ("nobody else finds System.Text.Json through the module", () => Nobody(folder));
        yield return ("one that was made in memory may ask, and gets no exception", InMemory);
        yield return ("the module finds what lies beside it", () => Found(folder));
    }

    private static void Nobody(string folder)
    {
        new DesktopLoader().OnImport();
        Expect.Throws<FileNotFoundException>(() => Assembly.Load("System.Text.Encodings.Web"));
        Expect.Equal(null, Ask("System.Text.Json", typeof(Program).Assembly));
        Expect.Equal(null, Ask("System.Text.Json", null));
        Expect.Equal(true, File.Exists(Path.Combine(folder, "System.Text.Json.dll")));
    }

    private static void InMemory()
    {
        Expect.Equal(null, Ask("System.Text.Json", AppDomain.CurrentDomain.DefineDynamicAssembly(new AssemblyName("Dynamic"), AssemblyBuilderAccess.Run)));
        Expect.Equal(null, Ask("System.Text.Json", Assembly.Load(File.ReadAllBytes(typeof(Program).Assembly.Location))));
    }

    private static void Found(string folder)
    {
        Expect.Equal(Path.Combine(folder, "System.Memory.dll"), Ask("System.Memory, Version=4.0.1.1", typeof(TtsSpeech).Assembly)?.Location);
        Expect.Equal(null, Ask("Nowhere", typeof(TtsSpeech).Assembly));
    }

    // The handler itself: who asks cannot be told in another way.
    private static Assembly? Ask(string name, Assembly? asker) =>
        (Assembly?)typeof(DesktopLoader).GetMethod("Resolve", BindingFlags.Static | BindingFlags.NonPublic)!.Invoke(null, [AppDomain.CurrentDomain, new ResolveEventArgs(name, asker)]);
}
