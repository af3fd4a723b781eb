<#
.SYNOPSIS
    Builds, checks, packs and installs RunwareTts. A thin front of dotnet: building and testing work without PowerShell too.
.DESCRIPTION
    Build    lays the module out in artifacts/RunwareTts.
    Test     runs every test, the Pester suite included.
    Analyze  holds scripts, manifests and the blocks of views against tests/PSScriptAnalyzerSettings.psd1.
    Docs     makes the help of artifacts/RunwareTts from the pages in docs/en-US.
    Demo     speaks docs/samples/announcements.csv into out/.
    Package  makes artifacts/RunwareTts.<version>.nupkg for a gallery, and prints its SHA-256.
    Install  puts the module where this PowerShell looks for modules of this user.
    Clean    removes all that was built.
.EXAMPLE
    ./build.ps1 Demo
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
    [switch] $NoBuild
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version Latest
$module = Join-Path -Path $PSScriptRoot -ChildPath 'artifacts/RunwareTts'

function Invoke-DotNet([string[]] $Arguments) {
    & dotnet @Arguments
    if ($LASTEXITCODE -ne 0) { throw "dotnet $($Arguments[0]) failed with exit code $LASTEXITCODE." }
}

function Invoke-Build {
    Invoke-DotNet -Arguments 'build', 'src/RunwareTts', '-c', $Configuration, '-v', 'quiet', '--nologo'
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
        # Helpers of tests ask nobody, a job's param block is taken for a lack of $using:, and most tests are for PowerShell 7 alone.
        $exempt = @(if ($file.FullName -match '[\\/]Pester[\\/]') { 'PSUseShouldProcessForStateChangingFunctions', 'PSUseUsingScopeModifierInNewRunspaces' }
            if ($file.FullName -match '[\\/]Pester[\\/](?!Editions|Support|Run)') { 'PSUseCompatibleSyntax' })
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

if ($Destination) { $Destination = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Destination) }
Push-Location -LiteralPath $PSScriptRoot
try {
    switch ($Task) {
        'Build' { Invoke-Build }
        'Test' { Invoke-DotNet -Arguments 'test', '-c', $Configuration, '--nologo' }
        'Analyze' { Invoke-Analysis }
        'Docs' { Build-Help }
        'Demo' {
            if (-not $NoBuild) { Invoke-Build }
            & ./docs/samples/announcements.ps1
        }
        'Package' { Export-Package }
        'Install' { Install-Build }
        'Clean' { Clear-Build }
    }
}
finally {
    Pop-Location
}
