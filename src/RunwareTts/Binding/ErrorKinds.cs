using System.Management.Automation;

namespace RunwareTts.Binding;

/// <summary>Core's kinds of error bear the names of PowerShell's categories; a test holds them to that.</summary>
internal static class ErrorKinds
{
    public static ErrorCategory Category(TtsErrorKind kind) => Enum.Parse<ErrorCategory>(kind.ToString());
}
