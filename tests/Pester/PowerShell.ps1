# Dot-sourced by build.ps1 and by the suite.

# The words that start the PowerShell of this process once more. That of the dotnet tool is run by dotnet itself.
function Get-PowerShellCommand {
    $program = [Environment]::ProcessPath
    $program
    if ([System.IO.Path]::GetFileNameWithoutExtension($program) -eq 'dotnet') { Join-Path -Path $PSHOME -ChildPath 'pwsh.dll' }
    # Two at the least: who splats a single one gets its characters.
    '-NoLogo'
    '-NoProfile'
}

# Runs a new PowerShell with these arguments.
function Invoke-PowerShell {
    $program, $first = Get-PowerShellCommand
    & $program @first -NonInteractive @args
}
