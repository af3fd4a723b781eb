using System.ComponentModel;
using System.Diagnostics;
using System.Net.Sockets;

namespace RunwareTts.Tests.Providers.Runware;

/// <summary>
/// A real nginx as a store for uploads: one process of this test's own, on loopback, with all that it writes in a
/// folder that goes away. It takes what is signed with <see cref="Signature"/>, as a presigned URL would be.
/// </summary>
internal sealed class Nginx : IDisposable
{
    public const string Signature = "5ecre7516natur3";

    private static readonly Lazy<(string? Path, string? WhyNot)> Program = new(Find);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TempFolder _folder = new();
    private readonly Process _process;

    public Nginx()
    {
        Directory.CreateDirectory(Store);
        Directory.CreateDirectory(Path.Combine(_folder.Path, "temp"));
        (Port, _process) = Loopback.Start(port => (port, Start(port)), e => e is IOException);
    }

    /// <summary>Why there is none here that can take a PUT; null when there is.</summary>
    public static string? WhyNot => Program.Value.WhyNot;

    public int Port { get; }

    private string Store => Path.Combine(_folder.Path, "store");

    private string ErrorLog => Path.Combine(_folder.Path, "error.log");

    /// <summary>Every file that arrived, by its path on the server.</summary>
    public IReadOnlyDictionary<string, byte[]> Arrived =>
        Directory.GetFiles(Store, "*", SearchOption.AllDirectories).ToDictionary(f => Path.GetRelativePath(_folder.Path, f).Replace('\\', '/'), File.ReadAllBytes);

    /// <summary>Where a file is that arrived.</summary>
    public string FileOf(string path) => Path.Combine(_folder.Path, path);

    /// <summary>A presigned URL, as a storage service makes them.</summary>
    public string Presigned(string path, string signature = Signature) =>
        $"http://127.0.0.1:{Port}/{path}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Expires=3600&X-Amz-Signature={signature}";

    public void Dispose()
    {
        End(_process);
        _folder.Dispose();
    }

    // One process without a master: it changes to no other user, whoever runs it, and dies alone.
    private string Configuration(int port) => $$"""
        daemon off;
        master_process off;
        pid nginx.pid;
        events { worker_connections 64; }
        http {
            access_log off;
            client_body_temp_path temp/body;
            proxy_temp_path temp/proxy;
            fastcgi_temp_path temp/fastcgi;
            uwsgi_temp_path temp/uwsgi;
            scgi_temp_path temp/scgi;
            server {
                listen 127.0.0.1:{{port}};
                root {{_folder.Path}};
                location /store/ {
                    if ($args !~ "(^|&)X-Amz-Signature={{Signature}}(&|$)") { return 403; }
                    client_max_body_size 50m;
                    dav_methods PUT;
                    create_full_put_path on;
                }
                location /store/small/ {
                    client_max_body_size 100;
                    dav_methods PUT;
                }
                location /missing/ { return 404; }
            }
        }
        """;

    /// <exception cref="IOException">The port belongs to another.</exception>
    private Process Start(int port)
    {
        string file = Path.Combine(_folder.Path, "nginx.conf");
        File.WriteAllText(file, Configuration(port));
        File.Delete(ErrorLog);
        string[] arguments = ["-p", _folder.Path, "-c", file, "-e", ErrorLog];
        Process process = Process.Start(new ProcessStartInfo(Program.Value.Path!, arguments))!;
        Stopwatch clock = Stopwatch.StartNew();
        while (!process.HasExited && clock.Elapsed < Patience)
        {
            // A connection alone might be one to whoever has the port.
            if (File.Exists(Path.Combine(_folder.Path, "nginx.pid")) && Answers(port))
                return process;
            Thread.Sleep(20);
        }

        End(process);
        string log = File.Exists(ErrorLog) ? File.ReadAllText(ErrorLog) : "it wrote no log";
        throw log.Contains("in use", StringComparison.Ordinal)
            ? new IOException(log)
            : new InvalidOperationException($"nginx did not start: {log}");
    }

    private static bool Answers(int port)
    {
        try
        {
            using TcpClient probe = new("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static void End(Process process)
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }

    private static (string? Path, string? WhyNot) Find()
    {
        // Debian keeps it in a folder that only root has on PATH.
        string? program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append("/usr/sbin").Append("/usr/local/sbin")
            .Select(folder => Path.Combine(folder, "nginx")).FirstOrDefault(File.Exists);
        return program is null ? (null, "Uploads to a real server were SKIPPED: there is no nginx. Run: sudo apt-get install nginx")
            : Modules(program).Contains("http_dav_module", StringComparison.Ordinal) ? (program, null)
            : (null, $"Uploads to a real server were SKIPPED: {program} has no DAV module. Run: sudo apt-get install nginx");
    }

    private static string Modules(string program)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, "-V") { RedirectStandardError = true })!;
            return process.StandardError.ReadToEnd();
        }
        catch (Win32Exception)
        {
            return "";
        }
    }
}

/// <summary>A test that needs nginx, and is skipped loudly where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NginxFactAttribute : FactAttribute
{
    public NginxFactAttribute()
    {
        Skip = Nginx.WhyNot;
        // Plain output shows the name of a skipped test and not its reason.
        DisplayName = Skip;
    }
}

/// <inheritdoc cref="NginxFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NginxTheoryAttribute : TheoryAttribute
{
    public NginxTheoryAttribute()
    {
        Skip = Nginx.WhyNot;
        DisplayName = Skip;
    }
}
