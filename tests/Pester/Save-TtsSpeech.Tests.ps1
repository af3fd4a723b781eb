# Results that were not saved at once: their bytes or URL become files later, elsewhere, and without a key.

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Support.ps1')
    Import-TestModule
    $script:Emulator = Open-Emulator
    $script:Relay = Open-Relay -Url $Emulator.Url
    Connect-TtsService -ApiKey $TestKey -Endpoint $Relay.Url

    # Four results for all tests, which none of them changes: two with a URL, two with bytes.
    $script:Results = 'Id,Text,OutputFormat,OutputType,Voice,Language,Speed', 'u,by URL,WAV,URL,ryan,en,0.9', 'm,by another URL,MP3,,,,', 'b,as base64,OGG,base64Data,,,', 'd,as data URI,FLAC,dataURI,,,' |
        ConvertFrom-Csv | New-TtsSpeech
    Disconnect-TtsService
    # Audio of this machine is fetched where the service is here too.
    $env:RUNWARE_API_URL = $Relay.Url
    $script:ByUrl, $script:ByData = $Results[0], $Results[2]

    function New-TestFolder {
        [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'A folder of the test drive.')]
        param()

        return (New-Item -ItemType Directory -Path (Join-Path -Path $TestDrive -ChildPath "place-$([guid]::NewGuid().ToString('N'))")).FullName
    }
}

AfterAll { Close-TestResource }

Describe 'Save-TtsSpeech' {
    BeforeEach { $script:Folder = Join-Path -Path $TestDrive -ChildPath "out-$([guid]::NewGuid().ToString('N'))" }

    It 'saves URLs and bytes, named by Id, in their order, without a key and without asking the service' {
        $Relay.Clear()
        $saved = $Results | Save-TtsSpeech -OutputDirectory $Folder
        $saved.File.Name | Should -Be 'u.wav', 'm.mp3', 'b.ogg', 'd.flac'
        $saved.Path | Should -Exist
        $saved.Audio.Format | Should -Be 'WAV', 'MP3', 'OGG', 'FLAC'
        $saved.Status | Select-Object -Unique | Should -BeExactly 'Completed'
        $saved | ForEach-Object -Process { $_.Size | Should -Be $_.File.Length }
        @($saved | Where-Object -Property AudioData) | Should -HaveCount 0
        $Relay.Count | Should -Be 0
        Get-ChildItem -LiteralPath $Folder -Force | Should -HaveCount 4
    }

    It 'gives the result with all that it had, and its file' {
        $saved = $ByUrl | Save-TtsSpeech -OutputDirectory $Folder
        $saved.PSObject.TypeNames[0] | Should -BeExactly 'RunwareTts.TtsSpeech'
        foreach ($name in 'Id', 'Text', 'Model', 'Voice', 'Language', 'Speed', 'OutputFormat', 'AudioUrl', 'Cost', 'TaskUUID', 'AudioUUID', 'Provider') {
            $saved.$name | Should -Be $ByUrl.$name -Because $name
        }
        $saved.Duration.TotalSeconds | Should -BeGreaterThan 0.2
        $ByUrl.Path | Should -BeNullOrEmpty
    }

    It 'without any path goes to the current location' {
        $place = New-TestFolder
        Push-Location -LiteralPath $place
        try { $saved = $Results[0, 2] | Save-TtsSpeech }
        finally { Pop-Location }
        $saved.Path | Should -Be (Join-Path -Path $place -ChildPath 'u.wav'), (Join-Path -Path $place -ChildPath 'b.ogg')
        $saved.Path | Should -Exist
    }

    It 'takes -OutputPath as a PowerShell path, relative to the location and on a drive' {
        $place = New-TestFolder
        Push-Location -LiteralPath $place
        try { ($ByUrl | Save-TtsSpeech -OutputPath 'sub/rel.wav').Path | Should -BeExactly (Join-Path -Path $place -ChildPath 'sub/rel.wav') }
        finally { Pop-Location }
        ($ByUrl | Save-TtsSpeech -OutputPath 'TestDrive:/on-drive.wav').Path | Should -BeExactly (Join-Path -Path $TestDrive -ChildPath 'on-drive.wav')
        Join-Path -Path $TestDrive -ChildPath 'on-drive.wav' | Should -Exist
    }

    It 'takes the file from a column, inside -OutputDirectory' {
        $row = $ByUrl | Select-Object -Property *, @{ Name = 'OutputPath'; Expression = { 'sub/from-column.wav' } }
        ($row | Save-TtsSpeech -OutputDirectory $Folder).Path | Should -BeExactly (Join-Path -Path $Folder -ChildPath 'sub/from-column.wav')
    }

    It 'refuses the path <_> from a column, which leads out of the folder' -ForEach '../out.wav', 'env:out.wav' {
        $row = [pscustomobject]@{ AudioUrl = $ByUrl.AudioUrl; OutputPath = $_ }
        foreach ($with in @{ OutputDirectory = $Folder }, @{}) {
            # Without -OutputDirectory the current location is the folder that a column may not leave.
            Push-Location -LiteralPath (New-TestFolder)
            try { $outcome = Get-Outcome -Action { $row, $ByData | Save-TtsSpeech @with } }
            finally { Pop-Location }
            $outcome.Errors | Should -HaveCount 1
            $outcome.Errors | Get-ErrorName | Should -BeExactly 'OutputOutsideDirectory'
            $outcome.Errors[0].CategoryInfo.Category | Should -Be 'PermissionDenied'
            [object]::ReferenceEquals($outcome.Errors[0].TargetObject, $row) | Should -BeTrue
            $outcome.Output.File.Name | Should -BeExactly 'b.ogg'
        }
        Join-Path -Path $TestDrive -ChildPath 'out.wav' | Should -Not -Exist
    }

    It 'leaves a file that is there: OutputExists, and the others go on' {
        New-Item -ItemType Directory -Path $Folder | Out-Null
        $file = Join-Path -Path $Folder -ChildPath 'u.wav'
        Set-Content -LiteralPath $file -Value 'mine'
        $outcome = Get-Outcome -Action { $Results | Save-TtsSpeech -OutputDirectory $Folder }
        $outcome.Thrown | Should -BeNullOrEmpty
        $outcome.Errors | Should -HaveCount 1
        $outcome.Errors[0] | Get-ErrorName | Should -BeExactly 'OutputExists'
        $outcome.Errors[0].CategoryInfo.Category | Should -Be 'ResourceExists'
        $outcome.Errors[0].TargetObject.Id | Should -BeExactly 'u'
        $outcome.Errors[0].Exception.Message | Should -Match '-Force'
        $outcome.Output.Id | Should -Be 'm', 'b', 'd'
        Get-Content -LiteralPath $file | Should -BeExactly 'mine'

        $forced = $outcome.Errors[0].TargetObject | Save-TtsSpeech -OutputDirectory $Folder -Force
        (Get-Item -LiteralPath $file).Length | Should -Be $forced.Size
    }

    It 'leaves what is saved already, and copies it where it is told to' {
        $saved = $ByUrl | Save-TtsSpeech -OutputDirectory $Folder
        $time = $saved.File.LastWriteTimeUtc
        $again = $saved | Save-TtsSpeech
        $again.Status | Should -BeExactly 'Unchanged'
        $again.Path | Should -BeExactly $saved.Path
        (Get-Item -LiteralPath $saved.Path).LastWriteTimeUtc | Should -Be $time
        ($saved | Save-TtsSpeech -OutputDirectory "$Folder-copy").Path | Should -BeExactly (Join-Path -Path "$Folder-copy" -ChildPath 'u.wav')
    }

    It 'saves a URL <How>' -ForEach @(
        @{ How = 'at the first position'; Save = { param($url) Save-TtsSpeech $url -OutputPath (Join-Path -Path $Folder -ChildPath 'x') } }
        @{ How = 'by name'; Save = { param($url) Save-TtsSpeech -AudioUrl $url -OutputPath (Join-Path -Path $Folder -ChildPath 'x.wav') } }
        @{ How = 'as a piped string'; Save = { param($url) $url | Save-TtsSpeech -OutputDirectory $Folder } }
        @{ How = 'as a row with nothing else'; Save = { param($url) [pscustomobject]@{ AudioUrl = $url } | Save-TtsSpeech -OutputDirectory $Folder } }
    ) {
        $saved = & $Save $ByUrl.AudioUrl
        $saved.OutputFormat | Should -BeExactly 'WAV'
        $saved.Path | Should -Exist
        $saved.Path | Should -Match '\.wav$'
        $saved.Audio.Format | Should -BeExactly 'WAV'
    }
}

Describe 'A result of yesterday' {
    BeforeEach { $script:Folder = Join-Path -Path $TestDrive -ChildPath "out-$([guid]::NewGuid().ToString('N'))" }

    It 'is saved from Export-Csv under <_>; bytes do not survive one, and that is said' -ForEach 'en-US', 'de-DE' {
        $csv = Join-Path -Path $TestDrive -ChildPath "results-$_.csv"
        $outcome = Invoke-InCulture -Culture $_ -Action {
            $Results | Export-Csv -LiteralPath $csv
            Get-Outcome -Action { Import-Csv -LiteralPath $csv | Save-TtsSpeech -OutputDirectory $Folder }
        }
        $outcome.Output.File.Name | Should -Be 'u.wav', 'm.mp3'
        $outcome.Output[0].Voice, $outcome.Output[0].Language, $outcome.Output[0].Speed | Should -Be 'ryan', 'English', '0.9'
        $outcome.Output[0].TaskUUID, $outcome.Output[0].Cost | Should -Be $ByUrl.TaskUUID, $ByUrl.Cost
        $outcome.Errors | Get-ErrorName | Should -Be 'InvalidRequest.AudioUrl', 'InvalidRequest.AudioUrl'
        $outcome.Errors[0].Exception.Message | Should -Match "Wait-TtsTask -TaskUUID $($ByData.TaskUUID)"
        $outcome.Errors[0].TargetObject.Id | Should -BeExactly 'b'
    }

    It 'is fetched again by its TaskUUID where there is a connection, and not charged again' {
        $csv = Join-Path -Path $TestDrive -ChildPath 'lost.csv'
        $Results | Export-Csv -LiteralPath $csv
        $charged = (Get-Record -Emulator $Emulator).chargedTasks
        Connect-TtsService -ApiKey $TestKey -Endpoint $Relay.Url
        try { $outcome = Get-Outcome -Action { Import-Csv -LiteralPath $csv | Save-TtsSpeech -OutputDirectory $Folder } }
        finally { Disconnect-TtsService }
        $outcome.Errors | Should -HaveCount 0
        $outcome.Output.File.Name | Should -Be 'u.wav', 'm.mp3', 'b.ogg', 'd.flac'
        $outcome.Output[2].Size | Should -Be $ByData.AudioData.Length
        (Get-Record -Emulator $Emulator).chargedTasks | Should -Be $charged
    }

    It 'has its bytes through Export-Clixml' {
        $file = Join-Path -Path $TestDrive -ChildPath 'results.xml'
        $Results | Export-Clixml -LiteralPath $file -Depth 3
        $saved = Import-Clixml -LiteralPath $file | Save-TtsSpeech -OutputDirectory $Folder
        $saved.File.Name | Should -Be 'u.wav', 'm.mp3', 'b.ogg', 'd.flac'
        $saved.Cost | Should -Be $Results.Cost
        [Convert]::ToBase64String([System.IO.File]::ReadAllBytes($saved[2].Path)) | Should -BeExactly ([Convert]::ToBase64String($ByData.AudioData))
    }

    It 'is saved by another process, from CLIXML, without a key' {
        $file = Join-Path -Path $TestDrive -ChildPath 'elsewhere.xml'
        $Results | Export-Clixml -LiteralPath $file
        $saved = Invoke-OtherProcess -Endpoint $Relay.Url -Value @{ File = $file; Folder = $Folder } -Action {
            Remove-Item -Path env:RUNWARE_API_KEY
            Import-Clixml -LiteralPath $Value.File | Save-TtsSpeech -OutputDirectory $Value.Folder | Select-Object -Property Id, Path, Size
        }
        $saved.Id | Should -Be 'u', 'm', 'b', 'd'
        $saved.Path | Should -Exist
    }

    It 'takes AudioData as <Kind>' -ForEach @(
        @{ Kind = 'base64'; Prefix = '' }
        @{ Kind = 'a data URI'; Prefix = 'data:audio/ogg;base64,' }
        @{ Kind = 'a data URI in capitals'; Prefix = 'DATA:application/octet-stream;base64,' }
    ) {
        $row = [pscustomobject]@{ Id = 'text'; AudioData = $Prefix + [Convert]::ToBase64String($ByData.AudioData) }
        $saved = $row | Save-TtsSpeech -OutputDirectory $Folder
        $saved.File.Name | Should -BeExactly 'text.ogg'
        $saved.Audio.Format | Should -BeExactly 'OGG'
    }

    It 'refuses <What> as <Error>, and goes on' -ForEach @(
        @{ What = 'AudioData that is none'; Error = 'InvalidRequest.AudioData'; Row = @{ AudioData = 'no base64!' } }
        @{ What = 'a row with nothing to save'; Error = 'InvalidRequest.AudioUrl'; Row = @{ Text = 'x' } }
        @{ What = 'bytes that are no audio'; Error = 'AudioInvalid'; Row = @{ AudioData = [byte[]](1..40) } }
    ) {
        $bad = [pscustomobject]$Row
        $outcome = Get-Outcome -Action { $bad, $ByData | Save-TtsSpeech -OutputDirectory $Folder }
        $outcome.Thrown | Should -BeNullOrEmpty
        $outcome.Errors | Should -HaveCount 1
        $outcome.Errors[0] | Get-ErrorName | Should -BeExactly $Error
        [object]::ReferenceEquals($outcome.Errors[0].TargetObject, $bad) | Should -BeTrue
        $outcome.Output.Id | Should -BeExactly 'b'
        Get-ChildItem -LiteralPath $Folder -Force | Should -HaveCount 1
    }
}

Describe 'An address that has expired' {
    BeforeEach { $script:Folder = Join-Path -Path $TestDrive -ChildPath "out-$([guid]::NewGuid().ToString('N'))" }

    It 'is a DownloadFailed that names the task, keeps the result, and leaves no file' {
        $gone = [pscustomobject]@{ Id = 'gone'; AudioUrl = ($ByUrl.AudioUrl -replace '/audio/[0-9a-f]+', '/audio/00000000') + '?sig=s3cr3t'; TaskUUID = $ByUrl.TaskUUID; OutputFormat = 'WAV'; Cost = 0.0001 }
        $outcome = Get-Outcome -Action { $gone, $ByUrl | Save-TtsSpeech -OutputDirectory $Folder }
        $outcome.Thrown | Should -BeNullOrEmpty
        $outcome.Errors | Should -HaveCount 1
        $failure = $outcome.Errors[0]
        $failure | Get-ErrorName | Should -BeExactly 'DownloadFailed'
        $failure.CategoryInfo.Category | Should -Be 'ConnectionError'
        $failure.Exception.Message | Should -Match 'HTTP 404'
        $failure.Exception.Message | Should -Match 'limited time'
        $failure.Exception.Message | Should -Match "Wait-TtsTask -TaskUUID $($ByUrl.TaskUUID)"
        $failure.ErrorDetails.Message | Should -BeExactly $failure.Exception.Message
        "$failure $($failure.Exception)" | Should -Not -Match 's3cr3t'
        [object]::ReferenceEquals($failure.TargetObject, $gone) | Should -BeTrue
        $failure.Exception.Speech.TaskUUID | Should -Be $ByUrl.TaskUUID
        $failure.Exception.Speech.Cost | Should -Be 0.0001
        Get-ChildItem -LiteralPath $Folder -Force | Should -HaveCount 1

        # What it says to do does help, and nothing is paid for it.
        $found = Wait-TtsTask -TaskUUID $failure.Exception.Speech.TaskUUID -OutputDirectory "$Folder-again" -ApiKey $TestKey -Endpoint $Relay.Url
        $found.Audio.Format | Should -BeExactly 'WAV'
    }
}

Describe 'Receive, wait and save' {
    BeforeEach { Reset-RecoveryLedger }

    It 'saves what Wait-TtsTask gave without a file' {
        $folder = Join-Path -Path $TestDrive -ChildPath 'waited'
        $saved = New-TtsSpeech -Text 'hello' -Id 'w' -OutputFormat OGG -Async -ApiKey $TestKey -Endpoint $Relay.Url | Wait-TtsTask -ApiKey $TestKey -Endpoint $Relay.Url | Save-TtsSpeech -OutputDirectory $folder
        $saved.File.Name | Should -BeExactly 'w.ogg'
    }
}

Describe 'A download that is not what was asked for' {
    BeforeEach { $script:Folder = New-TestFolder }
    AfterEach { Clear-Fault -Emulator $Emulator }

    It 'saves nothing that is not what was asked for, and tells how to have it as it is' {
        $result = New-TtsSpeech -Text 'as it is' -OutputFormat WAV -ApiKey $TestKey -Endpoint $Emulator.Url
        Add-Fault -Emulator $Emulator -Order @{ on = 'download'; fault = 'short-download'; times = 2 }
        $outcome = Get-Outcome -Action { $result | Save-TtsSpeech -OutputDirectory $Folder -OutputPath whole.wav }
        $outcome.Errors | Get-ErrorName | Should -BeExactly 'AudioInvalid'
        Get-ChildItem -LiteralPath $Folder -Force | Should -BeNullOrEmpty

        # What the message says works, as it stands.
        $message = "$($outcome.Errors)"
        $message | Should -Match 'It is cut off after \d'
        $there = Join-Path -Path $Folder -ChildPath 'as-it-is.wav'
        $line = [regex]::Match($message, 'Invoke-WebRequest \S+ -OutFile(?= \.\.\.)').Value.Replace('$Error[0]', '$outcome.Errors[0]')
        & ([scriptblock]::Create("$line '$there'"))
        (Get-TtsAudioInfo -LiteralPath $there).Duration | Should -Be $($result | Save-TtsSpeech -OutputDirectory $Folder).Duration
    }
}
