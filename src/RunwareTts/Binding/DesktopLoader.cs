#if !NET
using System.Management.Automation;
using System.Reflection;

namespace RunwareTts.Binding;

/// <summary>
/// Windows PowerShell has no System.Text.Json and no binding redirects: the copies beside this assembly answer,
/// but only when something of this module asks.
/// </summary>
public sealed class DesktopLoader : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    private static readonly string Folder = Path.GetDirectoryName(typeof(DesktopLoader).Assembly.Location)!;

    public void OnImport() => AppDomain.CurrentDomain.AssemblyResolve += Resolve;

    public void OnRemove(PSModuleInfo psModuleInfo) => AppDomain.CurrentDomain.AssemblyResolve -= Resolve;

    // Everybody's requests that found nothing come here: an exception would be theirs.
    private static Assembly? Resolve(object sender, ResolveEventArgs request)
    {
        if (!IsOurs(request.RequestingAssembly))
            return null;
        string file = Path.Combine(Folder, new AssemblyName(request.Name).Name + ".dll");
        return File.Exists(file) ? Assembly.LoadFrom(file) : null;
    }

    // One made in memory, as by Add-Type or a class of a script, has no place, and may throw when asked for it.
    private static bool IsOurs(Assembly? asker) =>
        asker is { IsDynamic: false, Location.Length: > 0 } && Folder.Equals(Path.GetDirectoryName(asker.Location), StringComparison.OrdinalIgnoreCase);
}
#endif
