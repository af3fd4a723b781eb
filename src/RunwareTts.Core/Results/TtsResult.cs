namespace RunwareTts;

/// <summary>What cmdlets give. RunwareTts.Types.ps1xml declares for it what the views of all results share.</summary>
public abstract record TtsResult;
