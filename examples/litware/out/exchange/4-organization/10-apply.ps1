#requires -Version 2.0
# organization: makes what is missing and sets what differs; objects it does not name stay as they are.
# Written by mailtopo from topology.yaml; change that file and compile again.
# Run it in the Exchange Management Shell (Exchange 2013) on a server inside the organization.
# It can be run again: what is as it shall be is not touched. -WhatIf shows what it would do.
[CmdletBinding(SupportsShouldProcess = $true)]
param(
    # Folder of the backups; the folder backup beside this script where it is left out.
    [string]$BackupFolder,
    # Goes ahead without a backup; nothing leads back then.
    [switch]$WithoutBackup
)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'
$at = 'topology.yaml'
# An error ends the script here; it can be run again when the cause is mended.
trap {
    Write-Error -Message ('stopped at {0}: {1}' -f $at, $_.Exception.Message) -ErrorAction Continue
    exit 2
}
$changes = 0
$here = Split-Path -Path $MyInvocation.MyCommand.Path -Parent

# Tells what was changed, and counts it.
function Write-Change {
    param([string]$Text)
    $script:changes++
    Write-Host -Object ('changed: {0}' -f $Text)
}

# Gives the one object of a list, nothing where the list is empty, and stops where there are several.
function Get-TheOne {
    param([string]$Of, [object[]]$Found)
    if ($Found.Count -gt 1) { throw ('{0}: there are {1} of this name' -f $Of, $Found.Count) }
    if ($Found.Count -eq 1) { return $Found[0] }
}

# Gives the texts of a value that may be nothing, one thing or a list.
function Get-Text {
    param($Value)
    foreach ($one in @($Value)) { if ($null -ne $one) { [string]$one } }
}

# Gives the backups of a folder, the newest last.
function Get-BackupFile {
    param([string]$Folder, [string]$Pattern)
    if ([System.IO.Directory]::Exists($Folder)) { [System.IO.Directory]::GetFiles($Folder, $Pattern) | Sort-Object }
}

# Reads a backup; one of another place is none.
function Read-Backup {
    param([string]$Path, [string]$Place)
    $backup = Import-Clixml -Path ([System.Management.Automation.WildcardPattern]::Escape($Path))
    if ($backup -isnot [hashtable] -or [string]$backup['Place'] -ne $Place) { throw ('{0} is no backup of {1}' -f $Path, $Place) }
    return $backup
}

# Gives the wanted properties that the object does not have yet, and tells both values.
function Get-Difference {
    param([string]$Of, $Actual, [hashtable]$Wanted)
    $difference = @{}
    foreach ($property in @($Wanted.Keys | Sort-Object)) {
        $is = Get-ComparableText -Property $property -Value $Actual.$property
        $shall = Get-ComparableText -Property $property -Value $Wanted[$property]
        if ($is -cne $shall) {
            Write-Host -Object ('differs: {0}: {1} is {2}, shall be {3}' -f $Of, $property, $is, $shall)
            $difference[$property] = $Wanted[$property]
        }
    }
    return $difference
}

# Writes a value in the one form in which it is compared.
function Get-ComparableText {
    param([string]$Property, $Value)
    return [string]::Join(', ', [string[]]@(ConvertTo-Comparable -Property $Property -Value $Value))
}

# Exchange prints one value in several ways, such as 36MB and 36 MB (37,748,736 bytes), and keeps no order in its
# lists; among permission groups Custom only tells that single rights were granted, too. Both sides are brought to one
# form before they are compared.
function ConvertTo-Comparable {
    param([string]$Property, $Value)
    $forms = @()
    foreach ($text in @(Get-Text -Value $Value)) {
        if ($exactProperties -contains $Property) { $forms += $text }
        elseif ($Property -eq 'PermissionGroups') { foreach ($group in $text.Split(',')) { $forms += $group.Trim().ToLowerInvariant() -replace '^(none|custom)$', '' } }
        elseif ($flagProperties -contains $Property) { foreach ($flag in $text.Split(',')) { $forms += $flag.Trim().ToLowerInvariant() } }
        elseif ($sizeProperties -contains $Property) { $forms += ConvertTo-ByteCount -Text $text }
        elseif ($durationProperties -contains $Property) { $forms += [string][TimeSpan]::Parse($text) }
        elseif ($rangeProperties -contains $Property) { $forms += ConvertTo-AddressRange -Text $text }
        elseif ($serverProperties -contains $Property) { $forms += $text.Split('/\'.ToCharArray())[-1].ToLowerInvariant() }
        elseif ($Property -eq 'SmartHosts') { $forms += $text.Trim('[]'.ToCharArray()).ToLowerInvariant() }
        else { $forms += $text.ToLowerInvariant() }
    }
    return @($forms | Where-Object { $_ -ne '' } | Sort-Object -Unique)
}

# 36MB, 37748736 and 36 MB (37,748,736 bytes) are one size.
function ConvertTo-ByteCount {
    param([string]$Text)
    if ($Text -match '\(([^()]*)bytes\)') { return ($matches[1] -replace '\D', '') }
    if ($Text -match '^(\d+)\s*(B|KB|MB|GB|TB)?$') {
        $bytes = [long]$matches[1]
        if ($matches.ContainsKey(2)) { $bytes = $bytes * @{ 'B' = 1; 'KB' = 1024; 'MB' = 1048576; 'GB' = 1073741824; 'TB' = 1099511627776 }[$matches[2]] }
        return [string]$bytes
    }
    return $Text.ToLowerInvariant()
}

# 10.0.0.0/8, 10.0.0.0(255.0.0.0) and 10.0.0.0-10.255.255.255 are one range.
function ConvertTo-AddressRange {
    param([string]$Text)
    $ends = @($Text.Split('-') | ForEach-Object { ($_ -replace '[/(].*$', '').Trim() })
    $first = [System.Net.IPAddress]::Parse($ends[0]).GetAddressBytes()
    $last = [System.Net.IPAddress]::Parse($ends[-1]).GetAddressBytes()
    for ($index = 0; $index -lt $first.Length; $index++) {
        $mask = 255
        if ($Text -match '/(\d+)$') { $mask = 256 - [int][Math]::Pow(2, [Math]::Min(8, [Math]::Max(0, 8 * ($index + 1) - [int]$matches[1]))) }
        if ($Text -match '\((.+)\)$') { $mask = [int][System.Net.IPAddress]::Parse($matches[1]).GetAddressBytes()[$index] }
        if ($mask -lt 255) {
            $first[$index] = [byte]($first[$index] -band $mask)
            $last[$index] = [byte]($last[$index] -bor (255 - $mask))
        }
    }
    return ('{0}-{1}' -f (New-Object -TypeName System.Net.IPAddress -ArgumentList (, $first)), (New-Object -TypeName System.Net.IPAddress -ArgumentList (, $last)))
}

# Properties by the way in which Exchange prints them.
$exactProperties = @()
$rangeProperties = @()
$serverProperties = @('SourceTransportServers')
$flagProperties = @('TlsAuthLevel')
$sizeProperties = @('MaxMessageSize')
$durationProperties = @()
$folder = Join-Path -Path $here -ChildPath 'backup'
if (-not [string]::IsNullOrEmpty($BackupFolder)) { $folder = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($BackupFolder) }
if (-not $WithoutBackup -and -not $WhatIfPreference) {
    $usable = $null
    foreach ($path in @(Get-BackupFile -Folder $folder -Pattern 'organization.*.xml')) {
        if ((Read-Backup -Path $path -Place 'organization')['Scripts'] -eq '85c2e455f7448e40') { $usable = $path }
    }
    if ($null -eq $usable) {
        Write-Host -Object ('refused: {0} has no backup for these scripts: run 05-backup.ps1 first; -WithoutBackup goes ahead without a way back' -f $folder)
        exit 3
    }
    Write-Host -Object ('backup: {0}' -f $usable)
}

# topology.yaml:7
$at = 'topology.yaml:7'
$domain = Get-TheOne -Of 'litwareinc.com' -Found @(Get-AcceptedDomain -ErrorAction Stop | Where-Object { [string]$_.DomainName -eq 'litwareinc.com' })
if ($null -eq $domain) {
    if ($PSCmdlet.ShouldProcess('litwareinc.com', 'New-AcceptedDomain')) {
        $null = New-AcceptedDomain -Name 'litwareinc.com' -DomainName 'litwareinc.com' -DomainType 'Authoritative' -Confirm:$false -ErrorAction Stop
        Write-Change -Text 'accepted domain litwareinc.com: made'
    }
}
elseif ([string]$domain.DomainType -ne 'Authoritative' -and $PSCmdlet.ShouldProcess('litwareinc.com', 'Set-AcceptedDomain -DomainType Authoritative')) {
    Set-AcceptedDomain -Identity ([string]$domain.Guid) -DomainType 'Authoritative' -Confirm:$false -ErrorAction Stop
    Write-Change -Text 'accepted domain litwareinc.com: set'
}

# topology.yaml:29; DOC S3-S7, S8, S10
$at = 'topology.yaml:29'
$wanted = @{
    'AddressSpaces' = @('SMTP:proseware.com;1')
    'Fqdn' = 'mail.litwareinc.com'
    'RequireTLS' = $true
    'SourceTransportServers' = @('MBX1', 'MBX2')
    'TlsAuthLevel' = 'DomainValidation'
    'TlsDomain' = 'mx.proseware.com'
}
$connector = Get-TheOne -Of 'To Proseware' -Found @(Get-SendConnector -ErrorAction Stop | Where-Object { [string]$_.Name -eq 'To Proseware' })
if ($null -eq $connector -and $PSCmdlet.ShouldProcess('To Proseware', 'New-SendConnector')) {
    $null = New-SendConnector -Name 'To Proseware' -Usage 'Custom' @wanted -Confirm:$false -ErrorAction Stop
    Write-Change -Text 'To Proseware: made'
    $connector = Get-TheOne -Of 'To Proseware' -Found @(Get-SendConnector -ErrorAction Stop | Where-Object { [string]$_.Name -eq 'To Proseware' })
}
if ($null -ne $connector) {
    $differing = Get-Difference -Of 'To Proseware' -Actual $connector -Wanted $wanted
    if ($differing.Count -gt 0 -and $PSCmdlet.ShouldProcess('To Proseware', 'Set-SendConnector')) {
        Set-SendConnector -Identity 'To Proseware' @differing -Confirm:$false -ErrorAction Stop
        Write-Change -Text 'To Proseware: set'
    }
}

# topology.yaml:36; DOC S3-S7, S8, S10
$at = 'topology.yaml:36'
$wanted = @{
    'AddressSpaces' = @('SMTP:*;1')
    'Fqdn' = 'mail.litwareinc.com'
    'MaxMessageSize' = '25MB'
    'SourceTransportServers' = @('MBX1', 'MBX2')
}
$connector = Get-TheOne -Of 'Internet' -Found @(Get-SendConnector -ErrorAction Stop | Where-Object { [string]$_.Name -eq 'Internet' })
if ($null -eq $connector -and $PSCmdlet.ShouldProcess('Internet', 'New-SendConnector')) {
    $null = New-SendConnector -Name 'Internet' -Usage 'Internet' @wanted -Confirm:$false -ErrorAction Stop
    Write-Change -Text 'Internet: made'
    $connector = Get-TheOne -Of 'Internet' -Found @(Get-SendConnector -ErrorAction Stop | Where-Object { [string]$_.Name -eq 'Internet' })
}
if ($null -ne $connector) {
    $differing = Get-Difference -Of 'Internet' -Actual $connector -Wanted $wanted
    if ($differing.Count -gt 0 -and $PSCmdlet.ShouldProcess('Internet', 'Set-SendConnector')) {
        Set-SendConnector -Identity 'Internet' @differing -Confirm:$false -ErrorAction Stop
        Write-Change -Text 'Internet: set'
    }
}

Write-Host -Object ('{0} changed' -f $changes)
exit 0
