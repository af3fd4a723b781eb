# build.ps1 as a person runs it: each test in a PowerShell of its own, with a folder of its own.

BeforeDiscovery {
    $script:noPlatyPS = -not (Get-Module -Name Microsoft.PowerShell.PlatyPS -ListAvailable)
    $script:noAnalyzer = -not (Get-Module -Name PSScriptAnalyzer -ListAvailable)
}

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Support.ps1')
    Import-TestModule
    $script:Build = (Resolve-Path -LiteralPath (Join-Path -Path $PSScriptRoot -ChildPath '../../build.ps1')).Path
    $script:Manifest = Test-ModuleManifest -Path (Get-TestModulePath)
    $script:ModuleFolder = Split-Path -Path (Get-TestModulePath)

    # What a script writes in a fresh PowerShell that finds modules in one folder only, and those that come with it.
    function script:Get-FreshOutput([string] $Modules, [string] $Script) {
        $start = "`$env:PSModulePath = '$Modules' + [System.IO.Path]::PathSeparator + (Join-Path -Path `$PSHOME -ChildPath Modules); Set-StrictMode -Version Latest; `$ErrorActionPreference = 'Stop'; $Script"
        $encoded = [Convert]::ToBase64String([System.Text.Encoding]::Unicode.GetBytes($start))
        return Invoke-PowerShell -OutputFormat Text -EncodedCommand $encoded
    }

    function script:Get-RelativeName([string] $Folder) {
        return Get-ChildItem -LiteralPath $Folder -Recurse -File -Force | ForEach-Object -Process { $_.FullName.Substring($Folder.Length + 1).Replace('\', '/') } | Sort-Object
    }
}

AfterAll { Close-TestResource }

Describe 'build.ps1 Install' {
    BeforeAll {
        $script:Modules = Join-Path -Path $TestDrive -ChildPath 'my modules'
        # What lies there from before is replaced, and what is another version's stays.
        $script:Installed = Join-Path -Path $Modules -ChildPath "RunwareTts/$($Manifest.Version)"
        $null = New-Item -ItemType Directory -Path $Installed, (Join-Path -Path $Modules -ChildPath 'RunwareTts/0.0.1')
        Set-Content -LiteralPath (Join-Path -Path $Installed -ChildPath 'old.dll'), (Join-Path -Path $Modules -ChildPath 'RunwareTts/0.0.1/old.txt') -Value 'old'
        $script:Said = Invoke-PowerShell -File $Build Install -NoBuild -Destination $Modules
    }

    It 'puts the module into a folder of its version, and says where' {
        $LASTEXITCODE | Should -Be 0
        $Said | Should -Be "Installed in $Installed"
        Join-Path -Path $Modules -ChildPath 'RunwareTts/0.0.1/old.txt' | Should -Exist
    }

    It 'leaves there what was built and nothing else' {
        Get-RelativeName $Installed | Should -Be (Get-RelativeName $ModuleFolder)
    }

    It 'is found by name in a fresh process, and is all there' {
        $found = Get-FreshOutput $Modules 'Import-Module -Name RunwareTts; $module = Get-Module -Name RunwareTts; "$($module.Version)"; $module.ModuleBase; ($module.ExportedCommands.Keys | Sort-Object) -join " "'
        $found[0] | Should -BeExactly "$($Manifest.Version)"
        $found[1] | Should -BeExactly $Installed
        $found[2] | Should -BeExactly (($Manifest.ExportedCmdlets.Keys | Sort-Object) -join ' ')
    }

    It 'is loaded when one of its cmdlets is called, views and all' {
        (Get-FreshOutput $Modules 'Get-TtsVoice -Name ryan | Format-Table | Out-String') -join "`n" | Should -Match 'NativeLanguage.*\n.*\nryan +Preset +Male +English'
    }

    It 'brings two assemblies into PowerShell 7, and those from its folder' {
        $loaded = Get-FreshOutput $Modules '$null = "hello" | Test-TtsSpeech; [AppDomain]::CurrentDomain.GetAssemblies().Where({ -not $_.IsDynamic }).Location.Where({ $_ -and -not $_.StartsWith($PSHOME) -and $_ -notmatch "[\\/]shared[\\/]Microsoft\.\w+\.App[\\/]" })'
        $loaded | Sort-Object | Should -Be ('RunwareTts.Core.dll', 'RunwareTts.dll' | ForEach-Object -Process { Join-Path -Path $Installed -ChildPath "bin/net8.0/$_" })
    }
}

Describe 'build.ps1 Install without -Destination' -Skip:$IsWindows {
    It 'puts the module where PowerShell looks for those of this user' {
        $before = $env:XDG_DATA_HOME, $env:PSModulePath
        try {
            $env:XDG_DATA_HOME = Join-Path -Path $TestDrive -ChildPath 'data'
            $env:PSModulePath = $null
            $null = Invoke-PowerShell -File $Build Install -NoBuild
            Invoke-PowerShell -Command '(Get-Module -Name RunwareTts -ListAvailable).ModuleBase' | Should -BeLike (Join-Path -Path $env:XDG_DATA_HOME -ChildPath "*/RunwareTts/$($Manifest.Version)")
        }
        finally { $env:XDG_DATA_HOME, $env:PSModulePath = $before }
    }
}

Describe 'build.ps1 Package' {
    BeforeAll {
        # What an earlier build left must not go with it.
        $stray = Join-Path -Path $ModuleFolder -ChildPath 'bin/net8.0/RunwareTts.pdb'
        Set-Content -LiteralPath $stray -Value 'of an earlier build'
        $scratch = $env:NUGET_SCRATCH
        try {
            # NuGet leaves its own otherwise in the temp folder.
            $env:NUGET_SCRATCH = Join-Path -Path $TestDrive -ChildPath 'scratch-of-nuget'
            $script:Said = Invoke-PowerShell -File $Build Package -NoBuild -Destination $TestDrive
            $script:ExitCode = $LASTEXITCODE
        }
        finally {
            Remove-Item -LiteralPath $stray
            $env:NUGET_SCRATCH = $scratch
        }
        $script:Package = Join-Path -Path $TestDrive -ChildPath "RunwareTts.$($Manifest.Version).nupkg"
        $script:Modules = Join-Path -Path $TestDrive -ChildPath 'unpacked'
        $script:Unpacked = Join-Path -Path $Modules -ChildPath 'RunwareTts'
        [System.IO.Compression.ZipFile]::ExtractToDirectory($Package, $Unpacked)
    }

    It 'makes one package, and prints its SHA-256' {
        $ExitCode | Should -Be 0
        Get-ChildItem -LiteralPath $TestDrive -File | ForEach-Object -MemberName FullName | Should -Be $Package
        $Said -join "`n" | Should -Match "SHA-256 $((Get-FileHash -LiteralPath $Package).Hash.ToLowerInvariant())  "
    }

    It 'holds the module, the licence, its help and nothing else: a stray file cannot be taken back' {
        $shipped = 'LICENSE', 'RunwareTts.Format.ps1xml', 'RunwareTts.Types.ps1xml', 'RunwareTts.psd1'
        $shipped += 'Core', '' | ForEach-Object -Process { "bin/net8.0/RunwareTts$(if ($_) { ".$_" }).dll", "bin/netstandard2.0/RunwareTts$(if ($_) { ".$_" }).dll" }
        $shipped += 'Microsoft.Bcl.AsyncInterfaces', 'System.Buffers', 'System.Memory', 'System.Numerics.Vectors', 'System.Runtime.CompilerServices.Unsafe',
        'System.Text.Encodings.Web', 'System.Text.Json', 'System.Threading.Tasks.Extensions' | ForEach-Object -Process { "bin/netstandard2.0/$_.dll" }
        # Topics are there when build.ps1 Docs has made them, and the help of cmdlets when it had PlatyPS too.
        $help = Join-Path -Path $ModuleFolder -ChildPath 'en-US'
        if (Test-Path -LiteralPath $help) {
            $pages = Join-Path -Path (Split-Path -Path $Build) -ChildPath 'docs/en-US'
            $shipped += Get-ChildItem -LiteralPath $pages -Filter 'about_*.md' | ForEach-Object -Process { "en-US/$($_.BaseName).help.txt" }
        }
        if (Test-Path -LiteralPath (Join-Path -Path $help -ChildPath 'RunwareTts.dll-Help.xml')) { $shipped += 'en-US/RunwareTts.dll-Help.xml' }
        # What a package has about itself.
        $wrapping = 'README.md', 'RunwareTts.nuspec', '[Content_Types].xml', '_rels/.rels'
        $found = Get-RelativeName $Unpacked | Where-Object -FilterScript { $_ -notlike 'package/services/metadata/core-properties/*.psmdcp' }
        $found | Should -Be @($shipped + $wrapping | Sort-Object)
    }

    It 'is the module once it is unpacked' {
        Get-FreshOutput $Modules '(Get-TtsVoice).Count' | Should -Be 9
    }

    It 'says of itself what the manifest says' {
        $words = ([xml](Get-Content -LiteralPath (Join-Path -Path $Unpacked -ChildPath 'RunwareTts.nuspec') -Raw)).package.metadata
        $words.readme | Should -BeExactly 'README.md'
        $words.version, $words.authors, $words.description | Should -Be "$($Manifest.Version)", $Manifest.Author, $Manifest.Description
        $words.copyright, $words.releaseNotes | Should -Be $Manifest.Copyright, $Manifest.ReleaseNotes
        $words.projectUrl, $words.licenseUrl, $words.iconUrl | Should -Be "$($Manifest.ProjectUri)", "$($Manifest.LicenseUri)", "$($Manifest.IconUri)"
        $tags = -split $words.tags
        'PSModule', 'PSEdition_Desktop', 'PSEdition_Core' | Should -BeIn $tags
        $Manifest.ExportedCmdlets.Keys | ForEach-Object -Process { "PSCmdlet_$_" } | Should -BeIn $tags
    }

    It 'has the README with links that lead to the project: a gallery shows it by itself' {
        $readme = Get-Content -LiteralPath (Join-Path -Path $Unpacked -ChildPath 'README.md') -Raw
        $links = [regex]::Matches($readme, '(?<!`)\[[^\]\n]+\]\((?<to>[^)\s]+)\)').ForEach{ $_.Groups['to'].Value }
        $links | Should -Not -BeNullOrEmpty
        $links -notlike 'https://*' | Should -BeNullOrEmpty
        $links -like "$($Manifest.ProjectUri)/raw/main/docs/images/*" | Should -Not -BeNullOrEmpty
        $links -like "$($Manifest.ProjectUri)/blob/main/docs/*" | Should -Not -BeNullOrEmpty
    }
}

Describe 'build.ps1 <Task> without espeak-ng and ffmpeg' -ForEach @{ Task = 'Demo' }, @{ Task = 'Test' } {
    It '<How> is one sentence that says what to do, and exit code 1' -ForEach @(
        @{ How = 'and with -NoSetup'; With = @('-NoSetup'); Says = 'which -NoSetup does not install' }
        @{ How = 'and without a package manager'; With = @(); Says = 'apt-get as root or with sudo' }
    ) {
        $before = $env:PATH, $env:NO_COLOR
        try {
            # Here is no program at all.
            $env:PATH, $env:NO_COLOR = "$TestDrive", '1'
            $said = @(Invoke-PowerShell -File $Build $Task @With 2>&1 | ForEach-Object -Process { "$_" })
        }
        finally { $env:PATH, $env:NO_COLOR = $before }
        $LASTEXITCODE | Should -Be 1
        $said -join ' ' | Should -Match "The draft voices need espeak-ng and ffmpeg, .*$Says"
        $said -join ' ' | Should -Match 'Install espeak-ng and ffmpeg \(Debian: apt-get install espeak-ng ffmpeg\)'
        $said | Where-Object -FilterScript { $_.Trim() } | Should -HaveCount 1
    }
}

Describe 'build.ps1 Docs' -Skip:$noPlatyPS {
    BeforeAll {
        # A repository of one page and one topic; the pages of the real one are tested where they are.
        $script:Scratch = Join-Path -Path $TestDrive -ChildPath 'scratch'
        $pages = New-Item -ItemType Directory -Path (Join-Path -Path $Scratch -ChildPath 'docs/en-US')
        $null = New-Item -ItemType Directory -Path (Join-Path -Path $Scratch -ChildPath 'artifacts')
        Copy-Item -LiteralPath $Build -Destination $Scratch
        Copy-Item -LiteralPath $ModuleFolder -Destination (Join-Path -Path $Scratch -ChildPath 'artifacts/RunwareTts') -Recurse
        Remove-Item -Path (Join-Path -Path $Scratch -ChildPath 'artifacts/RunwareTts/en-US') -Recurse -ErrorAction Ignore
        $page = Get-Content -LiteralPath (Join-Path -Path (Split-Path -Path $Build) -ChildPath 'docs/en-US/Get-TtsVoice.md') -Raw
        ($page -replace '(?<=## SYNOPSIS\s+)\S[^\n]*', 'Lists the voices.') -replace '(?<=### -Gender\s+)\S[^\n]*', 'Of one gender.' |
            Set-Content -LiteralPath (Join-Path -Path $pages -ChildPath 'Get-TtsVoice.md')
        Set-Content -LiteralPath (Join-Path -Path $pages -ChildPath 'RunwareTts.md') -Value '# the module page is for readers of the folder'
        Set-Content -LiteralPath (Join-Path -Path $pages -ChildPath 'about_RunwareTts.md') -Value @"
---
title: about_RunwareTts
---
# about_RunwareTts

## Short description

**Speaks** rows of text $([char]0x2013) see [the list](list.md).

### Long description

$('word ' * 40)

``````powershell
Get-TtsVoice   # $('as it is ' * 12)
``````
"@
        Invoke-PowerShell -File (Join-Path -Path $Scratch -ChildPath 'build.ps1') Docs
        $script:Help = Join-Path -Path $Scratch -ChildPath 'artifacts/RunwareTts/en-US'
    }

    It 'makes one file for the cmdlets and one for each topic' {
        Get-RelativeName $Help | Should -Be 'about_RunwareTts.help.txt', 'RunwareTts.dll-Help.xml'
    }

    It 'puts them where Get-Help looks, in any language' {
        $load = "Import-Module -Name '$Scratch/artifacts/RunwareTts/RunwareTts.psd1';"
        $script = "$load '', 'de-DE' | ForEach-Object { [cultureinfo]::CurrentUICulture = `$_; (Get-Help -Name Get-TtsVoice -Full).Synopsis; (Get-Help -Name Get-TtsVoice -Parameter Gender).description.Text; (Get-Help -Name about_RunwareTts).Length -gt 100 }"
        Get-FreshOutput (Join-Path -Path $Scratch -ChildPath 'artifacts') $script | Should -Be (@('Lists the voices.', 'Of one gender.', 'True') * 2)
    }

    It 'makes plain text of a topic: no marks, headings in capitals, lines of 80 columns' {
        $file = Join-Path -Path $Help -ChildPath 'about_RunwareTts.help.txt'
        $lines = Get-Content -LiteralPath $file -Encoding utf8
        $lines[0..6] | Should -Be 'TOPIC', '    about_RunwareTts', '', 'SHORT DESCRIPTION', '', "    Speaks rows of text $([char]0x2013) see the list.", ''
        $lines | Should -Contain 'LONG DESCRIPTION'
        $lines | Should -Contain "        Get-TtsVoice   # $(('as it is ' * 12).Trim())"
        ($lines | Where-Object -FilterScript { $_ -match '^    \S' }).Length | Should -Not -BeGreaterThan 80
        ($lines -match 'word').Count | Should -BeGreaterThan 2
        # Windows PowerShell knows UTF-8 by this mark alone.
        [System.IO.File]::ReadAllBytes($file)[0..2] | Should -Be 0xEF, 0xBB, 0xBF
    }
}

Describe 'build.ps1 Analyze' -Tag Slow -Skip:$noAnalyzer {
    It 'finds nothing' {
        Invoke-PowerShell -File $Build Analyze -NoBuild | Should -Match 'found nothing in \d+ files'
        $LASTEXITCODE | Should -Be 0
    }
}
