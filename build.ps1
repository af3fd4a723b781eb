<#
.SYNOPSIS
    Builds, tests, packs and installs RunwareTts. Needs the .NET SDK and PowerShell 7.4 or newer.
.DESCRIPTION
    Build    lays the module out in artifacts/RunwareTts.
    Test     runs the fast lane of the .NET tests and of the Pester suite; with -Slow, all tests.
    Analyze  holds scripts, manifests and the blocks of views against tests/PSScriptAnalyzerSettings.psd1.
    Docs     makes the help of artifacts/RunwareTts from the pages in docs/en-US.
    Demo     synthesizes docs/samples/announcements.csv into out/.
    Package  makes artifacts/RunwareTts.<version>.nupkg for a gallery, and prints its SHA-256.
    Install  puts the module where this PowerShell looks for modules of this user.
    Clean    removes everything that was built.

    Demo and Test install espeak-ng and ffmpeg by the system's package manager where they are missing, and print the
    command that they run. -NoSetup installs nothing.
.EXAMPLE
    dotnet tool restore && dotnet pwsh ./build.ps1 Demo
    On a machine that has nothing but the .NET SDK: the local tool brings PowerShell.
.EXAMPLE
    ./build.ps1 Test -Slow
.EXAMPLE
    ./build.ps1 Install; Import-Module RunwareTts
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Analyze', 'Docs', 'Demo', 'Package', 'Install', 'Clean')]
    [string] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release',

    # The folder for Package (artifacts) and Install (the user's modules).
    [string] $Destination,

    # Analyze, Demo, Package and Install take artifacts/RunwareTts as it is.
    [switch] $NoBuild,

    # Test also runs kills, storms of faults, fuzzing, long joins and the corners of the tables.
    [switch] $Slow,

    # Demo and Test install no programs.
    [switch] $NoSetup
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version Latest
$module = Join-Path -Path $PSScriptRoot -ChildPath 'artifacts/RunwareTts'

function Invoke-DotNet([string[]] $Arguments) {
    & dotnet @Arguments
    if ($LASTEXITCODE -ne 0) { throw "dotnet $($Arguments[0]) failed with exit code $LASTEXITCODE." }
}

function Invoke-Build([string] $Project = 'src/RunwareTts') {
    if (-not (Get-Command -Name dotnet -CommandType Application -ErrorAction Ignore)) {
        throw 'The .NET SDK 10 is missing. Install it from https://dot.net/download, then run this command again.'
    }
    & dotnet restore $Project -v quiet
    if ($LASTEXITCODE -ne 0) {
        throw 'The NuGet packages could not be restored; the lines above say why. Check the network and the package sources (dotnet nuget list source), then run this command again.'
    }
    Invoke-DotNet -Arguments 'build', $Project, '-c', $Configuration, '--no-restore', '-v', 'quiet', '--nologo'
}

function Get-MissingProgram {
    # The installer of espeak-ng on Windows does not change PATH; the module finds the program all the same.
    $installed = if ($IsWindows) { Join-Path -Path $env:ProgramFiles -ChildPath 'eSpeak NG/espeak-ng.exe' }
    foreach ($program in 'espeak-ng', 'ffmpeg') {
        if ($program -eq 'espeak-ng' -and $installed -and (Test-Path -LiteralPath $installed)) { continue }
        if (-not (Get-Command -Name $program -CommandType Application -ErrorAction Ignore)) { $program }
    }
}

# The commands that install programs here, each a list of words; none where no package manager is known or allowed.
function Get-InstallCommand([string[]] $Program) {
    function Test-Command([string] $Name) { [bool](Get-Command -Name $Name -CommandType Application -ErrorAction Ignore) }

    if ($IsWindows) {
        $ids = @{ 'espeak-ng' = 'eSpeak-NG.eSpeak-NG'; 'ffmpeg' = 'Gyan.FFmpeg' }
        if (Test-Command winget) {
            foreach ($name in $Program) {
                , ('winget', 'install', '--exact', '--id', $ids[$name], '--accept-source-agreements', '--accept-package-agreements')
            }
        }
    }
    elseif (Test-Command brew) { , (@('brew', 'install') + $Program) }
    elseif (Test-Command apt-get) {
        $root = (& id -u) -eq '0'
        if ($root -or (Test-Command sudo)) {
            $sudo = @(if (-not $root) { 'sudo' })
            , ($sudo + 'apt-get', 'update')
            , ($sudo + 'apt-get', 'install', '-y' + $Program)
        }
    }
}

function Install-Program {
    $missing = @(Get-MissingProgram)
    if (-not $missing) { return }
    $names = $missing -join ' and '
    $next = "Install $names (Debian: apt-get install $missing), then run this command again."
    if ($NoSetup) { throw "The draft voices need $names, which -NoSetup does not install. $next" }
    $commands = @(Get-InstallCommand -Program $missing)
    if (-not $commands) { throw "The draft voices need $names, and there is nothing here that may install them: apt-get as root or with sudo, winget, or brew. $next" }
    foreach ($command in $commands) {
        "> $($command -join ' ')"
        $arguments = $command[1..($command.Count - 1)]
        & $command[0] @arguments
        if ($LASTEXITCODE -ne 0) { throw "'$($command -join ' ')' failed with exit code $LASTEXITCODE. $next" }
    }
    if ($IsWindows) {
        # What was installed changed PATH for new processes only.
        $env:PATH = @($env:PATH) + ('Machine', 'User' | ForEach-Object -Process { [Environment]::GetEnvironmentVariable('PATH', $_) }) -join ';'
    }
    $missing = @(Get-MissingProgram)
    if ($missing) { throw "$($missing -join ' and ') was installed but is not found. Open a new terminal, then run this command again." }
}

function Invoke-Demo {
    Install-Program
    if (-not $NoBuild) { Invoke-Build }
    & ./docs/samples/announcements.ps1
}

# The .NET tests, then Pester; both run to their end, whatever fails.
function Invoke-Test {
    Install-Program
    Invoke-Build -Project RunwareTts.slnx
    . ./tests/Pester/PowerShell.ps1
    # A folder of its own for everything that the tests leave behind, which must be nothing.
    $temp = Join-Path -Path ([System.IO.Path]::GetTempPath()) -ChildPath "tts-$([guid]::NewGuid().ToString('N').Substring(0, 8))"
    # And one for programs of the system: espeak-ng makes a folder there for the sound server, whatever it is asked.
    $runtime = "$temp-runtime"
    $null = New-Item -ItemType Directory -Path $temp, $runtime
    $variables = @{
        TMPDIR = $temp; TMP = $temp; TEMP = $temp; XDG_RUNTIME_DIR = $runtime
        # The runtime leaves its diagnostic sockets behind when a test kills a process.
        DOTNET_EnableDiagnostics = '0'; DOTNET_CLI_UI_LANGUAGE = 'en'
    }
    $before = @{}
    foreach ($name in $variables.Keys) {
        $before[$name] = [Environment]::GetEnvironmentVariable($name)
        [Environment]::SetEnvironmentVariable($name, $variables[$name])
    }
    try {
        # As assemblies, not as projects: MSBuild would leave folders of its own in the temp folder.
        $assemblies = 'Core', 'Module', 'Desktop' | ForEach-Object -Process { "tests/RunwareTts.$_.Tests/bin/$Configuration/net10.0/RunwareTts.$_.Tests.dll" }
        $filter = @(if (-not $Slow) { '--filter', 'Lane!=Slow' })
        & dotnet test @assemblies --nologo @filter | Tee-Object -Variable dotnet | Out-Host
        $failed = $LASTEXITCODE -ne 0
        Invoke-PowerShell -File ./tests/Pester/Run.ps1 @(if ($Slow) { '-Slow' }) | Tee-Object -Variable pester | Out-Host
        $failed = $failed -or $LASTEXITCODE -ne 0
    }
    finally {
        foreach ($name in $before.Keys) { [Environment]::SetEnvironmentVariable($name, $before[$name]) }
        Remove-Item -LiteralPath $runtime -Recurse
    }
    $left = @(Get-ChildItem -LiteralPath $temp -Force)
    if (-not $left) { Remove-Item -LiteralPath $temp }
    $counts = Measure-Test -Line (@($dotnet) + @($pester))
    "$($counts[0]) passed, $($counts[1]) failed, $($counts[2]) skipped"
    if ($left) { throw "The tests left $($left.Count) things in ${temp}: $($left.Name | Select-Object -First 10 | Join-String -Separator ', ')." }
    if ($failed -or $counts[1] -gt 0) { throw 'Tests failed; the lines above name them.' }
}

# Passed, failed and skipped over the closing lines of dotnet test and of Run.ps1.
function Measure-Test([string[]] $Line) {
    $sum = 0, 0, 0
    foreach ($text in $Line) {
        if ($text -match '^(Passed|Failed)! +- Failed: +(?<failed>\d+), Passed: +(?<passed>\d+), Skipped: +(?<skipped>\d+)' -or
            $text -match '^(?<passed>\d+) passed, (?<failed>\d+) failed, (?<skipped>\d+) skipped$') {
            $sum[0] += [int]$Matches.passed; $sum[1] += [int]$Matches.failed; $sum[2] += [int]$Matches.skipped
        }
    }
    return $sum
}

# What leaves this machine is laid out anew: nothing of an earlier build may go with it.
function Invoke-ReleaseBuild {
    if ($NoBuild) { return }
    if (Test-Path -LiteralPath $module) { Remove-Item -LiteralPath $module -Recurse -Force }
    Invoke-Build
    Build-Help
}

function Invoke-Analysis {
    if (-not (Get-Module -Name PSScriptAnalyzer -ListAvailable)) {
        Write-Warning 'SKIPPED: nothing was analysed, because PSScriptAnalyzer is not installed. Run: Install-Module PSScriptAnalyzer -Scope CurrentUser'
        return
    }
    # A manifest is held against the files that it names, and these lie beside it in a build only.
    if (-not $NoBuild) { Invoke-Build }
    $settings = Join-Path -Path $PSScriptRoot -ChildPath 'tests/PSScriptAnalyzerSettings.psd1'
    $files = Get-ChildItem -Path build.ps1, "$module/RunwareTts.psd1", docs, src, tests -Recurse -File |
        Where-Object -FilterScript { $_.Extension -in '.ps1', '.psd1', '.ps1xml' -and $_.FullName -notmatch '[\\/](bin|obj)[\\/]' }
    $findings = foreach ($file in $files) {
        # Helpers of tests ask no one, a job's param block is taken for a lack of $using:, most tests are for PowerShell 7 alone,
        # and a parameter that only functions or script blocks within use counts as unused.
        $exempt = @(if ($file.Name -eq 'build.ps1' -or $file.FullName -match '[\\/]Pester[\\/]') { 'PSReviewUnusedParameter' }
            if ($file.FullName -match '[\\/]Pester[\\/]') { 'PSUseShouldProcessForStateChangingFunctions', 'PSUseUsingScopeModifierInNewRunspaces' }
            if ($file.FullName -match '[\\/]Pester[\\/](?!Editions|Support|PowerShell|Run)') { 'PSUseCompatibleSyntax' })
        $found = if ($file.Extension -eq '.ps1xml') {
            Select-Xml -LiteralPath $file.FullName -XPath '//ScriptBlock' |
                ForEach-Object -Process { Invoke-ScriptAnalyzer -ScriptDefinition $_.Node.InnerText -Settings $settings }
        }
        else { Invoke-ScriptAnalyzer -Path $file.FullName -Settings $settings -ExcludeRule $exempt }
        $found | ForEach-Object -Process { "$($file.Name):$($_.Line) $($_.RuleName): $($_.Message)" }
    }
    $findings
    if ($findings) { throw "PSScriptAnalyzer found $(@($findings).Count) things in $(@($files).Count) files." }
    "PSScriptAnalyzer found nothing in $(@($files).Count) files."
}

# Get-Help looks for the name of the assembly in the culture's folder beside the manifest, not beside the assembly.
function Build-Help {
    $pages = @(Get-ChildItem -Path docs/en-US/*-Tts*.md -ErrorAction Ignore)
    $topics = @(Get-ChildItem -Path docs/en-US/about_*.md -ErrorAction Ignore)
    $help = Join-Path -Path $module -ChildPath 'en-US'
    if ($pages -or $topics) { $null = New-Item -ItemType Directory -Path $help -Force }
    foreach ($topic in $topics) {
        $text = ConvertTo-HelpText -Markdown ([System.IO.File]::ReadAllText($topic.FullName))
        # With its mark, or Windows PowerShell takes it for the system's code page.
        [System.IO.File]::WriteAllText((Join-Path -Path $help -ChildPath "$($topic.BaseName).help.txt"), $text, [System.Text.UTF8Encoding]::new($true))
    }
    if (-not $pages) { Write-Warning 'There is no page of a cmdlet in docs/en-US, so no help was made.' }
    elseif (-not (Get-Module -Name Microsoft.PowerShell.PlatyPS -ListAvailable)) {
        Write-Warning 'SKIPPED: the cmdlets have no help, because Microsoft.PowerShell.PlatyPS is not installed. Run: Install-Module Microsoft.PowerShell.PlatyPS -Scope CurrentUser'
    }
    else {
        $made = Import-MarkdownCommandHelp -Path $pages.FullName | Export-MamlCommandHelp -OutputFolder artifacts/help -Force
        Repair-Help -Path $made.FullName
        $made | Move-Item -Destination $help -Force
    }
}

# PlatyPS leaves the code of an example fenced in its introduction, a control character between paragraphs, and links to files that are not shipped.
function Repair-Help([string] $Path) {
    $maml = [xml]([System.IO.File]::ReadAllText($Path) -replace '<maml:para>&#x80;</maml:para>' -replace '<maml:uri>[^<:]+</maml:uri>', '<maml:uri />')
    foreach ($example in $maml.GetElementsByTagName('command:example')) {
        $introduction, $code, $remarks = $example['maml:introduction'], $example['dev:code'], $example['dev:remarks']
        foreach ($paragraph in @($introduction.ChildNodes)) {
            if (-not $code.InnerText -and $paragraph.InnerText -match '(?s)^```powershell\n(.+)\n```$') {
                $code.InnerText = $Matches[1]
                $null = $introduction.RemoveChild($paragraph)
                continue
            }
            $paragraph.InnerText = $paragraph.InnerText -replace '^```\w+\n|\n```$'
            if ($code.InnerText) { $null = $remarks.AppendChild($paragraph) }
        }
        # Or what follows stands close under the last line.
        if ($introduction.LastChild) { $introduction.LastChild.InnerText += "`n" }
        if ($remarks.LastChild) { $null = $remarks.AppendChild($remarks.LastChild.CloneNode($false)) }
    }
    $maml.Save($Path)
}

# An about_ page as Get-Help shows it: headings in capitals, lines of 80 columns, no marks.
function ConvertTo-HelpText([string] $Markdown) {
    $code = $false
    $lines = switch -Regex (($Markdown -replace '(?s)\A---\r?\n.*?\n---\r?\n') -split '\r?\n') {
        '^```' { $code = -not $code; continue }
        { $code } { "        $_".TrimEnd(); continue }
        '^# +(.+)' { 'TOPIC', "    $($Matches[1])"; continue }
        '^##+ +(.+)' { $Matches[1].ToUpperInvariant(); continue }
        default { $_ -replace '\[([^\]]+)\]\([^)]*\)', '$1' -replace '\*\*|`' -replace '(.{1,76})(\s+|$)', "    `$1`n" -split '\n' -replace '\s+$' | Select-Object -SkipLast ([int][bool]$_) }
    }
    return ($lines -join "`n").Trim() + "`n"
}

function Export-Package {
    Invoke-ReleaseBuild
    $manifest = Test-ModuleManifest -Path "$module/RunwareTts.psd1"
    $folder = if ($Destination) { $Destination } else { 'artifacts' }
    # The tags by which a gallery finds a module and its cmdlets.
    $tags = @($manifest.Tags) + 'PSModule' + 'PSIncludes_Cmdlet' + ($manifest.ExportedCmdlets.Keys | ForEach-Object -Process { "PSCmdlet_$_"; "PSCommand_$_" })
    $words = @{
        version = $manifest.Version; author = $manifest.Author; copyright = $manifest.Copyright; description = $manifest.Description
        projectUri = $manifest.ProjectUri; licenseUri = $manifest.LicenseUri; iconUri = $manifest.IconUri; releaseNotes = $manifest.ReleaseNotes
        tags = $tags -join ' '
        # A module is no library (NU5100), and galleries of modules know the older elements alone (NU5048, NU5125).
        NoWarn = 'NU5100,NU5048,NU5125'
    }
    $properties = $words.GetEnumerator() | ForEach-Object -Process { '-p', "$($_.Key)=$($_.Value)" }
    # In a gallery the README stands alone: what its links lead to is on the project's site.
    $null = New-Item -ItemType Directory -Path $folder -Force
    $readme = Join-Path -Path (Resolve-Path -LiteralPath $folder).ProviderPath -ChildPath README.md
    $text = [System.IO.File]::ReadAllText("$PSScriptRoot/README.md") -replace '(?<=!\[[^\]]*\]\()(?!https?:)', "$($manifest.ProjectUri)/raw/main/"
    [System.IO.File]::WriteAllText($readme, ($text -replace '(?<=\]\()(?!https?:)', "$($manifest.ProjectUri)/blob/main/"))
    try { Invoke-DotNet -Arguments (@('pack', 'src/RunwareTts/RunwareTts.nuspec', '-o', $folder, '-v', 'quiet', '-p', "readme=$readme") + $properties) }
    finally { Remove-Item -LiteralPath $readme }
    $package = Get-Item -LiteralPath (Join-Path -Path $folder -ChildPath "RunwareTts.$($manifest.Version).nupkg")
    "SHA-256 $((Get-FileHash -LiteralPath $package.FullName -Algorithm SHA256).Hash.ToLowerInvariant())  $($package.FullName)"
}

function Install-Build {
    Invoke-ReleaseBuild
    $folder = if ($Destination) { $Destination }
    elseif ($PSEdition -ne 'Core') { Join-Path -Path ([Environment]::GetFolderPath('MyDocuments')) -ChildPath 'WindowsPowerShell/Modules' }
    elseif ($IsWindows) { Join-Path -Path ([Environment]::GetFolderPath('MyDocuments')) -ChildPath 'PowerShell/Modules' }
    elseif ($env:XDG_DATA_HOME) { Join-Path -Path $env:XDG_DATA_HOME -ChildPath 'powershell/Modules' }
    else { Join-Path -Path $HOME -ChildPath '.local/share/powershell/Modules' }
    $target = Join-Path -Path $folder -ChildPath "RunwareTts/$((Test-ModuleManifest -Path "$module/RunwareTts.psd1").Version)"
    if (Test-Path -LiteralPath $target) { Remove-Item -LiteralPath $target -Recurse -Force }
    $null = New-Item -ItemType Directory -Path (Split-Path -Path $target) -Force
    Copy-Item -LiteralPath $module -Destination $target -Recurse
    "Installed in $target"
}

function Clear-Build {
    'artifacts', 'out' | Where-Object -FilterScript { Test-Path -Path $_ } | Remove-Item -Recurse -Force
    Get-ChildItem -Path src/*, tests/* -Directory -Include bin, obj -Recurse -Depth 1 | Remove-Item -Recurse -Force
}

if ($PSVersionTable.PSVersion -lt [version]'7.4') {
    [Console]::Error.WriteLine("build.ps1 needs PowerShell 7.4 or newer, and this is $($PSVersionTable.PSVersion). With the .NET SDK 10, run: dotnet tool restore; dotnet pwsh ./build.ps1 $Task")
    exit 1
}
if ($Destination) { $Destination = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Destination) }
Push-Location -LiteralPath $PSScriptRoot
try {
    switch ($Task) {
        'Build' { Invoke-Build }
        'Test' { Invoke-Test }
        'Analyze' { Invoke-Analysis }
        'Docs' { Build-Help }
        'Demo' { Invoke-Demo }
        'Package' { Export-Package }
        'Install' { Install-Build }
        'Clean' { Clear-Build }
    }
}
catch {
    # The sentence alone, not the lines of this script around it.
    $PSCmdlet.ThrowTerminatingError($_)
}
finally {
    Pop-Location
}
