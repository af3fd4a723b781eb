#if !NET
using System.Management.Automation;
using System.Net;
using System.Reflection;

namespace RunwareTts.Binding;

/// <summary>
/// Windows PowerShell has no System.Text.Json and no binding redirects: the copies beside this assembly answer,
/// but only when something of this module asks.
/// </summary>
public sealed class DesktopLoader : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    private static readonly string Folder = Path.GetDirectoryName(typeof(DesktopLoader).Assembly.Location)!;

    public void OnImport()
    {
        AppDomain.CurrentDomain.AssemblyResolve += Resolve;
        ServicePointManager.SecurityProtocol |= SecurityProtocolType.Tls12;
        ServicePointManager.DefaultConnectionLimit = Math.Max(ServicePointManager.DefaultConnectionLimit, 64);
    }

    public void OnRemove(PSModuleInfo psModuleInfo) => AppDomain.CurrentDomain.AssemblyResolve -= Resolve;

    private static Assembly? Resolve(object sender, ResolveEventArgs request)
    {
        if (request.RequestingAssembly is not { } asker || !Folder.Equals(Path.GetDirectoryName(asker.Location), StringComparison.OrdinalIgnoreCase))
            return null;
        string file = Path.Combine(Folder, new AssemblyName(request.Name).Name + ".dll");
        return File.Exists(file) ? Assembly.LoadFrom(file) : null;
    }
}
#endif
