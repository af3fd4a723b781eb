<#
.SYNOPSIS
    Builds, tests and demonstrates RunwareTts. A thin front of dotnet: everything but Demo works without PowerShell too.
.EXAMPLE
    ./build.ps1 Demo
    Builds the module and speaks docs/samples/announcements.csv into out/.
.EXAMPLE
    ./build.ps1 Test
    Runs every test, the Pester suite included.
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Demo', 'Clean')]
    [string] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release'
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version Latest

function Invoke-DotNet([string[]] $Arguments) {
    & dotnet @Arguments
    if ($LASTEXITCODE -ne 0) { throw "dotnet $($Arguments[0]) failed with exit code $LASTEXITCODE." }
}

Push-Location $PSScriptRoot
try {
    switch ($Task) {
        'Build' { Invoke-DotNet -Arguments 'build', 'src/RunwareTts', '-c', $Configuration, '-v', 'quiet', '--nologo' }
        'Test' { Invoke-DotNet -Arguments 'test', '-c', $Configuration, '--nologo' }
        'Demo' {
            Invoke-DotNet -Arguments 'build', 'src/RunwareTts', '-c', $Configuration, '-v', 'quiet', '--nologo'
            & ./docs/samples/announcements.ps1
        }
        'Clean' {
            'artifacts', 'out' | Where-Object { Test-Path $_ } | Remove-Item -Recurse
            Get-ChildItem src, tests -Directory -Recurse -Include bin, obj | Remove-Item -Recurse
        }
    }
}
finally {
    Pop-Location
}
