# Tasks: started with -Async, waited for at once, from a CSV, or by their ids.

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Support.ps1')
    Import-TestModule
    $script:Emulator = Open-Emulator -Tiny
    $script:Relay = Open-Relay -Url $Emulator.Url
    # Whose tasks are never done while a test waits.
    $script:Patient = Open-Emulator -Tiny -TaskTime 3600
    $script:ToPatient = @{ ApiKey = $TestKey; Endpoint = $Patient.Url }
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
        ('one', 'two', 'three' | New-TtsSpeech -Async @ToPatient).Text | Should -Be 'one', 'two', 'three'
    }

    It 'asks for async delivery' {
        $Relay.Clear()
        'one' | New-TtsSpeech -Async | Out-Null
        (Get-SentTask -Relay $Relay).deliveryMethod | Should -BeExactly 'async'
    }

    It 'is implied by a WebhookUrl' {
        $task = New-TtsSpeech -Text 'hello' -OutputFormat WAV -WebhookUrl "http://127.0.0.1:$(Get-RefusingPort)/hook"
        $task.PSObject.TypeNames[0] | Should -BeExactly 'RunwareTts.TtsTask'
    }
}

Describe 'Wait-TtsTask' {
    BeforeEach {
        Reset-RecoveryLedger
        $script:Folder = Join-Path -Path $TestDrive -ChildPath "out-$([guid]::NewGuid().ToString('N'))"
    }

    It 'saves what is piped from New-TtsSpeech -Async, into the folder of the task' {
        $rows = 'Id,Text,OutputFormat', 'a,one,WAV', 'b,two,MP3' | ConvertFrom-Csv
        $results = $rows | New-TtsSpeech -Async -OutputDirectory $Folder | ConvertTo-OldTask | Wait-TtsTask
        $results.Path | Sort-Object | Should -Be (Join-Path -Path $Folder -ChildPath 'a.wav'), (Join-Path -Path $Folder -ChildPath 'b.mp3')
        $results.Path | Should -Exist
        $results.Text | Sort-Object | Should -Be 'one', 'two'
        $results.Status | Should -Be 'Completed', 'Completed'
        $results.Audio.Format | Sort-Object | Should -Be 'MP3', 'WAV'
        ($results.Cost | Measure-Object -Sum).Sum | Should -BeGreaterThan 0
    }

    It 'saves to the OutputPath of a task without a folder' {
        $path = Join-Path -Path $TestDrive -ChildPath "single-$([guid]::NewGuid()).wav"
        (New-TtsSpeech -Text 'hello' -OutputPath $path -Async | ConvertTo-OldTask | Wait-TtsTask).Path | Should -BeExactly $path
        $path | Should -Exist
    }

    It 'gives the URL and saves nothing when the task has no file' {
        $result = New-TtsSpeech -Text 'hello' -Async | ConvertTo-OldTask | Wait-TtsTask
        $result.Path | Should -BeNullOrEmpty
        $result.AudioUrl | Should -Match '^http'
    }

    It 'works through Export-Csv under <_>, into another folder' -ForEach 'en-US', 'de-DE' {
        $csv = Join-Path -Path $TestDrive -ChildPath "tasks-$_.csv"
        $outcome = Invoke-InCulture -Culture $_ -Action {
            'Id,Text,Speed,OutputPath', 'a,one,0.9,sub/a.wav', 'b,two,1.25,b.mp3' | ConvertFrom-Csv | New-TtsSpeech -Async -OutputDirectory $Folder | Export-Csv -LiteralPath $csv
            Get-Outcome -Action { Import-Csv -LiteralPath $csv | Wait-TtsTask -OutputDirectory "$Folder-tomorrow" }
        }
        $outcome.Errors | Should -HaveCount 0
        $outcome.Output.Path | Sort-Object | Should -Be (Join-Path -Path "$Folder-tomorrow" -ChildPath 'b.mp3'), (Join-Path -Path "$Folder-tomorrow" -ChildPath 'sub/a.wav')
        $outcome.Output.Path | Should -Exist
        $outcome.Output.Speed | Sort-Object | Should -Be 0.9, 1.25
        $outcome.Output.Id | Sort-Object | Should -Be 'a', 'b'
    }

    It 'works through Export-Clixml' {
        $file = Join-Path -Path $TestDrive -ChildPath 'tasks.xml'
        [pscustomobject]@{ Id = 'a'; Text = 'one'; OutputFormat = 'WAV' } | New-TtsSpeech -Async -OutputDirectory $Folder | ConvertTo-OldTask | Export-Clixml -LiteralPath $file
        $result = Import-Clixml -LiteralPath $file | Wait-TtsTask
        $result.Path | Should -BeExactly (Join-Path -Path $Folder -ChildPath 'a.wav')
        $result.Audio.Format | Should -BeExactly 'WAV'
    }

    It 'waits for -TaskUUID as <Kind>, and finds the format out' -ForEach @(
        @{ Kind = 'a Guid on the line'; Wait = { param($id) Wait-TtsTask -TaskUUID $id -OutputDirectory $Folder } }
        @{ Kind = 'text at the first position'; Wait = { param($id) Wait-TtsTask "$id" -OutputDirectory $Folder } }
        @{ Kind = 'a piped string'; Wait = { param($id) "$id" | Wait-TtsTask -OutputDirectory $Folder } }
        @{ Kind = 'a piped Guid'; Wait = { param($id) $id | Wait-TtsTask -OutputDirectory $Folder } }
        @{ Kind = 'a row with nothing else'; Wait = { param($id) [pscustomobject]@{ TaskUUID = $id } | Wait-TtsTask -OutputDirectory $Folder } }
    ) {
        $task = New-TtsSpeech -Text 'hello' -OutputFormat WAV -Async
        $result = & $Wait $task.TaskUUID
        $result.TaskUUID | Should -Be $task.TaskUUID
        $result.Audio.Format | Should -BeExactly 'WAV'
        $result.Path | Should -Match '\.wav$'
        $result.Path | Should -Exist
    }

    It 'waits for several ids, and names one file by -OutputPath' {
        $tasks = 'one', 'two' | New-TtsSpeech -OutputFormat WAV -Async | ConvertTo-OldTask
        @(Wait-TtsTask -TaskUUID $tasks.TaskUUID -OutputDirectory $Folder) | Should -HaveCount 2
        $path = Join-Path -Path $TestDrive -ChildPath 'named.wav'
        (Wait-TtsTask -TaskUUID $tasks[0].TaskUUID -OutputPath $path).Path | Should -BeExactly $path
    }

    It 'gives every result of a bare id too' {
        $task = New-TtsSpeech -Text 'hello' -NumberResults 2 -OutputFormat WAV -Async
        @(Wait-TtsTask -TaskUUID $task.TaskUUID -OutputDirectory $Folder).File.Name | Should -HaveCount 2
    }

    It 'can be asked again for a task that is done' {
        $task = New-TtsSpeech -Text 'hello' -OutputFormat WAV -Async -OutputDirectory $Folder | ConvertTo-OldTask
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

    It 'refuses <What> as InvalidRequest.<Id>, and goes on' -ForEach @(
        @{ What = 'an id that is none'; Id = 'TaskUUID'; Row = @{ TaskUUID = 'not-an-id' }; Says = "'not-an-id'" }
        @{ What = 'a row without an id'; Id = 'TaskUUID'; Row = @{ Text = 'x' }; Says = 'TaskUUID' }
    ) {
        $bad = [pscustomobject]$Row
        $good = New-TtsSpeech -Text 'hello' -OutputFormat WAV -Async | ConvertTo-OldTask
        $outcome = Get-Outcome -Action { $bad, $good | Wait-TtsTask }
        $outcome.Errors | Should -HaveCount 1
        $outcome.Errors[0] | Get-ErrorName | Should -BeExactly "InvalidRequest.$Id"
        $outcome.Errors[0].Exception.Message | Should -Match $Says
        [object]::ReferenceEquals($outcome.Errors[0].TargetObject, $bad) | Should -BeTrue
        $outcome.Output | Should -HaveCount 1
    }

    It 'does not lend the id of a row to a string after it, nor the reverse' {
        $tasks = 'one', 'two' | New-TtsSpeech -OutputFormat WAV -Async | ConvertTo-OldTask
        $results = @($tasks[0], "$($tasks[1].TaskUUID)" | Wait-TtsTask)
        $results.TaskUUID | Sort-Object | Should -Be @($tasks.TaskUUID | Sort-Object)
        $outcome = Get-Outcome -Action { $tasks[0], [pscustomobject]@{ Text = 'no id' } | Wait-TtsTask }
        $outcome.Errors | Get-ErrorName | Should -BeExactly 'InvalidRequest.TaskUUID'
        $outcome.Output | Should -HaveCount 1
    }

    It 'refuses an OutputPath from a CSV that leads out of -OutputDirectory' {
        $task = New-TtsSpeech -Text 'hello' -OutputFormat WAV -Async | ConvertTo-OldTask
        $row = [pscustomobject]@{ TaskUUID = $task.TaskUUID; OutputPath = '../out.wav' }
        (Get-Outcome -Action { $row | Wait-TtsTask -OutputDirectory $Folder }).Errors | Get-ErrorName | Should -BeExactly 'OutputOutsideDirectory'
        Join-Path -Path $TestDrive -ChildPath 'out.wav' | Should -Not -Exist
    }

    It 'does not follow the Endpoint of a task: a key must not follow a column' {
        $task = New-TtsSpeech -Text 'hello' -OutputFormat WAV -Async | ConvertTo-OldTask
        $row = $task | Select-Object -Property *
        $row.Endpoint = (Get-NowhereUrl)
        @($row | Wait-TtsTask) | Should -HaveCount 1
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
}

Describe 'Tasks that take their time' {
    BeforeEach {
        Reset-RecoveryLedger
        $script:Folder = Join-Path -Path $TestDrive -ChildPath "out-$([guid]::NewGuid().ToString('N'))"
    }

    It 'are one TaskTimeout each, and can be waited for again' {
        $open = 'Id,Text', 'a,first', 'b,second' | ConvertFrom-Csv | New-TtsSpeech -OutputFormat WAV -Async | ConvertTo-OldTask
        $before = (Get-Record -Emulator $Emulator).charged
        Add-Fault -Emulator $Emulator -Order @{ on = 'poll'; fault = 'status'; status = 503; times = 1000 }
        try { $outcome = Get-Outcome -Action { $open | Wait-TtsTask -TimeoutSec 1 -OutputDirectory $Folder } }
        finally { Clear-Fault -Emulator $Emulator }
        $outcome.Thrown | Should -BeNullOrEmpty
        $outcome.Errors | Get-ErrorName | Should -Be 'TaskTimeout', 'TaskTimeout'
        $outcome.Errors.CategoryInfo.Category | Select-Object -Unique | Should -Be 'OperationTimeout'
        $outcome.Errors.TargetObject.Id | Sort-Object | Should -Be 'a', 'b'
        foreach ($failure in $outcome.Errors) {
            $failure.Exception.Message | Should -Match "Wait-TtsTask -TaskUUID $($failure.TargetObject.TaskUUID)"
        }

        $again = Get-Outcome -Action { $outcome.Errors.TargetObject | Wait-TtsTask -OutputDirectory $Folder }
        $again.Errors | Should -HaveCount 0
        (Get-ChildItem -LiteralPath $Folder -Force).Name | Should -Be 'a.wav', 'b.wav', 'tts-ledger.jsonl'
        (Get-Record -Emulator $Emulator).charged | Should -Be $before
    }

    It 'are waited for from a variable, from CLIXML of yesterday and from a CSV in one call' {
        $tasks = 'Id,Text,OutputFormat', 'v,in a variable,WAV', 'x,in CLIXML,MP3', 'c,in a CSV,WAV' | ConvertFrom-Csv |
            New-TtsSpeech -Async | ConvertTo-OldTask
        $xml, $csv = 'mixed.xml', 'mixed.csv' | ForEach-Object -Process { Join-Path -Path $TestDrive -ChildPath $_ }
        $tasks[1] | Export-Clixml -LiteralPath $xml
        $tasks[2] | Export-Csv -LiteralPath $csv
        $results = & { $tasks[0]; Import-Clixml -LiteralPath $xml; Import-Csv -LiteralPath $csv } | Wait-TtsTask -OutputDirectory $Folder
        $results.File.Name | Sort-Object | Should -Be 'c.wav', 'v.wav', 'x.mp3'
        $results.Text | Sort-Object | Should -Be 'in a CSV', 'in a variable', 'in CLIXML'
        $results.TaskUUID | Sort-Object | Should -Be @($tasks.TaskUUID | Sort-Object)
    }

    It 'do not take their time from a column: -TimeoutSec binds on the line only' {
        # As a parameter it would be refused.
        $row = New-TtsSpeech -Text 'hello' -OutputFormat WAV -Async | ConvertTo-OldTask |
            Select-Object -Property *, @{ Name = 'TimeoutSec'; Expression = { 'soon' } }
        (Get-Outcome -Action { $row | Wait-TtsTask }).Errors | Should -HaveCount 0
    }

    Context 'for seconds' -Tag Slow {
        BeforeAll { $script:ToSlow = @{ ApiKey = $TestKey; Endpoint = (Open-Emulator -Tiny -TaskTime 5).Url } }

        It 'are given as they finish, and not in the order in which they were asked for' {
            $early = New-TtsSpeech -Text 'early' -OutputFormat WAV -Async @ToSlow
            $early | Wait-TtsTask @ToSlow | Out-Null
            $late = New-TtsSpeech -Text 'late' -OutputFormat WAV -Async @ToSlow
            $seen = $late, $early | Wait-TtsTask -OutputDirectory $Folder @ToSlow | ForEach-Object -Process { "$($_.Text) $($_.File.Exists)" }
            $seen | Should -Be 'early True', 'late True'
        }

        It 'are left to the service by Select-Object -First, and found there again' {
            $tasks = 'one', 'two' | New-TtsSpeech -OutputFormat WAV -Async @ToSlow
            $tasks | Wait-TtsTask @ToSlow | Select-Object -First 1 | Should -HaveCount 1
            @($tasks | Wait-TtsTask @ToSlow) | Should -HaveCount 2
        }
    }
}

Describe 'Tasks that failed' {
    BeforeEach { Reset-RecoveryLedger }

    It 'are one error each, by name and with the task as its target, and the others go on' {
        $nowhere = "http://127.0.0.1:$(Get-RefusingPort)/up"
        $bad, $good = [pscustomobject]@{ Text = 'bad'; UploadEndpoint = $nowhere }, [pscustomobject]@{ Text = 'good' } | New-TtsSpeech -OutputFormat WAV -Async | ConvertTo-OldTask
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
        $tasks = 'one', 'two' | New-TtsSpeech -OutputFormat WAV -Async | ConvertTo-OldTask
        $results = $tasks | Wait-TtsTask -OutputPath '{Index}' -OutputDirectory $folder
        $results.File.Name | Sort-Object | Should -Be '0001.wav', '0002.wav'
    }
}
