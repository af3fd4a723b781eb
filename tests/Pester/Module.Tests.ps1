# The module as PowerShell sees it.

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Support.ps1')
    Import-TestModule
    $script:Manifest = Test-ModuleManifest -Path (Get-TestModulePath)
}

Describe 'The module' {
    It 'has a valid manifest, for both editions' {
        $Manifest.Name | Should -BeExactly 'RunwareTts'
        $Manifest.PowerShellVersion | Should -Be '5.1'
        $Manifest.CompatiblePSEditions | Should -Be 'Desktop', 'Core'
    }

    It 'exports what the manifest names, and nothing else' {
        $module = Get-Module -Name RunwareTts
        $module.ExportedCmdlets.Keys | Sort-Object | Should -Be @($Manifest.ExportedCmdlets.Keys | Sort-Object)
        $module.ExportedFunctions.Count + $module.ExportedAliases.Count + $module.ExportedVariables.Count | Should -Be 0
    }

    It 'imports without a warning and without a word' {
        $instance = [powershell]::Create()
        try {
            $instance.AddScript('Import-Module -Name $args[0] *>&1').AddArgument((Get-TestModulePath)).Invoke() | Should -BeNullOrEmpty
            $instance.HadErrors | Should -BeFalse
        }
        finally { $instance.Dispose() }
    }

    It 'may be removed and imported again' {
        $instance = Open-Runspace
        try {
            $found = $instance.AddScript('Remove-Module RunwareTts; Import-Module $args[0]; (Get-TtsVoice ryan).Voice').AddArgument((Get-TestModulePath)).Invoke()
            $found | Should -BeExactly 'ryan'
        }
        finally { $instance.Dispose() }
    }
}
