# Tasks: started with -Async, waited for at once, from a CSV, or by their ids.

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Support.ps1')
    Import-TestModule
    $script:Emulator = Open-Emulator
    $script:Relay = Open-Relay -Url $Emulator.Url
    $script:Slow = Open-Emulator -TaskTime 3
    Connect-TtsService -ApiKey $TestKey -Endpoint $Relay.Url
}

AfterAll { Close-TestResource }

Describe 'New-TtsSpeech -Async' {
    BeforeEach { Reset-RecoveryLedger }

    It 'gives a TtsTask with what waiting needs, and no file' {
        $folder = Join-Path -Path $TestDrive -ChildPath 'task'
        $row = [pscustomobject]@{ Id = 'gate'; Text = 'hello'; Voice = 'ryan'; Language = 'en'; Speed = 1.2; OutputFormat = 'WAV'; NumberResults = 2; MaxNewTokens = 300 }
        $task = $row | New-TtsSpeech -Async -OutputDirectory $folder
        $task.PSObject.TypeNames[0] | Should -BeExactly 'RunwareTts.TtsTask'
        $task.TaskUUID | Should -BeOfType ([guid])
        $task.Id, $task.Text, $task.Model, $task.Voice, $task.Language, $task.OutputFormat | Should -Be 'gate', 'hello', 'CustomVoice', 'ryan', 'English', 'WAV'
        $task.Speed | Should -Be 1.2
        $task.NumberResults | Should -Be 2
        $task.MaxNewTokens | Should -Be 300
        $task.OutputPath | Should -BeExactly 'gate.wav'
        $task.Endpoint | Should -BeExactly $Relay.Url
        $task.Status | Should -BeExactly 'Processing'
        $task.Submitted | Should -BeGreaterThan ([datetimeoffset]::UtcNow.AddMinutes(-1))
        if (Test-Path -LiteralPath $folder) { Get-ChildItem -LiteralPath $folder -Filter '*.wav' | Should -HaveCount 0 }
    }

    It 'does not wait for the speech' {
        $outcome = Get-Outcome -Action { 'one', 'two', 'three' | New-TtsSpeech -Async -ApiKey $TestKey -Endpoint $Slow.Url }
        $outcome.Output.Text | Should -Be 'one', 'two', 'three'
        $outcome.Seconds | Should -BeLessThan 3
    }

    It 'asks for async delivery' {
        $Relay.Clear()
        'one' | New-TtsSpeech -Async | Out-Null
        (Get-SentTask -Relay $Relay).deliveryMethod | Should -BeExactly 'async'
    }

    It 'is implied by a WebhookUrl' {
        $task = New-TtsSpeech -Text 'hello' -OutputFormat WAV -WebhookUrl "http://127.0.0.1:$(Get-FreePort)/hook"
        $task.PSObject.TypeNames[0] | Should -BeExactly 'RunwareTts.TtsTask'
    }

    It 'refuses bad rows like any other call' {
        $outcome = Get-Outcome -Action { 'good', '' | New-TtsSpeech -Async }
        $outcome.Errors | Get-ErrorName | Should -BeExactly 'InvalidRequest.Text'
        $outcome.Output | Should -HaveCount 1
    }
}

Describe 'Wait-TtsTask' {
    BeforeEach {
        Reset-RecoveryLedger
        $script:Folder = Join-Path -Path $TestDrive -ChildPath "out-$([guid]::NewGuid().ToString('N'))"
    }

    It 'saves what is piped from New-TtsSpeech -Async, into the folder of the task' {
        $rows = 'Id,Text,OutputFormat', 'a,one,WAV', 'b,two,MP3' | ConvertFrom-Csv
        $results = $rows | New-TtsSpeech -Async -OutputDirectory $Folder | Wait-TtsTask
        $results.Path | Sort-Object | Should -Be (Join-Path -Path $Folder -ChildPath 'a.wav'), (Join-Path -Path $Folder -ChildPath 'b.mp3')
        $results.Path | Should -Exist
        $results.Text | Sort-Object | Should -Be 'one', 'two'
        $results.Status | Should -Be 'Completed', 'Completed'
        $results.Audio.Format | Sort-Object | Should -Be 'MP3', 'WAV'
        ($results.Cost | Measure-Object -Sum).Sum | Should -BeGreaterThan 0
    }

    It 'saves to the OutputPath of a task without a folder' {
        $path = Join-Path -Path $TestDrive -ChildPath "single-$([guid]::NewGuid()).wav"
        (New-TtsSpeech -Text 'hello' -OutputPath $path -Async | Wait-TtsTask).Path | Should -BeExactly $path
        $path | Should -Exist
    }

    It 'prefers -OutputDirectory on its line' {
        $other = "$Folder-other"
        $result = [pscustomobject]@{ Id = 'a'; Text = 'one'; OutputFormat = 'WAV' } | New-TtsSpeech -Async -OutputDirectory $Folder | Wait-TtsTask -OutputDirectory $other
        $result.Path | Should -BeExactly (Join-Path -Path $other -ChildPath 'a.wav')
        Join-Path -Path $Folder -ChildPath 'a.wav' | Should -Not -Exist
    }

    It 'gives the URL and saves nothing when the task has no file' {
        $result = New-TtsSpeech -Text 'hello' -Async | Wait-TtsTask
        $result.Path | Should -BeNullOrEmpty
        $result.AudioUrl | Should -Match '^http'
    }

    It 'works through Export-Csv under <_>, into another folder' -ForEach 'en-US', 'de-DE' {
        $csv = Join-Path -Path $TestDrive -ChildPath "tasks-$_.csv"
        $outcome = Invoke-InCulture -Culture $_ -Action {
            'Id,Text,Speed,OutputPath', 'a,one,0.9,sub/a.wav', 'b,two,1.25,b.ogg' | ConvertFrom-Csv | New-TtsSpeech -Async -OutputDirectory $Folder | Export-Csv -LiteralPath $csv
            Get-Outcome -Action { Import-Csv -LiteralPath $csv | Wait-TtsTask -OutputDirectory "$Folder-tomorrow" }
        }
        $outcome.Errors | Should -HaveCount 0
        $outcome.Output.Path | Sort-Object | Should -Be (Join-Path -Path "$Folder-tomorrow" -ChildPath 'b.ogg'), (Join-Path -Path "$Folder-tomorrow" -ChildPath 'sub/a.wav')
        $outcome.Output.Path | Should -Exist
        $outcome.Output.Speed | Sort-Object | Should -Be 0.9, 1.25
        $outcome.Output.Id | Sort-Object | Should -Be 'a', 'b'
    }

    It 'works through Export-Clixml' {
        $file = Join-Path -Path $TestDrive -ChildPath 'tasks.xml'
        [pscustomobject]@{ Id = 'a'; Text = 'one'; OutputFormat = 'FLAC' } | New-TtsSpeech -Async -OutputDirectory $Folder | Export-Clixml -LiteralPath $file
        $result = Import-Clixml -LiteralPath $file | Wait-TtsTask
        $result.Path | Should -BeExactly (Join-Path -Path $Folder -ChildPath 'a.flac')
        $result.Audio.Format | Should -BeExactly 'FLAC'
    }

    It 'waits for -TaskUUID as <Kind>, and finds the format out' -ForEach @(
        @{ Kind = 'a Guid on the line'; Wait = { param($id) Wait-TtsTask -TaskUUID $id -OutputDirectory $Folder } }
        @{ Kind = 'text at the first position'; Wait = { param($id) Wait-TtsTask "$id" -OutputDirectory $Folder } }
        @{ Kind = 'a piped string'; Wait = { param($id) "$id" | Wait-TtsTask -OutputDirectory $Folder } }
        @{ Kind = 'a piped Guid'; Wait = { param($id) $id | Wait-TtsTask -OutputDirectory $Folder } }
        @{ Kind = 'a row with nothing else'; Wait = { param($id) [pscustomobject]@{ TaskUUID = $id } | Wait-TtsTask -OutputDirectory $Folder } }
    ) {
        $task = New-TtsSpeech -Text 'hello' -OutputFormat OGG -Async
        $result = & $Wait $task.TaskUUID
        $result.TaskUUID | Should -Be $task.TaskUUID
        $result.Audio.Format | Should -BeExactly 'OGG'
        $result.Path | Should -Match '\.ogg$'
        $result.Path | Should -Exist
    }

    It 'waits for several ids, and names one file by -OutputPath' {
        $tasks = 'one', 'two' | New-TtsSpeech -OutputFormat WAV -Async
        @(Wait-TtsTask -TaskUUID $tasks.TaskUUID -OutputDirectory $Folder) | Should -HaveCount 2
        $path = Join-Path -Path $TestDrive -ChildPath 'named.wav'
        (Wait-TtsTask -TaskUUID $tasks[0].TaskUUID -OutputPath $path).Path | Should -BeExactly $path
    }

    It 'gives every one of NumberResults, numbered' {
        $results = New-TtsSpeech -Text 'hello' -Id 'take' -NumberResults 2 -OutputFormat WAV -Async -OutputDirectory $Folder | Wait-TtsTask
        $results.File.Name | Should -Be 'take-1.wav', 'take-2.wav'
    }

    It 'gives every result of a bare id too' {
        $task = New-TtsSpeech -Text 'hello' -NumberResults 2 -OutputFormat WAV -Async
        $results = $task | Wait-TtsTask
        $results | Should -HaveCount 2
        @(Wait-TtsTask -TaskUUID $task.TaskUUID -OutputDirectory $Folder).File.Name | Should -HaveCount 2
    }

    It 'takes the same task twice for one' {
        $task = New-TtsSpeech -Text 'hello' -OutputFormat WAV -Async
        @($task, $task | Wait-TtsTask) | Should -HaveCount 1
    }

    It 'can be asked again for a task that is done' {
        $task = New-TtsSpeech -Text 'hello' -OutputFormat WAV -Async -OutputDirectory $Folder
        $first = $task | Wait-TtsTask
        $Relay.Clear()
        $again = $task | Wait-TtsTask
        $again.Status, $again.Cost, $again.Path | Should -Be 'Unchanged', 0, $first.Path
        $again.Audio.Duration | Should -Be $first.Audio.Duration
        $Relay.Count | Should -Be 0
    }

    It 'leaves a file of somebody else, which -Force overwrites' {
        $task = New-TtsSpeech -Text 'hello' -Id 'theirs' -OutputFormat WAV -Async -OutputDirectory $Folder
        $file = Join-Path -Path $Folder -ChildPath 'theirs.wav'
        Set-Content -LiteralPath $file -Value 'mine'
        (Get-Outcome -Action { $task | Wait-TtsTask }).Errors | Get-ErrorName | Should -BeExactly 'OutputExists'
        Get-Content -LiteralPath $file | Should -BeExactly 'mine'
        ($task | Wait-TtsTask -Force).Size | Should -Be (Get-Item -LiteralPath $file).Length
    }

    It 'asks for many tasks in one request' {
        $tasks = 1..6 | ForEach-Object -Process { "text $_" } | New-TtsSpeech -OutputFormat WAV -Async
        $Relay.Clear()
        @($tasks | Wait-TtsTask) | Should -HaveCount 6
        # Two to four as measured: each is first asked for at its own age. One by one they would be six at the least.
        $Relay.Count | Should -BeLessThan 6
    }

    It 'after its time is a TaskTimeout for each open task, which can be waited for again' {
        $task = New-TtsSpeech -Text 'hello' -OutputFormat WAV -Async -OutputDirectory $Folder -ApiKey $TestKey -Endpoint $Slow.Url
        $outcome = Get-Outcome -Action { $task | Wait-TtsTask -TimeoutSec 1 -ApiKey $TestKey -Endpoint $Slow.Url }
        $outcome.Errors | Should -HaveCount 1
        $outcome.Thrown | Should -BeNullOrEmpty
        $outcome.Errors[0] | Get-ErrorName | Should -BeExactly 'TaskTimeout'
        $outcome.Errors[0].CategoryInfo.Category | Should -Be 'OperationTimeout'
        $outcome.Errors[0].TargetObject.TaskUUID | Should -Be $task.TaskUUID
        $outcome.Seconds | Should -BeLessThan 5

        $again = $outcome.Errors[0].TargetObject | Wait-TtsTask -ApiKey $TestKey -Endpoint $Slow.Url
        $again.Path | Should -Exist
    }

    It 'refuses <What> as InvalidRequest.<Id>, and goes on' -ForEach @(
        @{ What = 'an id that is none'; Id = 'TaskUUID'; Row = @{ TaskUUID = 'not-an-id' }; Says = "'not-an-id'" }
        @{ What = 'a row without an id'; Id = 'TaskUUID'; Row = @{ Text = 'x' }; Says = 'TaskUUID' }
        @{ What = 'a blank id'; Id = 'TaskUUID'; Row = @{ TaskUUID = ' ' }; Says = 'TaskUUID' }
        @{ What = 'a NumberResults that is no number'; Id = 'NumberResults'; Row = @{ TaskUUID = [guid]::NewGuid(); NumberResults = 'two' }; Says = "'two'" }
        @{ What = 'a format that is none'; Id = 'OutputFormat'; Row = @{ TaskUUID = [guid]::NewGuid(); OutputFormat = 'AAC' }; Says = "'AAC'" }
    ) {
        $bad = [pscustomobject]$Row
        $good = New-TtsSpeech -Text 'hello' -OutputFormat WAV -Async
        $outcome = Get-Outcome -Action { $bad, $good | Wait-TtsTask }
        $outcome.Errors | Should -HaveCount 1
        $outcome.Errors[0] | Get-ErrorName | Should -BeExactly "InvalidRequest.$Id"
        $outcome.Errors[0].Exception.Message | Should -Match $Says
        [object]::ReferenceEquals($outcome.Errors[0].TargetObject, $bad) | Should -BeTrue
        $outcome.Output | Should -HaveCount 1
    }

    It 'does not lend the id of a row to a string after it, nor the reverse' {
        $tasks = 'one', 'two' | New-TtsSpeech -OutputFormat WAV -Async
        $results = @($tasks[0], "$($tasks[1].TaskUUID)" | Wait-TtsTask)
        $results.TaskUUID | Sort-Object | Should -Be @($tasks.TaskUUID | Sort-Object)
        $outcome = Get-Outcome -Action { $tasks[0], [pscustomobject]@{ Text = 'no id' } | Wait-TtsTask }
        $outcome.Errors | Get-ErrorName | Should -BeExactly 'InvalidRequest.TaskUUID'
        $outcome.Output | Should -HaveCount 1
    }

    It 'refuses an OutputPath from a CSV that leads out of -OutputDirectory' {
        $task = New-TtsSpeech -Text 'hello' -OutputFormat WAV -Async
        $row = [pscustomobject]@{ TaskUUID = $task.TaskUUID; OutputPath = '../out.wav' }
        (Get-Outcome -Action { $row | Wait-TtsTask -OutputDirectory $Folder }).Errors | Get-ErrorName | Should -BeExactly 'OutputOutsideDirectory'
        Join-Path -Path $TestDrive -ChildPath 'out.wav' | Should -Not -Exist
    }

    It 'does not follow the Endpoint of a task: a key must not follow a column' {
        $task = New-TtsSpeech -Text 'hello' -OutputFormat WAV -Async
        $row = $task | Select-Object -Property *
        $row.Endpoint = (Get-NowhereUrl)
        @($row | Wait-TtsTask) | Should -HaveCount 1
    }

    It 'without a key names both ways' {
        Disconnect-TtsService
        try {
            $outcome = Get-Outcome -Action { [guid]::NewGuid(), [guid]::NewGuid() | Wait-TtsTask }
            $outcome.Errors | Should -HaveCount 1
            $outcome.Thrown | Get-ErrorName | Should -BeExactly 'ApiKeyMissing'
            $outcome.Thrown.Exception.Message | Should -Match '-Offline'
        }
        finally { Connect-TtsService -ApiKey $TestKey -Endpoint $Relay.Url }
    }

    It 'with a wrong key is one error that ends the pipeline' {
        $outcome = Get-Outcome -Action { [guid]::NewGuid(), [guid]::NewGuid() | Wait-TtsTask -ApiKey 'wrong-key' -Endpoint $Relay.Url }
        $outcome.Errors | Should -HaveCount 1
        $outcome.Thrown | Get-ErrorName | Should -BeExactly 'Runware.invalidApiKey'
    }

    It 'of the draft voices, which keep no tasks, says so' {
        Connect-TtsService -Offline
        try {
            $outcome = Get-Outcome -Action { [guid]::NewGuid() | Wait-TtsTask }
            $outcome.Errors | Get-ErrorName | Should -Match '^NotSupported\.'
        }
        finally { Connect-TtsService -ApiKey $TestKey -Endpoint $Relay.Url }
    }

    It 'with no host that answers is one ServiceUnreachable' {
        $url = (Get-NowhereUrl)
        $outcome = Get-Outcome -Action { [guid]::NewGuid(), [guid]::NewGuid() | Wait-TtsTask -TimeoutSec 6 -ApiKey $TestKey -Endpoint $url }
        $outcome.Errors | Should -HaveCount 1
        $outcome.Thrown | Get-ErrorName | Should -BeExactly 'ServiceUnreachable'
    }
}

Describe 'Tasks that take their time' {
    BeforeAll {
        $script:ToSlow = @{ ApiKey = $TestKey; Endpoint = (Open-Emulator -TaskTime 2).Url }
    }

    BeforeEach {
        Reset-RecoveryLedger
        $script:Folder = Join-Path -Path $TestDrive -ChildPath "out-$([guid]::NewGuid().ToString('N'))"
    }

    It 'are given as they finish, and not in the order in which they were asked for' {
        $early = New-TtsSpeech -Text 'early' -OutputFormat WAV -Async @ToSlow
        Start-Sleep -Milliseconds 1400
        $late = New-TtsSpeech -Text 'late' -OutputFormat WAV -Async @ToSlow
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        $seen = $late, $early | Wait-TtsTask -OutputDirectory $Folder @ToSlow | ForEach-Object -Process { [pscustomobject]@{ Text = $_.Text; At = $clock.Elapsed.TotalSeconds; IsThere = Test-Path -LiteralPath $_.Path } }
        $seen.Text | Should -Be 'early', 'late'
        $seen.IsThere | Should -Be $true, $true
        $seen[1].At - $seen[0].At | Should -BeGreaterThan 0.5
    }

    It 'are one TaskTimeout each where they are open, results where they are done, and can be waited for again' {
        $done = New-TtsSpeech -Text 'done' -Id 'done' -OutputFormat WAV -Async @ToSlow
        $done | Wait-TtsTask @ToSlow | Out-Null
        $open = 'Id,Text', 'a,first', 'b,second' | ConvertFrom-Csv | New-TtsSpeech -OutputFormat WAV -Async @ToSlow
        $before = Get-TtsAccount @ToSlow
        $outcome = Get-Outcome -Action { $open[0], $done, $open[1] | Wait-TtsTask -TimeoutSec 1 -OutputDirectory $Folder @ToSlow }
        $outcome.Thrown | Should -BeNullOrEmpty
        $outcome.Output.Id | Should -BeExactly 'done'
        $outcome.Errors | Get-ErrorName | Should -Be 'TaskTimeout', 'TaskTimeout'
        $outcome.Errors.CategoryInfo.Category | Select-Object -Unique | Should -Be 'OperationTimeout'
        $outcome.Errors.TargetObject.Id | Sort-Object | Should -Be 'a', 'b'
        foreach ($failure in $outcome.Errors) { $failure.Exception.Message | Should -Match "Wait-TtsTask -TaskUUID $($failure.TargetObject.TaskUUID)" }
        $outcome.Seconds | Should -BeLessThan 3

        $again = Get-Outcome -Action { $outcome.Errors.TargetObject | Wait-TtsTask -OutputDirectory $Folder @ToSlow }
        $again.Errors | Should -HaveCount 0
        $again.Output.Id | Sort-Object | Should -Be 'a', 'b'
        Get-ChildItem -LiteralPath $Folder -Force | Select-Object -ExpandProperty Name | Should -Be 'a.wav', 'b.wav', 'done.wav', 'tts-ledger.jsonl'
        (Get-TtsAccount @ToSlow).Balance | Should -Be $before.Balance
    }

    It 'are waited for from a variable, from CLIXML of yesterday and from a CSV in one call' {
        $tasks = 'Id,Text,OutputFormat', 'v,in a variable,WAV', 'x,in CLIXML,OGG', 'c,in a CSV,FLAC' | ConvertFrom-Csv | New-TtsSpeech -Async @ToSlow
        $xml, $csv = 'mixed.xml', 'mixed.csv' | ForEach-Object -Process { Join-Path -Path $TestDrive -ChildPath $_ }
        $tasks[1] | Export-Clixml -LiteralPath $xml
        $tasks[2] | Export-Csv -LiteralPath $csv
        $results = & { $tasks[0]; Import-Clixml -LiteralPath $xml; Import-Csv -LiteralPath $csv } | Wait-TtsTask -OutputDirectory $Folder @ToSlow
        $results.File.Name | Sort-Object | Should -Be 'c.flac', 'v.wav', 'x.ogg'
        $results.Text | Sort-Object | Should -Be 'in a CSV', 'in a variable', 'in CLIXML'
        $results.TaskUUID | Sort-Object | Should -Be @($tasks.TaskUUID | Sort-Object)
    }

    It 'are left to the service by Select-Object -First, and found there again' {
        $tasks = 'one', 'two' | New-TtsSpeech -OutputFormat WAV -Async @ToSlow
        $first = $tasks | Wait-TtsTask @ToSlow | Select-Object -First 1
        $first | Should -HaveCount 1
        @($tasks | Wait-TtsTask @ToSlow) | Should -HaveCount 2
    }

    It 'do not take their time from a column: -TimeoutSec binds on the line only' {
        $row = New-TtsSpeech -Text 'hello' -OutputFormat WAV -Async @ToSlow | Select-Object -Property *, @{ Name = 'TimeoutSec'; Expression = { 1 } }
        (Get-Outcome -Action { $row | Wait-TtsTask @ToSlow }).Errors | Should -HaveCount 0
    }
}

Describe 'Tasks that failed' {
    BeforeEach { Reset-RecoveryLedger }

    It 'are one error each, by name and with the task as its target, and the others go on' {
        $nowhere = "http://127.0.0.1:$(Get-FreePort)/up"
        $bad, $good = [pscustomobject]@{ Text = 'bad'; UploadEndpoint = $nowhere }, [pscustomobject]@{ Text = 'good' } | New-TtsSpeech -OutputFormat WAV -Async
        $outcome = Get-Outcome -Action { $bad, $good | Wait-TtsTask }
        $outcome.Thrown | Should -BeNullOrEmpty
        $outcome.Errors | Should -HaveCount 1
        $outcome.Errors[0] | Get-ErrorName | Should -BeExactly 'Runware.uploadFailed'
        $outcome.Errors[0].CategoryInfo.Category | Should -Be 'ResourceUnavailable'
        [object]::ReferenceEquals($outcome.Errors[0].TargetObject, $bad) | Should -BeTrue
        $outcome.Output.Text | Should -BeExactly 'good'
    }
}

Describe 'A file of Wait-TtsTask' {
    BeforeEach { Reset-RecoveryLedger }

    It 'fills {Index} by what was piped' {
        $folder = Join-Path -Path $TestDrive -ChildPath 'index'
        $tasks = 'one', 'two' | New-TtsSpeech -OutputFormat WAV -Async
        $results = $tasks | Wait-TtsTask -OutputPath '{Index}' -OutputDirectory $folder
        $results.File.Name | Sort-Object | Should -Be '0001.wav', '0002.wav'
    }
}
