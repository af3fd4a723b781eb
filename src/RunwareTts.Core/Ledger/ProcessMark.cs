using System.Diagnostics;
using System.Globalization;

namespace RunwareTts.Ledger;

/// <summary>
/// Distinguishes a process from all others that have had or will have its id: by its machine or container, and by its
/// start on a clock that cannot be set.
/// </summary>
internal sealed record ProcessMark(string Machine, int Id, string Started)
{
    private const char Separator = '|';
    private const string BootId = "/proc/sys/kernel/random/boot_id";

    // After the name of the program, which ends with the last bracket: the state is the 3rd field of the line.
    private const int StartField = 22 - 3;

    public static ProcessMark Own { get; } = Of(CurrentId())!;

    /// <summary>It is a process of this machine.</summary>
    public bool IsHere => Machine == Own.Machine;

    /// <summary>It is still running. Of another machine that cannot be known.</summary>
    public bool IsAlive => Of(Id) is { } now && (now.Started == Started || now.Started.Length == 0);

    /// <summary>Null for text that is none.</summary>
    public static ProcessMark? Parse(string text)
    {
        string[] parts = text.Split(Separator);
        return parts.Length == 3 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int id)
            ? new ProcessMark(parts[0], id, parts[2])
            : null;
    }

    public override string ToString() =>
        string.Join(Separator.ToString(), Machine, Id.ToString(CultureInfo.InvariantCulture), Started);

    /// <summary>A process of this machine; null where there is none of that number.</summary>
    private static ProcessMark? Of(int id)
    {
        string? started = File.Exists("/proc/self/stat") ? StartOnLinux(id) : StartElsewhere(id);
        return started is null ? null : new ProcessMark(MachineName(), id, started);
    }

    private static string? StartOnLinux(int id)
    {
        try
        {
            string stat = File.ReadAllText(string.Format(CultureInfo.InvariantCulture, "/proc/{0}/stat", id));
            string[] fields = stat.Substring(stat.LastIndexOf(')') + 2).Split(' ');
            // One that was killed and whose parent has not noticed yet.
            if (fields[0] is "Z" or "X")
                return null;
            return $"{(File.Exists(BootId) ? File.ReadAllText(BootId).Trim() : "")}:{fields[StartField]}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string? StartElsewhere(int id)
    {
        try
        {
            using Process process = Process.GetProcessById(id);
            return process.StartTime.ToUniversalTime().Ticks.ToString(CultureInfo.InvariantCulture);
        }
        catch (ArgumentException)
        {
            return null;
        }
        catch (Exception e) when (
            e is InvalidOperationException or System.ComponentModel.Win32Exception or NotSupportedException)
        {
            // The process runs and belongs to another user, who allows no query.
            return "";
        }
    }

    private static string MachineName()
    {
        string name = Environment.MachineName.Replace(Separator, '-');
#if NET
        if (OperatingSystem.IsLinux())
            name += $":{File.ResolveLinkTarget("/proc/self/ns/pid", returnFinalTarget: false)?.Name}";
#endif
        return name;
    }

    private static int CurrentId()
    {
#if NET
        return Environment.ProcessId;
#else
        using Process process = Process.GetCurrentProcess();
        return process.Id;
#endif
    }
}
