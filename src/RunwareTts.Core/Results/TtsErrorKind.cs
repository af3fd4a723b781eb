namespace RunwareTts;

/// <summary>The kind of an error; the names are those of PowerShell's ErrorCategory.</summary>
public enum TtsErrorKind
{
    InvalidArgument,
    InvalidData,
    InvalidResult,
    AuthenticationError,
    PermissionDenied,
    LimitsExceeded,
    OperationTimeout,
    ResourceUnavailable,
    ResourceExists,
    ObjectNotFound,
    ConnectionError,
    ReadError,
    WriteError,
    NotInstalled,
    NotImplemented,
}
