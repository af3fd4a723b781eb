# One look at tasks: from the pipeline, from variables, from a CSV or CLIXML, by ids, and in another process.

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Support.ps1')
    Import-TestModule
    $script:Emulator = Open-Emulator -Tiny
    $script:Relay = Open-Relay -Url $Emulator.Url
    # Whose tasks are never done while a test looks.
    $script:Patient = Open-Relay -Url (Open-Emulator -Tiny -TaskTime 3600).Url
    $script:ToPatient = @{ ApiKey = $TestKey; Endpoint = $Patient.Url }
    Connect-TtsService -ApiKey $TestKey -Endpoint $Relay.Url
    $script:Nowhere = "http://127.0.0.1:$(Get-RefusingPort)/up"

    function Wait-Done {
        # A task of the quick emulator is done in a moment; of an id alone it is asked at once.
        param([Parameter(Mandatory)] $Task)

        Wait-TtsTask -TaskUUID $Task.TaskUUID -ErrorAction Ignore | Out-Null
        return $Task
    }
}

AfterAll { Close-TestResource }

Describe 'Get-TtsTask' {
    BeforeEach { Reset-RecoveryLedger }

    It 'tells Processing, and waits for nothing; later Completed' {
        $row = [pscustomobject]@{ Id = 'gate'; Text = 'hello'; Voice = 'ryan'; Language = 'en'; Speed = 1.2; OutputFormat = 'WAV'; MaxNewTokens = 300 }
        $task = $row | New-TtsSpeech -Async @ToPatient
        $Patient.Clear()
        $outcome = Get-Outcome -Action { $task | Get-TtsTask @ToPatient }
        $outcome.Errors | Should -HaveCount 0
        $seen = $outcome.Output[0]
        $seen.PSObject.TypeNames[0] | Should -BeExactly 'RunwareTts.TtsTask'
        $seen.Status | Should -BeExactly 'Processing'
        foreach ($property in $task.PSObject.Properties | Where-Object -Property Name -NotIn -Value 'Status', 'Progress') {
            $seen.($property.Name) | Should -Be $property.Value -Because $property.Name
        }
        $Patient.Count | Should -Be 1

        $done = Wait-Done -Task ($row | New-TtsSpeech -Async) | Get-TtsTask
        $done.Status | Should -BeExactly 'Completed'
        $done.Progress | Should -Be 100
    }

    It 'is free, and as good a task as the one that it came from' {
        $folder = Join-Path -Path $TestDrive -ChildPath 'chain'
        $task = [pscustomobject]@{ Id = 'a'; Text = 'one'; OutputFormat = 'WAV'; NumberResults = 2 } | New-TtsSpeech -Async -OutputDirectory $folder
        $before = (Get-TtsAccount).Balance
        $results = $task | Get-TtsTask | Get-TtsTask | ConvertTo-OldTask | Wait-TtsTask
        $results.Path | Should -Be (Join-Path -Path $folder -ChildPath 'a-1.wav'), (Join-Path -Path $folder -ChildPath 'a-2.wav')
        (Get-TtsAccount).Balance | Should -Be $before
    }

    It 'tells Unknown for an id that the service does not know, without an error' {
        $id = [guid]::NewGuid()
        $outcome = Get-Outcome -Action { Get-TtsTask -TaskUUID $id }
        $outcome.Errors | Should -HaveCount 0
        $outcome.Output.Status | Should -BeExactly 'Unknown'
        $outcome.Output.TaskUUID | Should -Be $id
        $outcome.Output.Progress | Should -BeNullOrEmpty
    }

    It 'tells each of several its own state, and in their order' {
        $good = Wait-Done -Task (New-TtsSpeech -Text 'good' -OutputFormat WAV -Async)
        $failed = Wait-Done -Task (New-TtsSpeech -Text 'bad' -UploadEndpoint $Nowhere -Async)
        $unknown = [pscustomobject]@{ TaskUUID = [guid]::NewGuid(); Text = 'lost' }
        $outcome = Get-Outcome -Action { $good, $failed, $unknown | Get-TtsTask }
        $outcome.Output.Status | Should -Be 'Completed', 'Failed', 'Unknown'
        $outcome.Output.Text | Should -Be 'good', 'bad', 'lost'
    }

    It 'takes an id as <Kind>' -ForEach @(
        @{ Kind = 'a Guid on the line'; Look = { param($id) Get-TtsTask -TaskUUID $id } }
        @{ Kind = 'text at the first position'; Look = { param($id) Get-TtsTask "$id" } }
        @{ Kind = 'a piped string'; Look = { param($id) "$id" | Get-TtsTask } }
        @{ Kind = 'a piped Guid'; Look = { param($id) $id | Get-TtsTask } }
        @{ Kind = 'a row with nothing else'; Look = { param($id) [pscustomobject]@{ TaskUUID = $id } | Get-TtsTask } }
        @{ Kind = 'a result of it'; Look = { param($id) Wait-TtsTask -TaskUUID $id | Get-TtsTask } }
    ) {
        $task = Wait-Done -Task (New-TtsSpeech -Text 'hello' -Async)
        $seen = & $Look $task.TaskUUID
        $seen.TaskUUID | Should -Be $task.TaskUUID
        $seen.Status | Should -BeExactly 'Completed'
    }

    It 'gives the one id as the target of its error, of several on the line' {
        $failed = Wait-Done -Task (New-TtsSpeech -Text 'bad' -UploadEndpoint $Nowhere -Async)
        $outcome = Get-Outcome -Action { Get-TtsTask -TaskUUID ([guid]::NewGuid()), $failed.TaskUUID, 'not-an-id' }
        $outcome.Output.Status | Should -Be 'Unknown', 'Failed'
        $outcome.Errors | Get-ErrorName | Should -Be 'InvalidRequest.TaskUUID', 'Runware.uploadFailed'
        $outcome.Errors.TargetObject | Should -Be 'not-an-id', "$($failed.TaskUUID)"
    }

    It 'refuses <What> as InvalidRequest.<Id>, and goes on' -ForEach @(
        @{ What = 'an id that is none'; Id = 'TaskUUID'; Row = @{ TaskUUID = 'not-an-id' }; Says = "'not-an-id'" }
    ) {
        $bad = [pscustomobject]$Row
        $good = New-TtsSpeech -Text 'hello' -Async
        $outcome = Get-Outcome -Action { $bad, $good | Get-TtsTask }
        $outcome.Thrown | Should -BeNullOrEmpty
        $outcome.Errors | Should -HaveCount 1
        $outcome.Errors[0] | Get-ErrorName | Should -BeExactly "InvalidRequest.$Id"
        $outcome.Errors[0].CategoryInfo.Category | Should -Be 'InvalidArgument'
        $outcome.Errors[0].Exception.Message | Should -Match $Says
        [object]::ReferenceEquals($outcome.Errors[0].TargetObject, $bad) | Should -BeTrue
        $outcome.Output.TaskUUID | Should -Be $good.TaskUUID
    }

    It 'asks for piped tasks in one request, and keeps an unknown number of results unknown' {
        $tasks = 1..5 | ForEach-Object -Process { "text $_" } | New-TtsSpeech -Async
        $Relay.Clear()
        $tasks | Get-TtsTask | Should -HaveCount 5
        $Relay.Count | Should -Be 1
        ([pscustomobject]@{ TaskUUID = [guid]::NewGuid() } | Get-TtsTask).NumberResults | Should -BeNullOrEmpty
    }

    It 'asks nothing when no id is one' {
        $Relay.Clear()
        Get-Outcome -Action { 'not-an-id', 'neither' | Get-TtsTask } | Select-Object -ExpandProperty Errors | Should -HaveCount 2
        $Relay.Count | Should -Be 0
    }

    It 'does not follow the Endpoint of a task: a key must not follow a column' {
        $row = New-TtsSpeech -Text 'hello' -Async | Select-Object -Property *
        $row.Endpoint = (Get-NowhereUrl)
        ($row | Get-TtsTask).Endpoint | Should -BeExactly $Relay.Url
    }

    It 'without a key is one ApiKeyMissing' {
        Disconnect-TtsService
        try { $outcome = Get-Outcome -Action { [guid]::NewGuid(), [guid]::NewGuid() | Get-TtsTask } }
        finally { Connect-TtsService -ApiKey $TestKey -Endpoint $Relay.Url }
        $outcome.Errors | Should -HaveCount 1
        $outcome.Thrown | Get-ErrorName | Should -BeExactly 'ApiKeyMissing'
        $outcome.Thrown.CategoryInfo.Category | Should -Be 'AuthenticationError'
    }

    It 'with a wrong key is one error that ends the pipeline' {
        $outcome = Get-Outcome -Action { [guid]::NewGuid(), [guid]::NewGuid() | Get-TtsTask -ApiKey 'wrong-key' -Endpoint $Relay.Url }
        $outcome.Errors | Should -HaveCount 1
        $outcome.Thrown | Get-ErrorName | Should -BeExactly 'Runware.invalidApiKey'
        $outcome.Thrown.CategoryInfo.Category | Should -Be 'AuthenticationError'
    }

    It 'of the draft voices, which keep no tasks, is NotSupported.TaskUUID' {
        Connect-TtsService -Offline
        try { $outcome = Get-Outcome -Action { [guid]::NewGuid() | Get-TtsTask } }
        finally { Connect-TtsService -ApiKey $TestKey -Endpoint $Relay.Url }
        $outcome.Errors | Should -HaveCount 1
        $outcome.Errors | Get-ErrorName | Should -BeExactly 'NotSupported.TaskUUID'
        $outcome.Errors[0].CategoryInfo.Category | Should -Be 'NotImplemented'
    }

    It 'refuses -InputObject on the line by name' {
        (Get-Outcome -Action { Get-TtsTask -InputObject ([pscustomobject]@{ TaskUUID = [guid]::NewGuid() }) }).Thrown | Get-ErrorName | Should -BeExactly 'InvalidRequest.InputObject'
    }
}

Describe 'A task of yesterday' {
    BeforeAll {
        $script:Folder = Join-Path -Path $TestDrive -ChildPath 'yesterday'
        $script:Tasks = 'Id,Text,Speed,OutputFormat,OutputPath', 'a,one,0.9,WAV,sub/a', 'b,two,1.25,MP3,' | ConvertFrom-Csv | New-TtsSpeech -Async -OutputDirectory $Folder
        $Tasks | ForEach-Object -Process { Wait-Done -Task $_ } | Out-Null
    }

    BeforeEach { Reset-RecoveryLedger }

    It 'is looked at from Export-Csv under <_>' -ForEach 'en-US', 'ar-SA' {
        $csv = Join-Path -Path $TestDrive -ChildPath "look-$_.csv"
        $seen = Invoke-InCulture -Culture $_ -Action {
            $Tasks | Export-Csv -LiteralPath $csv
            Import-Csv -LiteralPath $csv | Get-TtsTask
        }
        $seen.Status | Should -Be 'Completed', 'Completed'
        foreach ($name in 'TaskUUID', 'Id', 'Text', 'Speed', 'OutputFormat', 'OutputPath', 'OutputDirectory', 'NumberResults') { $seen.$name | Should -Be $Tasks.$name -Because $name }
    }

    It 'is looked at and saved by another process, from <Kind>' -ForEach @(
        @{ Kind = 'CLIXML'; File = 'tasks.xml' }
        @{ Kind = 'CSV'; File = 'tasks.csv' }
    ) {
        $path = Join-Path -Path $TestDrive -ChildPath $File
        if ($Kind -eq 'CSV') { $Tasks | Export-Csv -LiteralPath $path } else { $Tasks | Export-Clixml -LiteralPath $path }
        $found = Invoke-OtherProcess -Endpoint $Relay.Url -Value @{ File = $path; Folder = "$Folder-$Kind" } -Action {
            $given = if ($Value.File -like '*.csv') { Import-Csv -LiteralPath $Value.File } else { Import-Clixml -LiteralPath $Value.File }
            $given | Get-TtsTask | Select-Object -Property Id, Status, Speed, OutputPath
            $given | Get-TtsTask | Wait-TtsTask -OutputDirectory $Value.Folder | Sort-Object -Property Id | Select-Object -Property Id, Status, Speed, @{ Name = 'OutputPath'; Expression = { $_.Path } }
        }
        $found.Id | Should -Be 'a', 'b', 'a', 'b'
        $found.Status | Select-Object -Unique | Should -BeExactly 'Completed'
        $found.Speed | Should -Be '0.9', '1.25', '0.9', '1.25'
        $found[2, 3].OutputPath | Should -Be (Join-Path -Path "$Folder-$Kind" -ChildPath 'sub/a.wav'), (Join-Path -Path "$Folder-$Kind" -ChildPath 'b.mp3')
        $found[2, 3].OutputPath | Should -Exist
    }
}
