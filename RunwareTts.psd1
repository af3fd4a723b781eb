@{
    RootModule             = if ($PSEdition -eq 'Core') { 'bin/net8.0/RunwareTts.dll' } else { 'bin/netstandard2.0/RunwareTts.dll' }
    ModuleVersion          = '0.1.0'
    GUID                   = 'b1a4f6de-5c0e-4f0f-9d53-7a1f1c8f0c5e'
    Author                 = 'The RunwareTts founders'
    CompanyName            = 'RunwareTts'
    Copyright              = '(c) 2026 The RunwareTts founders. MIT licence.'
    Description            = 'Turns rows of text into audio files with Runware''s hosted Qwen3-TTS models, or with draft voices on this machine.'
    PowerShellVersion      = '5.1'
    DotNetFrameworkVersion = '4.7.2'
    CompatiblePSEditions   = 'Desktop', 'Core'
    FormatsToProcess       = 'RunwareTts.Format.ps1xml'
    TypesToProcess         = 'RunwareTts.Types.ps1xml'
    CmdletsToExport        = @(
        'Connect-TtsService'
        'Disconnect-TtsService'
        'Export-TtsReport'
        'Get-TtsAccount'
        'Get-TtsAudioInfo'
        'Get-TtsFormat'
        'Get-TtsLanguage'
        'Get-TtsLedger'
        'Get-TtsModel'
        'Get-TtsService'
        'Get-TtsTask'
        'Get-TtsVoice'
        'Join-TtsSpeech'
        'New-TtsSpeech'
        'New-TtsVoice'
        'Out-TtsSpeaker'
        'Receive-TtsWebhook'
        'Remove-TtsVoice'
        'Save-TtsSpeech'
        'Show-TtsWaveform'
        'Split-TtsText'
        'Test-TtsSpeech'
        'Wait-TtsTask'
    )
    FunctionsToExport      = @()
    VariablesToExport      = @()
    AliasesToExport        = @()
    PrivateData            = @{
        PSData = @{
            Tags         = 'TTS', 'TextToSpeech', 'Speech', 'Audio', 'Runware', 'Qwen3', 'PSEdition_Desktop', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS'
            ProjectUri   = 'https://github.com/RunwareTts/RunwareTts'
            LicenseUri   = 'https://github.com/RunwareTts/RunwareTts/blob/main/LICENSE'
            IconUri      = 'https://raw.githubusercontent.com/RunwareTts/RunwareTts/main/docs/images/icon.png'
            ReleaseNotes = 'https://github.com/RunwareTts/RunwareTts/blob/main/CHANGELOG.md'
        }
    }
}
