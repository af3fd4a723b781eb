# The hosted service itself, with a real key and for real money: one short text a model, well under one US cent in all.
# Run by hand only: $env:RUNWARE_API_KEY = Read-Host -MaskInput; ./tests/Pester/Run.ps1 -Live

BeforeDiscovery {
    $why = if ($env:RUNWARETTS_TEST_LIVE -ne '1') { 'it is paid for; ask for it by tests/Pester/Run.ps1 -Live' }
    elseif (-not $env:RUNWARE_API_KEY) { 'RUNWARE_API_KEY is not set' }
    $script:skip = [bool]$why
    $script:note = if ($why) { " (SKIPPED: $why)" }
    if ($why -and $env:RUNWARETTS_TEST_LIVE -eq '1') { Write-Warning -Message "The live tests were SKIPPED: $why." }
    $script:models = @(
        @{ Model = 'CustomVoice'; Asked = @{ Voice = 'ryan'; OutputFormat = 'MP3' } }
        @{ Model = 'VoiceDesign'; Asked = @{ VoiceDescription = 'A calm, clear announcer'; OutputFormat = 'OGG' } }
    )
}

Describe 'The hosted service' -Tag 'Live' {
    BeforeAll {
        $script:Costs = [System.Collections.Generic.List[decimal]]::new()
        . (Join-Path -Path $PSScriptRoot -ChildPath 'Support.ps1')
        $key, $url = $env:RUNWARE_API_KEY, $env:RUNWARE_API_URL
        Import-TestModule
        $connection = @{ ApiKey = $key }
        if ($url) { $connection.Endpoint = $url }
        Connect-TtsService @connection
        $env:RUNWARE_API_KEY, $env:RUNWARE_API_URL = $key, $url

        $script:Text = 'Mind the gap.'
        $script:Limit = 0.005

        function Show-Line {
            param([Parameter(Mandatory)] [string] $Line)

            Write-Information -MessageData "    $Line" -InformationAction Continue
        }
    }

    AfterAll {
        if ($Costs.Count) { Show-Line -Line "In all: $(($Costs | Measure-Object -Sum).Sum.ToString('0.0000##', [cultureinfo]::InvariantCulture)) USD" }
        Disconnect-TtsService
    }

    # Pester fills no template of a test that it skips, so the names are made here.
    foreach ($case in $models) {
        It "speaks by $($case.Model), and says what it cost$note" -TestCases $case -Skip:$skip {
            $estimate = Test-TtsSpeech -Text $Text -Language en @Asked
            $estimate.EstimatedCost | Should -BeLessThan $Limit -Because 'a live test is cheap, or is not run'

            $path = Join-Path -Path $TestDrive -ChildPath "live-$Model"
            $result = New-TtsSpeech -Text $Text -Language en @Asked -OutputPath $path -TimeoutSec 180 -ErrorAction Stop
            if ($null -ne $result.Cost) { $Costs.Add($result.Cost) }
            $cost = if ($null -eq $result.Cost) { 'of unknown cost' } else { "$($result.Cost.ToString([cultureinfo]::InvariantCulture)) USD" }
            Show-Line -Line "$($Model): $cost, $($result.Duration.TotalSeconds.ToString('0.0', [cultureinfo]::InvariantCulture)) s of $($result.Audio.Format), after $($result.Elapsed.TotalSeconds.ToString('0.0', [cultureinfo]::InvariantCulture)) s, task $($result.TaskUUID)"

            $result.Status, $result.Provider, $result.Model | Should -Be 'Completed', 'Runware', $Model
            $result.Path | Should -Exist
            $result.File.Length | Should -Be $result.Size
            $result.Audio.Format | Should -BeExactly $Asked.OutputFormat
            $result.Duration.TotalSeconds | Should -BeGreaterThan 0.3
            $result.Duration.TotalSeconds | Should -BeLessThan 20
            $result.Cost | Should -Not -BeNullOrEmpty
            $result.Cost | Should -BeLessThan $Limit
        }
    }
}

# Your own servers, which charge nothing. Run by hand only: ./tests/Pester/Run.ps1 -SelfHosted http://gpu1:8091
Describe 'Servers of the open weights' -Tag 'SelfHosted' {
    BeforeDiscovery {
        $script:urls = @($env:RUNWARETTS_TEST_SERVERS -split ',' | Where-Object { $_ })
        $script:noServers = -not $urls
        $script:noServersNote = if ($noServers) { ' (SKIPPED: give their URLs by tests/Pester/Run.ps1 -SelfHosted)' }
        $script:servers = @(if ($noServers) { @{ Url = 'none' } } else { foreach ($url in $urls) { @{ Url = $url } } })
    }

    BeforeAll {
        . (Join-Path -Path $PSScriptRoot -ChildPath 'Support.ps1')
        Import-TestModule

        # The server itself says which of the three models it has.
        function Connect-Server {
            param([Parameter(Mandatory)] [string] $Url)

            foreach ($model in (Get-TtsModel).Name) {
                try { return Connect-TtsService -SelfHosted @{ $model = $Url } -ErrorAction Stop }
                catch { if ($_.FullyQualifiedErrorId -notlike 'InvalidRequest.Model*') { throw } }
            }
            throw "$Url serves none of the three models."
        }

        function Get-Row {
            param([Parameter(Mandatory)] [string] $Model)

            switch ($Model) {
                'CustomVoice' { @{ Voice = 'ryan' } }
                'VoiceDesign' { @{ VoiceDescription = 'A calm, clear announcer' } }
                'Base' {
                    Connect-TtsService -Offline
                    $spoken = @{
                        Text = 'The old harbour was quiet that night, and only the lamps moved.'
                        OutputPath = Join-Path -Path $TestDrive -ChildPath 'clip.wav'
                    }
                    $clip = New-TtsSpeech @spoken -WarningAction Ignore
                    @{ ReferenceAudio = $clip.Path; Transcript = $clip.Text }
                }
            }
        }
    }

    AfterAll { Disconnect-TtsService }

    foreach ($server in $servers) {
        It "speaks by $($server.Url)$noServersNote" -TestCases $server -Skip:$noServers {
            $found = Connect-Server -Url $Url
            $row = Get-Row -Model $found.Model
            $row += @{ Language = 'en'; ErrorAction = 'Stop' }
            $found = Connect-Server -Url $Url
            $found.IsReady | Should -BeTrue
            foreach ($format in 'WAV', 'MP3', 'FLAC', 'OGG') {
                $path = Join-Path -Path $TestDrive -ChildPath "server.$($format.ToLowerInvariant())"
                $result = New-TtsSpeech -Text "Mind the gap, $format." @row -OutputPath $path -Force
                $seconds = $result.Elapsed.TotalSeconds.ToString('0.0', [cultureinfo]::InvariantCulture)
                $facts = "    $($found.Kind), $($result.Model), $($result.Audio), after $seconds s"
                Write-Information -MessageData $facts -InformationAction Continue
                $result.Provider, $result.Model, $result.Audio.Format | Should -Be 'SelfHosted', $found.Model, $format
                $result.Duration.TotalSeconds | Should -BeGreaterThan 0.3
                $result.Duration.TotalSeconds | Should -BeLessThan 20
            }
            $two = @(New-TtsSpeech -Text 'Twice.' @row -NumberResults 2 -OutputFormat WAV)
            $two | Should -HaveCount 2
            # A cap of two seconds cuts a longer text, and the server says so, or the length does.
            $long = 'Mind the gap between the train and the platform. ' * 4
            $cut = New-TtsSpeech -Text $long @row -MaxNewTokens 25 -OutputFormat WAV -WarningAction Ignore
            $cut.Suspect | Should -BeExactly 'Truncated'
        }
    }
}
