# Synthesizes announcements.csv into out/ and shows the results: file, voice, format, duration, cost.
# With RUNWARE_API_KEY set it calls the hosted models, which costs about five US cents.
param([string] $OutputDirectory = 'out')

Import-Module "$PSScriptRoot/../../artifacts/RunwareTts/RunwareTts.psd1" -Force
if (-not $env:RUNWARE_API_KEY) { Connect-TtsService -Offline }

Import-Csv "$PSScriptRoot/announcements.csv" -Encoding UTF8 | New-TtsSpeech -OutputDirectory $OutputDirectory -Force
