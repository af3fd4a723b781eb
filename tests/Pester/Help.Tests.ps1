# The pages of docs/en-US: every block of PowerShell in them is run as it stands, each in a folder and a runspace of its
# own, against the emulator. A CSV that a page shows is there. A block of output says what comes: an error that is
# not shown there, or shown and not written, fails the test, and so does any other line, unless the output is a table.

BeforeDiscovery {
    $folder = Join-Path -Path $PSScriptRoot -ChildPath '../../docs/en-US'
    $fence = [regex]'(?ms)(?:^#{2,3} (?<heading>[^\n]+)$)|(?:`(?<file>[\w-]+\.csv)` holds:\n\n)?^```(?<kind>\w+)\n(?<code>.*?)^```$'
    $script:examples = foreach ($page in Get-ChildItem -Path $folder -Filter *.md) {
        $text = [System.IO.File]::ReadAllText($page.FullName) -replace '\r\n', "`n"
        $files = @{}
        $found = [System.Collections.Generic.List[hashtable]]::new()
        $heading = ''
        foreach ($match in $fence.Matches($text)) {
            $code = $match.Groups['code'].Value
            switch ($match.Groups['kind'].Value) {
                '' { $heading = $match.Groups['heading'].Value }
                'csv' { $files[$match.Groups['file'].Value] = $code }
                'powershell' { $found.Add(@{ Page = $page.BaseName; Name = $heading; Code = $code; Shown = $null; Files = $files }) }
                'Output' { $found[-1].Shown = $code.TrimEnd() }
            }
        }
        $found
    }
    $script:pages = Get-ChildItem -Path $folder -Filter *-*.md | ForEach-Object -Process { @{ Page = $_.BaseName; File = $_.FullName } }
    $script:noPlatyPS = -not (Get-Module -Name Microsoft.PowerShell.PlatyPS -ListAvailable)
}

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Support.ps1')
    Import-TestModule
    $script:Emulator = Open-Emulator
    # The pages name servers of one's own as gpu1 and gpu2, which have the models of these ports.
    $servers = foreach ($model in 'CustomVoice', 'VoiceDesign', 'Base') { Open-SpeechServer -Model $model }
    $script:Hosts = [ordered]@{
        'http://gpu1:8091' = $servers[0].Url
        'http://gpu2:8091' = $servers[0].Url -replace '127\.0\.0\.1', 'localhost'
        'https://tts.example.com' = $servers[0].Url
        'http://gpu1:8092' = $servers[1].Url
        'http://gpu1:8093' = $servers[2].Url
    }
    $script:Before = @{}
    foreach ($name in 'PSModulePath', 'XDG_STATE_HOME', 'XDG_DATA_HOME', 'PULSE_SERVER', 'ALSA_CONFIG_PATH') { $Before[$name] = [Environment]::GetEnvironmentVariable($name) }
    # The pages show models that the emulator does not know.
    Add-EmulatorSwitch -Emulator $Emulator -Switch @{ otherModels = $true }
    Use-SilentDevice

    # What a page cannot have: somebody at the keyboard, a vault, and a tunnel to this machine.
    $script:StandIns = @'
Set-StrictMode -Version Latest
function Read-Host { param([switch] $AsSecureString) ConvertTo-SecureString $env:RUNWARE_API_KEY -AsPlainText -Force }
function Get-Secret { param($Name, [switch] $AsPlainText) if ($AsPlainText) { $env:RUNWARE_API_KEY } else { Read-Host -AsSecureString } }
'@

    function Invoke-Example {
        # A session as a reader's: the module comes by its name, and the key by the environment.
        param([Parameter(Mandatory)] [string] $Code, [hashtable] $Files)

        $place = Join-Path -Path $TestDrive -ChildPath ([guid]::NewGuid().ToString('N'))
        $null = New-Item -Path $place -ItemType Directory
        foreach ($name in $Files.Keys) { [System.IO.File]::WriteAllText((Join-Path -Path $place -ChildPath $name), $Files[$name]) }
        $env:RUNWARE_API_KEY = $TestKey
        $env:RUNWARE_API_URL = $Emulator.Url
        $env:XDG_STATE_HOME = Join-Path -Path $place -ChildPath '.state'
        $env:XDG_DATA_HOME = Join-Path -Path $place -ChildPath '.data'
        $env:PSModulePath = (Get-TestModulePath | Split-Path | Split-Path) + [System.IO.Path]::PathSeparator + $Before.PSModulePath
        return Invoke-AtPort -Action { param($port) Invoke-Code -Code $Code -Place $place -Port $port }
    }

    function Resolve-Server {
        # The servers of a page, as they listen here.
        param([Parameter(Mandatory)] [AllowEmptyString()] [string] $Text)

        foreach ($name in $Hosts.Keys) { $Text = $Text.Replace($name, $Hosts[$name]) }
        return $Text
    }

    function Invoke-Code {
        param([string] $Code, [string] $Place, [int] $Port)

        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript($StandIns).AddStatement().AddCommand('Set-Location').AddParameter('LiteralPath', $Place).Invoke()
            $shell.Commands.Clear()
            $null = $shell.AddScript((Resolve-Server -Text $Code).Replace('https://tts.example.org/', "http://127.0.0.1:$Port/").Replace(':8090/', ":$Port/"))
            $output = [System.Management.Automation.PSDataCollection[psobject]]::new()
            $run = $shell.BeginInvoke([System.Management.Automation.PSDataCollection[psobject]]::new(), $output)
            if (-not $run.AsyncWaitHandle.WaitOne([timespan]::FromMinutes(5))) { throw 'It hangs.' }
            $null = $shell.EndInvoke($run)
            $errors = @($shell.Streams.Error | ForEach-Object -Process { "$($_.InvocationInfo.MyCommand ?? 'script'): $_" })
            return [pscustomobject]@{ Output = @($output); Errors = $errors; Thrown = $errors -join "`n" }
        }
        finally {
            $shell.Dispose()
        }
    }
}

AfterAll {
    foreach ($name in $Before.Keys) { [Environment]::SetEnvironmentVariable($name, $Before[$name]) }
    Close-TestResource
}

Describe 'An example of <Page>' -ForEach ($examples | Group-Object -Property { $_.Page } | ForEach-Object -Process { @{ Page = $_.Name; Examples = $_.Group } }) {
    It '<Name>' -ForEach $Examples {
        $result = Invoke-Example -Code $Code -Files $Files
        $lines = @(if ($null -ne $Shown) { (Resolve-Server -Text $Shown) -split "`n" })
        # Only on Linux is there a device that nobody hears.
        $errors = @($result.Errors | Where-Object -FilterScript { $IsLinux -or $_ -notmatch '^Out-TtsSpeaker: There is no sound device' })
        $errors -join "`n" | Should -BeExactly (@($lines -match '^\w+-Tts\w+: ') -join "`n")
        { $result.Output | Out-String } | Should -Not -Throw
        if ($null -ne $Shown) { @($result.Output | ForEach-Object -Process { "$_" }) -join "`n" | Should -BeExactly (@($lines -notmatch '^\w+-Tts\w+: ') -join "`n") }
    }
}

Describe 'The page of <Page>' -ForEach $pages {
    It 'has the syntax of the cmdlet' {
        $syntax = [System.IO.File]::ReadAllText($File) -replace '\r\n', "`n" -replace '(?s)^.*\n## SYNTAX\n' -replace '(?s)\n## ALIASES.*$'
        $shown = [regex]::Matches($syntax, '(?ms)^```\n(.*?)^```') | ForEach-Object -Process { $_.Groups[1].Value -replace '\s+', ' ' }
        $real = (Get-Command -Name $Page).ParameterSets | ForEach-Object -Process { "$Page $_" -replace ' ?\[<CommonParameters>\]' -replace '\s+', ' ' }
        @($shown | ForEach-Object -MemberName Trim | Sort-Object) | Should -Be @($real | ForEach-Object -MemberName Trim | Sort-Object)
    }

    It 'has the defaults of the cmdlet' {
        $cmdlet = [activator]::CreateInstance((Get-Command -Name $Page).ImplementingType)
        $text = [System.IO.File]::ReadAllText($File) -replace '\r\n', "`n"
        foreach ($parameter in (Get-Command -Name $Page).Parameters.Values) {
            $property = $cmdlet.GetType().GetProperty($parameter.Name)
            if ($null -eq $property -or $null -eq $property.GetValue($cmdlet)) { continue }
            $default = [regex]::Match($text, "(?ms)^### -$($parameter.Name)\n.*?^DefaultValue: ([^\n]*)").Groups[1].Value.Trim("'")
            $default | Should -Be "$($property.GetValue($cmdlet))" -Because $parameter.Name
        }
        $cmdlet.Dispose()
    }

    It 'is one that PlatyPS understands' -Skip:$noPlatyPS {
        Microsoft.PowerShell.PlatyPS\Test-MarkdownCommandHelp -Path $File | Should -BeTrue
        $help = Microsoft.PowerShell.PlatyPS\Import-MarkdownCommandHelp -Path $File
        $help.Diagnostics.HadErrors | Should -BeFalse
        $help.Examples.Count | Should -BeGreaterOrEqual 3
    }
}

Describe 'Get-Help, once build.ps1 Docs has made it' -Skip:$noPlatyPS {
    BeforeAll {
        $root = (Resolve-Path -LiteralPath (Join-Path -Path $PSScriptRoot -ChildPath '../..')).Path
        $scratch = Join-Path -Path $TestDrive -ChildPath 'docs-made'
        $null = New-Item -ItemType Directory -Path "$scratch/docs", "$scratch/artifacts"
        Copy-Item -LiteralPath "$root/build.ps1" -Destination $scratch
        Copy-Item -LiteralPath "$root/docs/en-US" -Destination "$scratch/docs" -Recurse
        Copy-Item -LiteralPath (Get-TestModulePath | Split-Path) -Destination "$scratch/artifacts/RunwareTts" -Recurse
        $script = Join-Path -Path $scratch -ChildPath 'help.ps1'
        # In a process of its own: this one has the module from elsewhere.
        Set-Content -LiteralPath $script -Value @'
& "$PSScriptRoot/build.ps1" Docs
Import-Module -Name "$PSScriptRoot/artifacts/RunwareTts/RunwareTts.psd1"
$all = foreach ($name in (Get-Command -Module RunwareTts).Name) {
    $help = Get-Help -Name $name -Full
    [pscustomobject]@{
        Name = $name
        Synopsis = $help.Synopsis
        Examples = @($help.examples.example).Count
        Told = @($help.parameters.parameter | Where-Object { $_.description.Text }).Name
        Online = @($help.relatedLinks.navigationLink).Where({ $_.linkText -match '^Online' }).uri
        Links = @($help.relatedLinks.navigationLink).Where({ $_.linkText -notmatch '^Online' }).uri -join ''
        Code = @($help.examples.example).ForEach({ $_.code })
        Whole = $help | Out-String -Width 200
    }
}
$topics = (Get-Help -Name about_RunwareTts*).Name
$maml = [System.IO.File]::ReadAllText("$PSScriptRoot/artifacts/RunwareTts/en-US/RunwareTts.dll-Help.xml")
[pscustomobject]@{ Cmdlets = @($all); Topics = @($topics); Controls = [regex]::Matches($maml, '[\u0080-\u009F]|&#x[89]').Count } | ConvertTo-Json -Depth 4 -Compress
'@
        $script:Made = Invoke-PowerShell -File $script | Select-Object -Last 1 | ConvertFrom-Json
    }

    It 'tells of <Page> all that its page tells' -ForEach $pages {
        $text = [System.IO.File]::ReadAllText($File) -replace '\r\n', "`n"
        $help = $Made.Cmdlets | Where-Object -Property Name -EQ -Value $Page
        $help.Synopsis | Should -BeExactly ([regex]::Match($text, '(?<=## SYNOPSIS\n\n)[^\n]+').Value)
        $help.Examples | Should -Be ([regex]::Matches($text, '(?m)^### Example ').Count)
        $help.Told | Sort-Object | Should -Be @([regex]::Matches($text, '(?m)^### -(\w+)').ForEach{ $_.Groups[1].Value } | Sort-Object)
        $help.Code | Should -Be @([regex]::Matches($text, '(?ms)^### Example .*?^```powershell\n(.*?)\n```$').ForEach{ $_.Groups[1].Value })
        $help.Online | Should -BeExactly (Get-Command -Name $Page).HelpUri
        $help.Links | Should -BeNullOrEmpty
        $help.Whole | Should -Not -Match '(?m)^\s*```'
        $help.Whole | Should -Match '(?s)DESCRIPTION.+INPUTS.+OUTPUTS.+NOTES.+Example 1: .+RELATED LINKS'
    }

    It 'has no control character' {
        $Made.Controls | Should -Be 0
    }

    It 'has the topics' {
        $Made.Topics | Sort-Object | Should -Be 'about_RunwareTts', 'about_RunwareTts_Batch', 'about_RunwareTts_Models', 'about_RunwareTts_Offline', 'about_RunwareTts_SelfHosted', 'about_RunwareTts_Voices'
    }
}
