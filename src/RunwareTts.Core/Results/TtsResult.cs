namespace RunwareTts;

/// <summary>The base of all output. RunwareTts.Types.ps1xml gives it the members that all views share.</summary>
public abstract record TtsResult;
