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
