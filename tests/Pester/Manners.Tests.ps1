# Manners of a good cmdlet in a real PowerShell: its streams, its common parameters, how it ends and where it runs.

BeforeDiscovery {
    $script:waits = @(
        @{ Command = 'New-TtsSpeech'; Line = 'New-TtsSpeech -Text hello' }
        @{ Command = 'New-TtsSpeech -Async'; Line = 'New-TtsSpeech -Text hello -Async' }
        @{ Command = 'Test-TtsSpeech -Remote'; Line = 'Test-TtsSpeech -Text hello -Remote -SkipLedger' }
        @{ Command = 'Connect-TtsService'; Line = 'Connect-TtsService' }
        @{ Command = 'Get-TtsAccount'; Line = 'Get-TtsAccount' }
        @{ Command = 'Get-TtsTask'; Line = 'Get-TtsTask -TaskUUID 11111111-2222-4333-8444-555555555555' }
        @{ Command = 'Wait-TtsTask'; Line = 'Wait-TtsTask -TaskUUID 11111111-2222-4333-8444-555555555555' }
        @{ Command = 'Save-TtsSpeech'; Line = 'Save-TtsSpeech -AudioUrl $args[0] -OutputPath $args[1]' }
    )
}

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Support.ps1')
    Import-TestModule
    $script:Emulator = Open-Emulator -Tiny
    $script:Relay = Open-Relay -Url $Emulator.Url
    $script:Secret = 'X-Signature=0123456789abcdef'

    function Open-ConnectedRunspace([string] $Url) {
        # As a user has it: a PowerShell of its own, and a key in the session.
        $instance = Open-Runspace
        $null = $instance.AddCommand('Connect-TtsService').AddParameter('ApiKey', $TestKey).AddParameter('Endpoint', $Url).Invoke()
        $instance.Commands.Clear()
        return $instance
    }

    Connect-TtsService -ApiKey $TestKey -Endpoint $Relay.Url
}

AfterAll { Close-TestResource }

Describe 'Streams' {
    BeforeEach { $Relay.Clear() }

    It 'of -Debug show the JSON that goes and comes, without key and presigned query' {
        $url = "$($Relay.Url -replace 'v1$')store/a?$Secret"
        $all = 'Gate seven' | New-TtsSpeech -OutputFormat WAV -UploadEndpoint $url -Debug 5>&1
        $shown = ($all | Where-Object { $_ -is [System.Management.Automation.DebugRecord] }).Message -join "`n"
        $shown | Should -Match "POST $([regex]::Escape($Relay.Url)) \[\{.*""taskType"":""audioInference"".*Gate seven"
        $shown | Should -Match 'HTTP 200 \{.*"audioUUID"'
        $shown | Should -Match '/store/a'
        $shown | Should -Not -Match ([regex]::Escape($Secret))
        $shown | Should -Not -Match $TestKey
        $Relay.Bodies -join "`n" | Should -Match ([regex]::Escape($Secret)) -Because 'it is hidden from the stream, and not from the service'
    }

    It 'of -Debug have no verbose lines, and no warning ends a batch where no one can answer' {
        $script = {
            param($Module)
            Import-Module -Name $Module
            Connect-TtsService -Offline | Out-Null
            $rows = [pscustomobject]@{ Text = 'one'; Voice = 'ryan'; Speed = 9 }, [pscustomobject]@{ Text = 'two' }, [pscustomobject]@{ Text = 'three' }
            $all = @($rows | New-TtsSpeech -OutputFormat WAV -SkipLedger -Debug -WarningVariable warned -ErrorAction Continue *>&1)
            foreach ($type in 'TtsSpeech', 'ErrorRecord', 'WarningRecord', 'VerboseRecord') { @($all | Where-Object { $_.GetType().Name -eq $type }).Count }
            $warned.Count
        }
        Invoke-PowerShell -Command $script -args (Get-TestModulePath) | Should -Be 2, 1, 1, 0, 1
    }

    It 'of -Verbose tell the story of a request by its id, without text and key' {
        $all = 'Gate seventy' | New-TtsSpeech -OutputFormat WAV -Verbose 4>&1
        $speech = $all | Where-Object { $_ -isnot [System.Management.Automation.VerboseRecord] }
        $shown = ($all | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }).Message -join "`n"
        $shown | Should -Match $speech.TaskUUID
        $shown | Should -Match 'Wait-TtsTask -TaskUUID'
        $shown | Should -Not -Match $TestKey
    }

    It 'are quiet of themselves: results only' {
        $all = @('one', 'two' | New-TtsSpeech -OutputFormat WAV *>&1)
        $all | Should -HaveCount 2
        $all | Should -BeOfType ([RunwareTts.TtsSpeech])
    }

    It 'warn once a pipeline of what is true of many rows' {
        $outcome = Get-Outcome -Action { 'one', 'two', 'three' | New-TtsSpeech -OutputFormat WAV -Voice newcomer }
        @($outcome.Warnings -match 'newcomer') | Should -HaveCount 1
        (Get-Outcome -Action { 'one' | New-TtsSpeech -OutputFormat WAV -Voice newcomer -WarningAction Ignore }).Warnings | Should -HaveCount 0
    }

    It 'show progress and take it away in the end, and none where $ProgressPreference says so' -Tag Slow {
        $slow = Open-Emulator -Tiny -TaskTime 1.5
        $shown = foreach ($preference in 'Continue', 'SilentlyContinue') {
            $instance = Open-ConnectedRunspace -Url $slow.Url
            $null = $instance.AddScript('$ProgressPreference = $args[0]; "one", "two" | New-TtsSpeech -OutputFormat WAV -ThrottleLimit 1 -SkipLedger').AddArgument($preference)
            [pscustomobject]@{ Preference = $preference; Instance = $instance; Run = $instance.BeginInvoke() }
        }
        try {
            foreach ($each in $shown) { $each.Instance.EndInvoke($each.Run) | Should -HaveCount 2 }
            $records = @($shown[0].Instance.Streams.Progress | Where-Object -Property Activity -EQ -Value 'New-TtsSpeech')
            $records[0].StatusDescription | Should -Match 'done, 0 failed'
            $records[-1].RecordType | Should -Be 'Completed'
            @($shown[1].Instance.Streams.Progress | Where-Object -Property Activity -EQ -Value 'New-TtsSpeech') | Should -HaveCount 0
        }
        finally { $shown.Instance.Dispose() }
    }
}

Describe 'Common parameters' {
    BeforeEach { $Relay.Clear() }

    It '-ErrorAction Stop ends at the first bad row, and what was good before it has come' {
        $found = [System.Collections.Generic.List[object]]::new()
        $thrown = $null
        try { 'one', '', 'two' | New-TtsSpeech -OutputFormat WAV -ThrottleLimit 1 -ErrorAction Stop | ForEach-Object { $found.Add($_) } }
        catch { $thrown = $_ }
        $thrown | Get-ErrorName | Should -BeExactly 'InvalidRequest.Text'
        $found.Text | Should -Be 'one'
    }

    It '-ErrorAction <_> writes no error, and the good rows come' -ForEach 'Ignore', 'SilentlyContinue' {
        $Error.Clear()
        $all = @('one', '', 'two' | New-TtsSpeech -OutputFormat WAV -ErrorAction $_ -ErrorVariable kept 2>&1)
        $all.Text | Should -Be 'one', 'two'
        $expected = if ($_ -eq 'Ignore') { 0 } else { 1 }
        $Error | Should -HaveCount $expected
        $kept | Should -HaveCount $expected
    }

    It '-ErrorAction Ignore does not silence what ends the pipeline' {
        { 'one' | New-TtsSpeech -ApiKey ('not-' + $TestKey) -ErrorAction Ignore } | Should -Throw -ErrorId 'Runware.invalidApiKey*'
    }

    It '-OutVariable and -PipelineVariable hold the results' {
        $ids = 'one', 'two' | New-TtsSpeech -OutputFormat WAV -OutVariable kept -PipelineVariable speech | ForEach-Object { "$($speech.Text) $($_.TaskUUID)" }
        $kept.Text | Should -Be 'one', 'two'
        $ids | Should -Be ($kept | ForEach-Object { "$($_.Text) $($_.TaskUUID)" })
    }
}

Describe 'Stopping' {
    It 'ends <Command> against a host that says nothing' -ForEach $waits {
        # Takes every connection and never says a word.
        $silent = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
        $silent.Start()
        $url = "http://127.0.0.1:$($silent.LocalEndpoint.Port)/v1"
        $file = Join-Path -Path $TestDrive -ChildPath 'never.wav'
        $env:RUNWARE_API_URL = $url
        $instance = Open-Runspace
        try {
            $null = $instance.AddScript("`$PSDefaultParameterValues = @{ '*:ApiKey' = '$TestKey'; '*:Endpoint' = '$url' }; $Line").AddArgument("$url/a.wav").AddArgument($file)
            $run = $instance.BeginInvoke()
            $called = $silent.AcceptTcpClientAsync()
            $called.Wait([timespan]::FromMinutes(2)) | Should -BeTrue -Because 'it asks before it waits'
            Start-Sleep -Milliseconds 100
            $run.IsCompleted | Should -BeFalse
            $instance.Stop()
            $instance.InvocationStateInfo.State | Should -Be 'Stopped'
            # What had waited to its end would be an error.
            @($instance.Streams.Error) | Should -HaveCount 0
            $file | Should -Not -Exist
            Get-ChildItem -LiteralPath $TestDrive -Force -Filter '*.part' | Should -HaveCount 0
        }
        finally {
            $instance.Dispose()
            $silent.Stop()
            Remove-Item -Path env:RUNWARE_API_URL
        }
    }
}

Describe 'Places to run' {
    It 'works in Start-Job, a process of its own' {
        $job = Start-Job -ArgumentList (Get-TestModulePath), $TestKey, $Relay.Url -ScriptBlock {
            Import-Module -Name $args[0]
            'one', 'two' | New-TtsSpeech -OutputFormat WAV -ApiKey $args[1] -Endpoint $args[2]
        }
        try {
            $found = Receive-Job -Job $job -Wait
            $found.Text | Should -Be 'one', 'two'
            $found[0].Cost | Should -BeOfType ([decimal])
        }
        finally { Remove-Job -Job $job -Force }
    }

    It 'works in a runspace with the language mode <_>' -ForEach 'ConstrainedLanguage', 'RestrictedLanguage', 'NoLanguage' {
        # An endpoint that offers this module and nothing else, as for people who may do this one thing.
        $state = [initialsessionstate]::CreateRestricted([System.Management.Automation.SessionCapabilities]::RemoteServer)
        $state.ImportPSModule((Get-TestModulePath))
        $state.Providers['FileSystem'] | ForEach-Object { $_.Visibility = 'Public' }
        $state.LanguageMode = $_
        $folder = Join-Path -Path $TestDrive -ChildPath "mode $_"
        $runspace = [runspacefactory]::CreateRunspace($state)
        $runspace.Open()
        $instance = [powershell]::Create($runspace)
        try {
            $null = $instance.AddCommand('Connect-TtsService').AddParameter('ApiKey', (ConvertTo-Secure -Value $TestKey)).AddParameter('Endpoint', $Relay.Url).Invoke()
            $instance.Commands.Clear()
            $null = $instance.AddCommand('New-TtsSpeech').AddParameter('OutputDirectory', $folder).AddParameter('OutputFormat', 'WAV')
            $found = $instance.Invoke(@([pscustomobject]@{ Id = 'a'; Text = "Mode $_" }, [pscustomobject]@{ Id = 'b'; Text = '' }))
            $found.Status | Should -Be 'Completed'
            $instance.Streams.Error.FullyQualifiedErrorId | Should -BeLike 'InvalidRequest.Text,*'
            $instance.Commands.Clear()
            $instance.AddCommand('Get-TtsLedger').AddParameter('Path', $folder).Invoke() | Should -HaveCount 1
            Join-Path -Path $folder -ChildPath 'a.wav' | Should -Exist
        }
        finally {
            $instance.Dispose()
            $runspace.Dispose()
        }
    }

    It 'says so where a session hides the file system, and speaks without a file' {
        $state = [initialsessionstate]::CreateRestricted([System.Management.Automation.SessionCapabilities]::RemoteServer)
        $state.ImportPSModule((Get-TestModulePath))
        $runspace = [runspacefactory]::CreateRunspace($state)
        $runspace.Open()
        $instance = [powershell]::Create($runspace)
        $with = @{ Text = 'Hidden.'; OutputFormat = 'WAV'; ApiKey = ConvertTo-Secure -Value $TestKey; Endpoint = $Relay.Url }
        try {
            $null = $instance.AddCommand('New-TtsSpeech').AddParameters($with).AddParameter('OutputPath', 'x.wav').Invoke()
            $instance.Streams.Error.Exception.Message | Should -BeLike "OutputPath 'x.wav' cannot be reached, because this session hides the file system.*VisibleProviders*"
            { $instance.Commands.Clear(); $instance.AddCommand('New-TtsSpeech').AddParameters($with).AddParameter('OutputDirectory', 'out').Invoke() } | Should -Throw "*OutputDirectory 'out' cannot be reached*"
            $instance.Commands.Clear()
            $instance.AddCommand('New-TtsSpeech').AddParameters($with).Invoke().AudioUrl | Should -Not -BeNullOrEmpty
        }
        finally {
            $instance.Dispose()
            $runspace.Dispose()
        }
    }

    It 'works under strict mode and de-DE, on a PSDrive in a folder with brackets and blanks, from first to last' {
        Set-StrictMode -Version Latest
        $folder = New-Item -ItemType Directory -Path (Join-Path -Path $TestDrive -ChildPath 'a [b] c')
        $null = New-PSDrive -Name TtsManners -PSProvider FileSystem -Root $folder.FullName
        try {
            Invoke-InCulture -Culture 'de-DE' -Action {
                $rows = [pscustomobject]@{ Id = 'x [1]'; Text = 'one'; Speed = 0.9 }, [pscustomobject]@{ Id = 'y'; Text = 'two'; Speed = '' }
                $rows | Test-TtsSpeech | Where-Object -Property IsValid -EQ -Value $false | Should -BeNullOrEmpty
                $rows | New-TtsSpeech -OutputDirectory 'TtsManners:/out [1]' -OutputFormat WAV | Export-Csv -LiteralPath 'TtsManners:/results.csv'
                $again = @(Import-Csv -LiteralPath 'TtsManners:/results.csv' | New-TtsSpeech -OutputDirectory 'TtsManners:/out [1]')
                $again.Status | Should -Be 'Unchanged', 'Unchanged'
                (Get-TtsLedger -Path 'TtsManners:/out [1]').Status | Should -Be 'Saved', 'Saved'
                $tasks = $rows | New-TtsSpeech -Async -OutputFormat WAV -SkipLedger
                ($tasks | Get-TtsTask).Text | Should -Be 'one', 'two'
                $waited = @($tasks | Wait-TtsTask)
                $waited | Save-TtsSpeech -OutputDirectory 'TtsManners:/saved [1]' | Measure-Object -Property Cost -Sum | ForEach-Object { $_.Sum } | Should -BeGreaterThan 0
            }
            Get-ChildItem -LiteralPath (Join-Path -Path $folder -ChildPath 'out [1]') -Filter *.wav | Should -HaveCount 2
            Get-ChildItem -LiteralPath (Join-Path -Path $folder -ChildPath 'saved [1]') -Filter *.wav | Should -HaveCount 2
        }
        finally { Remove-PSDrive -Name TtsManners }
    }
}
