@{
    IncludeDefaultRules = $true
    Rules               = @{
        # build.ps1 leaves it out for the tests that only PowerShell 7 runs.
        PSUseCompatibleSyntax              = @{ Enable = $true; TargetVersions = '5.1', '7.4' }
        PSPlaceOpenBrace                   = @{ Enable = $true; OnSameLine = $true; NewLineAfter = $false; IgnoreOneLineBlock = $true }
        PSPlaceCloseBrace                  = @{ Enable = $true; NoEmptyLineBefore = $true; NewLineAfter = $true; IgnoreOneLineBlock = $true }
        PSUseConsistentWhitespace          = @{ Enable = $true; IgnoreAssignmentOperatorInsideHashTable = $true }
        PSAvoidSemicolonsAsLineTerminators = @{ Enable = $true }
        PSAvoidTrailingWhitespace          = @{ Enable = $true }
    }
}
