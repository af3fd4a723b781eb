using System.Net;
using System.Reflection;

namespace RunwareTts.Desktop;

/// <summary>
/// Loads the module's folder as Windows PowerShell does, without binding redirects, and tries what differs on
/// .NET Framework and Mono. Each line of its output is "ok" or "FAILED" and what was tried.
/// </summary>
internal static class Program
{
    private static int _failed;

    /// <param name="args">The folder bin/netstandard2.0, the emulator's endpoint and key, a folder to write into.</param>
    private static int Main(string[] args)
    {
        // The program's own way to the two assemblies. All else they must find for themselves.
        AppDomain.CurrentDomain.AssemblyResolve += (_, request) =>
        {
            string name = new AssemblyName(request.Name).Name;
            return name is "RunwareTts" or "RunwareTts.Core" ? Assembly.LoadFrom(Path.Combine(args[0], name + ".dll")) : null;
        };
        SecurityProtocolType before = ServicePointManager.SecurityProtocol;
        int limit = ServicePointManager.DefaultConnectionLimit;

        foreach ((string what, Action act) in LoaderChecks.All(args[0]))
            Try(what, act);
        foreach ((string what, Action act) in BatchChecks.All(new Uri(args[1]), args[2], args[3]))
            Try(what, act);
        Try("TLS 1.2 is there, and nothing was taken away", () =>
        {
            SecurityProtocolType now = ServicePointManager.SecurityProtocol;
            Expect.Equal(before == SecurityProtocolType.SystemDefault ? before : before | SecurityProtocolType.Tls12, now);
        });
        Try("other hosts keep their limit", () => Expect.Equal(limit, ServicePointManager.DefaultConnectionLimit));
        return _failed;
    }

    private static void Try(string what, Action act)
    {
        try
        {
            act();
            Console.WriteLine($"ok {what}");
        }
        catch (Exception e)
        {
            _failed++;
            Console.WriteLine($"FAILED {what}: {e}");
        }
    }
}

internal static class Expect
{
    public static void Equal<T>(T expected, T actual)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
            throw new InvalidOperationException($"Expected {expected}, found {actual}.");
    }

    public static void Throws<T>(Action act)
        where T : Exception
    {
        try
        {
            act();
        }
        catch (T)
        {
            return;
        }

        throw new InvalidOperationException($"No {typeof(T).Name} was thrown.");
    }
}
