#if !NET
using System.Management.Automation;
using System.Reflection;

namespace RunwareTts.Binding;

/// <summary>
/// Windows PowerShell has no System.Text.Json and no binding redirects: the copies next to this assembly are loaded,
/// but only for this module.
/// </summary>
public sealed class DesktopLoader : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    private static readonly string Folder = Path.GetDirectoryName(typeof(DesktopLoader).Assembly.Location)!;

    public void OnImport() => AppDomain.CurrentDomain.AssemblyResolve += Resolve;

    public void OnRemove(PSModuleInfo psModuleInfo) => AppDomain.CurrentDomain.AssemblyResolve -= Resolve;

    // Unresolved requests of all assemblies come here: an exception would break theirs.
    private static Assembly? Resolve(object sender, ResolveEventArgs request)
    {
        if (!IsOurs(request.RequestingAssembly))
            return null;
        string file = Path.Combine(Folder, new AssemblyName(request.Name).Name + ".dll");
        return File.Exists(file) ? Assembly.LoadFrom(file) : null;
    }

    // An assembly made in memory, as by Add-Type or a class of a script, may throw when asked for its location.
    private static bool IsOurs(Assembly? asker) =>
        asker is { IsDynamic: false, Location.Length: > 0 }
        && Folder.Equals(Path.GetDirectoryName(asker.Location), StringComparison.OrdinalIgnoreCase);
}
#endif
