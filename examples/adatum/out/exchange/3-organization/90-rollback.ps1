#requires -Version 2.0
# organization: goes back to what 05-backup.ps1 saved, as far as 10-apply.ps1 has changed it.
# Written by mailtopo from topology.yaml; change that file and compile again.
# Run it in the Exchange Management Shell (Exchange 2019) on a server inside the organization.
# What apply made is removed, unless somebody has changed it since; what others made stays.
# It can be run again. -WhatIf shows what it would do.
[CmdletBinding(SupportsShouldProcess = $true)]
param(
    # The backup to go back to; needed where the folder has several.
    [string]$Backup,
    # Folder of the backups; the folder backup beside this script where it is left out.
    [string]$BackupFolder,
    # Removes what apply made also where somebody has changed it since.
    [switch]$RemoveChanged
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
$findings = 0
$here = Split-Path -Path $MyInvocation.MyCommand.Path -Parent

# Tells what was changed, and counts it.
function Write-Change {
    param([string]$Text)
    $script:changes++
    Write-Host -Object ('changed: {0}' -f $Text)
}

# Gives what is not as it shall be as an object, with its place in the topology, and counts it.
function Write-Finding {
    param([string]$Text, [string]$Property, [string]$Actual, [string]$Wanted)
    $script:findings++
    $finding = New-Object -TypeName PSObject -Property @{ 'At' = $at; 'Finding' = $Text; 'Property' = $Property; 'Actual' = $Actual; 'Wanted' = $Wanted }
    Select-Object -InputObject $finding -Property @('At', 'Finding', 'Property', 'Actual', 'Wanted')
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

# Gives what a backup has about an object, and stops where it has nothing.
function Get-Saved {
    param($Backup, [string]$Key)
    $saved = @(@($Backup['Objects']) | Where-Object { $_['Key'] -ceq $Key })
    if ($saved.Count -ne 1) { throw ('the backup does not have {0}: it was made for other scripts' -f $Key) }
    return $saved[0]
}

# Gives saved values in the form in which a cmdlet takes them.
function Get-Former {
    param([hashtable]$Values, [string[]]$Properties)
    $former = @{}
    foreach ($property in @($Properties | Where-Object { $Values.ContainsKey($_) })) {
        $value = $Values[$property]
        if ($null -eq $value -or $value -is [bool]) { $former[$property] = $value }
        elseif ($sizeProperties -contains $property) { $former[$property] = ConvertTo-SizeText -Text $value }
        elseif ($flagProperties -contains $property) {
            # Custom tells of single rights; it cannot be set.
            $flags = [string[]]@(@(Get-Text -Value $value) | ForEach-Object { $_.Split(',') } | ForEach-Object { $_.Trim() } | Where-Object { $property -ne 'PermissionGroups' -or $_ -ne 'Custom' })
            if ($flags.Count -eq 0) { $flags = [string[]]@('None') }
            $former[$property] = $flags
            if ($flags.Count -eq 1) { $former[$property] = $flags[0] }
        }
        elseif ($value -is [string]) { $former[$property] = $value }
        else {
            $texts = [string[]]@(Get-Text -Value $value)
            if ($serverProperties -contains $property) { $texts = [string[]]@($texts | ForEach-Object { $_.Split('/\'.ToCharArray())[-1] }) }
            if ($texts.Count -eq 0) { $former[$property] = $null } else { $former[$property] = $texts }
        }
    }
    return $former
}

# Writes a size with its unit, which every version reads alike; an unlimited one is a word.
function ConvertTo-SizeText {
    param([string]$Text)
    $bytes = ConvertTo-ByteCount -Text $Text
    if ($bytes -notmatch '^\d+$') { return $bytes }
    if ([long]$bytes % 1024 -eq 0) { return ('{0}KB' -f ([long]$bytes / 1024)) }
    return ('{0}B' -f $bytes)
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
$found = @(Get-BackupFile -Folder $folder -Pattern 'organization.*.xml')
if (-not [string]::IsNullOrEmpty($Backup)) { $found = @($PSCmdlet.GetUnresolvedProviderPathFromPSPath($Backup)) }
if ($found.Count -ne 1) {
    Write-Host -Object ('refused: {0} has {1} backups; say which one with -Backup' -f $folder, $found.Count)
    foreach ($path in $found) { Write-Host -Object ('  {0}' -f $path) }
    exit 3
}
$kept = Read-Backup -Path $found[0] -Place 'organization'
Write-Host -Object ('backup: {0}, taken {1}' -f $found[0], $kept['Taken'])

# topology.yaml:28; DOC S3-S7, S8-S9, S10
$at = 'topology.yaml:28'
$saved = Get-Saved -Backup $kept -Key 'Send connector Everything to the filter'
$connector = Get-TheOne -Of 'Everything to the filter' -Found @(Get-SendConnector -ErrorAction Stop | Where-Object { [string]$_.Name -eq 'Everything to the filter' })
if ($null -eq $connector -and $saved['Present']) {
    Write-Finding -Text 'Send connector Everything to the filter is gone, and apply does not remove any: make it by hand'
}
elseif ($null -ne $connector -and -not $saved['Present']) {
    # What apply made it with.
    $wanted = @{
        'AddressSpaces' = @('SMTP:*;1')
        'DNSRoutingEnabled' = $false
        'Fqdn' = 'mail.adatum.com'
        'MaxMessageSize' = '35MB'
        'RequireTLS' = $true
        'SmartHosts' = @('out.filter.example')
        'SourceTransportServers' = @('EX19A', 'EX19B')
        'TlsAuthLevel' = 'DomainValidation'
        'TlsDomain' = 'out.filter.example'
    }
    if (-not $RemoveChanged -and (Get-Difference -Of 'Everything to the filter' -Actual $connector -Wanted $wanted).Count -gt 0) {
        Write-Finding -Text 'Send connector Everything to the filter was changed after apply made it, so it stays; -RemoveChanged removes it'
    }
    elseif ($PSCmdlet.ShouldProcess('Everything to the filter', 'Remove-SendConnector')) {
        Remove-SendConnector -Identity 'Everything to the filter' -Confirm:$false -ErrorAction Stop
        Write-Change -Text 'Send connector Everything to the filter: removed'
    }
}
elseif ($null -ne $connector) {
    $former = Get-Former -Values $saved['Values'] -Properties @('AddressSpaces', 'DNSRoutingEnabled', 'Fqdn', 'MaxMessageSize', 'RequireTLS', 'SmartHosts', 'SourceTransportServers', 'TlsAuthLevel', 'TlsDomain', 'SmartHostAuthMechanism')
    $differing = Get-Difference -Of 'Everything to the filter' -Actual $connector -Wanted $former
    # Exchange checks these against each other, so they are set together.
    $together = @('DNSRoutingEnabled', 'SmartHosts', 'SmartHostAuthMechanism')
    if (@($together | Where-Object { $differing.ContainsKey($_) }).Count -gt 0) {
        foreach ($property in @($together | Where-Object { $former.ContainsKey($_) })) { $differing[$property] = $former[$property] }
    }
    if ($differing.Count -gt 0 -and $PSCmdlet.ShouldProcess('Everything to the filter', 'Set-SendConnector')) {
        Set-SendConnector -Identity 'Everything to the filter' @differing -Confirm:$false -ErrorAction Stop
        Write-Change -Text 'Send connector Everything to the filter: set back'
    }
}

# topology.yaml:7
$at = 'topology.yaml:7'
$saved = Get-Saved -Backup $kept -Key 'Accepted domain adatum.com'
$domain = Get-TheOne -Of 'adatum.com' -Found @(Get-AcceptedDomain -ErrorAction Stop | Where-Object { [string]$_.DomainName -eq 'adatum.com' })
if ($null -eq $domain -and $saved['Present']) {
    Write-Finding -Text 'Accepted domain adatum.com is gone, and apply does not remove any: make it by hand'
}
elseif ($null -ne $domain -and -not $saved['Present']) {
    if (-not $RemoveChanged -and [string]$domain.DomainType -ne 'Authoritative') {
        Write-Finding -Text 'Accepted domain adatum.com was changed after apply made it, so it stays; -RemoveChanged removes it'
    }
    elseif ($PSCmdlet.ShouldProcess('adatum.com', 'Remove-AcceptedDomain')) {
        Remove-AcceptedDomain -Identity ([string]$domain.Guid) -Confirm:$false -ErrorAction Stop
        Write-Change -Text 'Accepted domain adatum.com: removed'
    }
}
elseif ($null -ne $domain) {
    $type = [string]$saved['Values']['DomainType']
    if ([string]$domain.DomainType -ne $type -and $PSCmdlet.ShouldProcess('adatum.com', ('Set-AcceptedDomain -DomainType {0}' -f $type))) {
        Set-AcceptedDomain -Identity ([string]$domain.Guid) -DomainType $type -Confirm:$false -ErrorAction Stop
        Write-Change -Text 'Accepted domain adatum.com: set back'
    }
}

Write-Host -Object ('{0} changed' -f $changes)
Write-Host -Object ('findings: {0}' -f $findings)
if ($findings -gt 0) { exit 1 }
exit 0
