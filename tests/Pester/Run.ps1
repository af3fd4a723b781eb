<#
.SYNOPSIS
    Runs the Pester suite of this folder against a built module and emulator.
.DESCRIPTION
    Needs espeak-ng, ffmpeg and a build: "dotnet build src/RunwareTts" makes the module, "dotnet build tests/Pester"
    brings Pester and makes the emulator. Without paths it takes artifacts/RunwareTts and the emulator built last.
    The last line is "N passed, N failed, N skipped"; the exit code is 1 when a test failed or none ran.
    No test sees RUNWARE_API_KEY, so that none can spend anything, except those of -Live.
.EXAMPLE
    dotnet pwsh tests/Pester/Run.ps1
.EXAMPLE
    dotnet pwsh tests/Pester/Run.ps1 -Path tests/Pester/Rows.Tests.ps1 -Slow
.EXAMPLE
    $env:RUNWARE_API_KEY = Read-Host -MaskInput; ./tests/Pester/Run.ps1 -Live
    Calls the hosted service: synthesizes one short text with each model, for well under one US cent, and shows the cost.
.EXAMPLE
    ./tests/Pester/Run.ps1 -SelfHosted http://gpu1:8091,http://gpu1:8092
    Calls your own servers, which charge nothing: each is asked which model it serves, and synthesizes short texts with it.
#>
[CmdletBinding()]
param(
    [string] $ModulePath,
    [string] $EmulatorPath,
    [string[]] $Path = $PSScriptRoot,
    # Also the tests tagged Slow: whole batches, kills and long texts.
    [switch] $Slow,
    # Only the tests tagged Live, which call the service of RUNWARE_API_KEY (and RUNWARE_API_URL) and are paid for.
    [switch] $Live,
    # The same tests on your own servers, given by their URLs. Without a key.
    [string[]] $SelfHosted
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version Latest

$pester = Join-Path -Path $PSScriptRoot -ChildPath '../../artifacts/Pester/Pester.psd1'
if (-not (Test-Path -LiteralPath $pester)) { throw 'Pester is not there yet. Run: dotnet build tests/Pester' }
Import-Module -Name $pester
if ($env:NO_COLOR) { $PSStyle.OutputRendering = 'PlainText' }

$names = 'RUNWARE_API_KEY', 'RUNWARE_API_URL', 'RUNWARETTS_TEST_MODULE', 'RUNWARETTS_TEST_EMULATOR', 'RUNWARETTS_TEST_LIVE', 'RUNWARETTS_TEST_SERVERS', 'XDG_STATE_HOME',
'XDG_DATA_HOME', 'RUNWARE_TTS_VOICES', 'DOTNET_EnableDiagnostics', 'POWERSHELL_DIAGNOSTICS_OPTOUT', 'POWERSHELL_UPDATECHECK'
$before = @{}
foreach ($name in $names) { $before[$name] = [Environment]::GetEnvironmentVariable($name) }
$state = Join-Path -Path ([System.IO.Path]::GetTempPath()) -ChildPath "tts-pester-$([guid]::NewGuid().ToString('N'))"
try {
    if (-not $Live) { $env:RUNWARE_API_KEY = $env:RUNWARE_API_URL = $null }
    # A tag alone would not do: whoever calls Invoke-Pester with a key in the environment must not pay for it.
    $env:RUNWARETTS_TEST_LIVE = if ($Live) { '1' }
    $env:RUNWARETTS_TEST_SERVERS = if ($SelfHosted) { $SelfHosted -join ',' }
    $env:RUNWARETTS_TEST_MODULE = if ($ModulePath) { (Resolve-Path -LiteralPath $ModulePath).Path }
    $env:RUNWARETTS_TEST_EMULATOR = if ($EmulatorPath) { (Resolve-Path -LiteralPath $EmulatorPath).Path }
    $env:XDG_STATE_HOME = $env:XDG_DATA_HOME = $state
    $env:RUNWARE_TTS_VOICES = $null
    # A process that is killed leaves its diagnostic sockets in the temp folder.
    $env:DOTNET_EnableDiagnostics, $env:POWERSHELL_DIAGNOSTICS_OPTOUT, $env:POWERSHELL_UPDATECHECK = '0', '1', 'Off'

    $configuration = New-PesterConfiguration
    # After pwsh -File a list is one string.
    $configuration.Run.Path = $Path -split ','
    $configuration.Run.PassThru = $true
    if ($Live -or $SelfHosted) { $configuration.Filter.Tag = @(if ($Live) { 'Live' }) + @(if ($SelfHosted) { 'SelfHosted' }) }
    else { $configuration.Filter.ExcludeTag = @('Live', 'SelfHosted') + @(if (-not $Slow) { 'Slow' }) }
    $configuration.Output.Verbosity = if ($Live -or $SelfHosted) { 'Detailed' } else { 'Normal' }
    $configuration.Output.RenderMode = if ($env:NO_COLOR) { 'Plaintext' } else { 'Auto' }
    $result = Invoke-Pester -Configuration $configuration
}
finally {
    foreach ($name in $names) { [Environment]::SetEnvironmentVariable($name, $before[$name]) }
    Remove-Item -LiteralPath $state -Recurse -Force -ErrorAction Ignore
}

$failed = $result.FailedCount + $result.FailedBlocksCount + $result.FailedContainersCount
"$($result.PassedCount) passed, $failed failed, $($result.SkippedCount) skipped"
exit ([int]($failed -gt 0 -or $result.PassedCount -eq 0))
