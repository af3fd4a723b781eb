using System.Management.Automation;

namespace RunwareTts.Binding;

/// <summary>Core's kinds of error have the names of PowerShell's categories, which a test checks.</summary>
internal static class ErrorKinds
{
    public static ErrorCategory Category(TtsErrorKind kind) => Enum.Parse<ErrorCategory>(kind.ToString());
}
