#requires -Version 2.0
# EDGE01: goes back to what 05-backup.ps1 saved, as far as 10-apply.ps1 has changed it.
# Written by mailtopo from topology.yaml; change that file and compile again.
# Run it in the Exchange Management Shell (Exchange SE) on EDGE01.
# What apply made is removed, unless somebody has changed it since; what others made stays.
# It can be run again. -WhatIf shows what it would do.
[CmdletBinding(SupportsShouldProcess = $true)]
param(
    # The backup to go back to; needed where the folder has several.
    [string]$Backup,
    # Folder of the backups; the folder backup beside this script where it is left out.
    [string]$BackupFolder,
    # Removes what apply made also where somebody has changed it since.
    [switch]$RemoveChanged,
    # Removes certificates and roots that apply brought; otherwise they stay.
    [switch]$RemoveCertificates
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

# Gives the entries that a list does not have yet.
function Get-Missing {
    param([string[]]$Entries, [string[]]$List)
    foreach ($entry in $Entries) { if ($List -notcontains $entry) { $entry } }
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

# Gives the entries that a list does not have, however Exchange prints them.
function Get-MissingEntry {
    param([string]$Property, [string[]]$Entries, [string[]]$List)
    $has = @(ConvertTo-Comparable -Property $Property -Value $List)
    foreach ($entry in $Entries) { if ($has -cnotcontains (Get-ComparableText -Property $Property -Value $entry)) { $entry } }
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

# Reads a certificate, without its key, from the folder beside this script.
function Get-CertificateFile {
    param([string]$Name)
    $path = Join-Path -Path (Join-Path -Path $here -ChildPath 'certificates') -ChildPath $Name
    return (New-Object -TypeName System.Security.Cryptography.X509Certificates.X509Certificate2 -ArgumentList $path)
}

# Says whether this computer trusts a root.
function Test-TrustedRoot {
    param($Root)
    $store = New-Object -TypeName System.Security.Cryptography.X509Certificates.X509Store -ArgumentList 'Root', 'LocalMachine'
    $store.Open('ReadOnly')
    try { return (@($store.Certificates | Where-Object { $_.Thumbprint -eq $Root.Thumbprint }).Count -gt 0) }
    finally { $store.Close() }
}

# Takes a root from those that this computer trusts.
function Remove-TrustedRoot {
    param($Root)
    $store = New-Object -TypeName System.Security.Cryptography.X509Certificates.X509Store -ArgumentList 'Root', 'LocalMachine'
    $store.Open('ReadWrite')
    try { $store.Remove($Root) }
    finally { $store.Close() }
}

# Gives the thumbprint of the certificate that a server shows to the others; nothing where the shell does not tell.
function Get-DefaultThumbprint {
    param([object[]]$Transport)
    foreach ($one in $Transport) { if ($null -ne $one.PSObject.Properties['InternalTransportCertificateThumbprint']) { return [string]$one.InternalTransportCertificateThumbprint } }
    return ''
}

# Properties by the way in which Exchange prints them.
$exactProperties = @()
$rangeProperties = @('RemoteIPRanges')
$serverProperties = @()
$flagProperties = @('AuthMechanism', 'PermissionGroups')
$sizeProperties = @('MaxMessageSize')
$durationProperties = @()
$folder = Join-Path -Path $here -ChildPath 'backup'
if (-not [string]::IsNullOrEmpty($BackupFolder)) { $folder = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($BackupFolder) }
$found = @(Get-BackupFile -Folder $folder -Pattern 'EDGE01.*.xml')
if (-not [string]::IsNullOrEmpty($Backup)) { $found = @($PSCmdlet.GetUnresolvedProviderPathFromPSPath($Backup)) }
if ($found.Count -ne 1) {
    Write-Host -Object ('refused: {0} has {1} backups; say which one with -Backup' -f $folder, $found.Count)
    foreach ($path in $found) { Write-Host -Object ('  {0}' -f $path) }
    exit 3
}
$kept = Read-Backup -Path $found[0] -Place 'EDGE01'
Write-Host -Object ('backup: {0}, taken {1}' -f $found[0], $kept['Taken'])

# topology.yaml:45; DOC S3-S7, S8, S10
$at = 'topology.yaml:45'
$saved = Get-Saved -Backup $kept -Key 'Send connector Internet'
$connector = Get-TheOne -Of 'Internet' -Found @(Get-SendConnector -ErrorAction Stop | Where-Object { [string]$_.Name -eq 'Internet' })
if ($null -eq $connector -and $saved['Present']) {
    Write-Finding -Text 'Send connector Internet is gone, and apply does not remove any: make it by hand'
}
elseif ($null -ne $connector -and -not $saved['Present']) {
    # What apply made it with.
    $wanted = @{
        'AddressSpaces' = @('SMTP:*;1')
        'Fqdn' = 'mail.wingtiptoys.com'
        'MaxMessageSize' = '35MB'
    }
    if (-not $RemoveChanged -and (Get-Difference -Of 'Internet' -Actual $connector -Wanted $wanted).Count -gt 0) {
        Write-Finding -Text 'Send connector Internet was changed after apply made it, so it stays; -RemoveChanged removes it'
    }
    elseif ($PSCmdlet.ShouldProcess('Internet', 'Remove-SendConnector')) {
        Remove-SendConnector -Identity 'Internet' -Confirm:$false -ErrorAction Stop
        Write-Change -Text 'Send connector Internet: removed'
    }
}
elseif ($null -ne $connector) {
    $former = Get-Former -Values $saved['Values'] -Properties @('AddressSpaces', 'Fqdn', 'MaxMessageSize', 'DNSRoutingEnabled', 'SmartHosts', 'SmartHostAuthMechanism')
    $differing = Get-Difference -Of 'Internet' -Actual $connector -Wanted $former
    # Exchange checks these against each other, so they are set together.
    $together = @('DNSRoutingEnabled', 'SmartHosts', 'SmartHostAuthMechanism')
    if (@($together | Where-Object { $differing.ContainsKey($_) }).Count -gt 0) {
        foreach ($property in @($together | Where-Object { $former.ContainsKey($_) })) { $differing[$property] = $former[$property] }
    }
    if ($differing.Count -gt 0 -and $PSCmdlet.ShouldProcess('Internet', 'Set-SendConnector')) {
        Set-SendConnector -Identity 'Internet' @differing -Confirm:$false -ErrorAction Stop
        Write-Change -Text 'Send connector Internet: set back'
    }
}

# topology.yaml:40; DOC S3-S7, S8-S9, S10
$at = 'topology.yaml:40'
$saved = Get-Saved -Backup $kept -Key 'Send connector Inward'
$connector = Get-TheOne -Of 'Inward' -Found @(Get-SendConnector -ErrorAction Stop | Where-Object { [string]$_.Name -eq 'Inward' })
if ($null -eq $connector -and $saved['Present']) {
    Write-Finding -Text 'Send connector Inward is gone, and apply does not remove any: make it by hand'
}
elseif ($null -ne $connector -and -not $saved['Present']) {
    # What apply made it with.
    $wanted = @{
        'AddressSpaces' = @('SMTP:--;1')
        'DNSRoutingEnabled' = $false
        'SmartHosts' = @('10.9.0.21')
    }
    if (-not $RemoveChanged -and (Get-Difference -Of 'Inward' -Actual $connector -Wanted $wanted).Count -gt 0) {
        Write-Finding -Text 'Send connector Inward was changed after apply made it, so it stays; -RemoveChanged removes it'
    }
    elseif ($PSCmdlet.ShouldProcess('Inward', 'Remove-SendConnector')) {
        Remove-SendConnector -Identity 'Inward' -Confirm:$false -ErrorAction Stop
        Write-Change -Text 'Send connector Inward: removed'
    }
}
elseif ($null -ne $connector) {
    $former = Get-Former -Values $saved['Values'] -Properties @('AddressSpaces', 'DNSRoutingEnabled', 'SmartHosts', 'SmartHostAuthMechanism')
    $differing = Get-Difference -Of 'Inward' -Actual $connector -Wanted $former
    # Exchange checks these against each other, so they are set together.
    $together = @('DNSRoutingEnabled', 'SmartHosts', 'SmartHostAuthMechanism')
    if (@($together | Where-Object { $differing.ContainsKey($_) }).Count -gt 0) {
        foreach ($property in @($together | Where-Object { $former.ContainsKey($_) })) { $differing[$property] = $former[$property] }
    }
    if ($differing.Count -gt 0 -and $PSCmdlet.ShouldProcess('Inward', 'Set-SendConnector')) {
        Set-SendConnector -Identity 'Inward' @differing -Confirm:$false -ErrorAction Stop
        Write-Change -Text 'Send connector Inward: set back'
    }
}

# topology.yaml:34; DOC S3-S7, S8, S10, S13
$at = 'topology.yaml:34'
$saved = Get-Saved -Backup $kept -Key 'Send connector To Relecloud'
$connector = Get-TheOne -Of 'To Relecloud' -Found @(Get-SendConnector -ErrorAction Stop | Where-Object { [string]$_.Name -eq 'To Relecloud' })
if ($null -eq $connector -and $saved['Present']) {
    Write-Finding -Text 'Send connector To Relecloud is gone, and apply does not remove any: make it by hand'
}
elseif ($null -ne $connector -and -not $saved['Present']) {
    # What apply made it with.
    $wanted = @{
        'AddressSpaces' = @('SMTP:relecloud.com;1')
        'DomainSecureEnabled' = $true
        'Fqdn' = 'mail.wingtiptoys.com'
    }
    if (-not $RemoveChanged -and (Get-Difference -Of 'To Relecloud' -Actual $connector -Wanted $wanted).Count -gt 0) {
        Write-Finding -Text 'Send connector To Relecloud was changed after apply made it, so it stays; -RemoveChanged removes it'
    }
    elseif ($PSCmdlet.ShouldProcess('To Relecloud', 'Remove-SendConnector')) {
        Remove-SendConnector -Identity 'To Relecloud' -Confirm:$false -ErrorAction Stop
        Write-Change -Text 'Send connector To Relecloud: removed'
    }
}
elseif ($null -ne $connector) {
    $former = Get-Former -Values $saved['Values'] -Properties @('AddressSpaces', 'DomainSecureEnabled', 'Fqdn', 'DNSRoutingEnabled', 'SmartHosts', 'SmartHostAuthMechanism')
    $differing = Get-Difference -Of 'To Relecloud' -Actual $connector -Wanted $former
    # Exchange checks these against each other, so they are set together.
    $together = @('DNSRoutingEnabled', 'SmartHosts', 'SmartHostAuthMechanism')
    if (@($together | Where-Object { $differing.ContainsKey($_) }).Count -gt 0) {
        foreach ($property in @($together | Where-Object { $former.ContainsKey($_) })) { $differing[$property] = $former[$property] }
    }
    if ($differing.Count -gt 0 -and $PSCmdlet.ShouldProcess('To Relecloud', 'Set-SendConnector')) {
        Set-SendConnector -Identity 'To Relecloud' @differing -Confirm:$false -ErrorAction Stop
        Write-Change -Text 'Send connector To Relecloud: set back'
    }
}

# topology.yaml:4
$at = 'topology.yaml:4'
$saved = Get-Saved -Backup $kept -Key 'Transport configuration'
$config = Get-TransportConfig -ErrorAction Stop
# DOC S13: entries of others, and those that were there before, stay on the list.
$listed = @(Get-Text -Value $config.TLSSendDomainSecureList)
$added = @(Get-MissingEntry -Property 'TLSSendDomainSecureList' -Entries @('relecloud.com') -List @(Get-Text -Value $saved['Values']['TLSSendDomainSecureList']))
$rest = @(Get-MissingEntry -Property 'TLSSendDomainSecureList' -Entries $listed -List $added)
if ($rest.Count -lt $listed.Count -and $PSCmdlet.ShouldProcess('TLSSendDomainSecureList', ('remove {0}' -f [string]::Join(', ', [string[]]$added)))) {
    if ($rest.Count -eq 0) { $rest = $null }
    Set-TransportConfig -TLSSendDomainSecureList $rest -Confirm:$false -ErrorAction Stop
    Write-Change -Text ('{0}: removed {1}' -f 'TLSSendDomainSecureList', [string]::Join(', ', [string[]]$added))
}
# DOC R20: entries of others, and those that were there before, stay on the list.
$listed = @(Get-Text -Value $config.TLSReceiveDomainSecureList)
$added = @(Get-MissingEntry -Property 'TLSReceiveDomainSecureList' -Entries @('relecloud.com') -List @(Get-Text -Value $saved['Values']['TLSReceiveDomainSecureList']))
$rest = @(Get-MissingEntry -Property 'TLSReceiveDomainSecureList' -Entries $listed -List $added)
if ($rest.Count -lt $listed.Count -and $PSCmdlet.ShouldProcess('TLSReceiveDomainSecureList', ('remove {0}' -f [string]::Join(', ', [string[]]$added)))) {
    if ($rest.Count -eq 0) { $rest = $null }
    Set-TransportConfig -TLSReceiveDomainSecureList $rest -Confirm:$false -ErrorAction Stop
    Write-Change -Text ('{0}: removed {1}' -f 'TLSReceiveDomainSecureList', [string]::Join(', ', [string[]]$added))
}

# topology.yaml:58; DOC R3-R10, R14-R15, R16, R19
$at = 'topology.yaml:58'
$saved = Get-Saved -Backup $kept -Key 'Receive connector EDGE01\From Relecloud'
$connector = Get-TheOne -Of 'EDGE01\From Relecloud' -Found @(Get-ReceiveConnector -ErrorAction Stop | Where-Object { [string]$_.Name -eq 'From Relecloud' })
if ($null -eq $connector -and $saved['Present']) {
    Write-Finding -Text 'Receive connector EDGE01\From Relecloud is gone, and apply does not remove any: make it by hand'
}
elseif ($null -ne $connector -and -not $saved['Present']) {
    # What apply made it with.
    $wanted = @{
        'AuthMechanism' = @('Tls')
        'Bindings' = @('192.0.2.91:25')
        'DomainSecureEnabled' = $true
        'Fqdn' = 'mail.wingtiptoys.com'
        'PermissionGroups' = @('AnonymousUsers', 'Partners')
        'RemoteIPRanges' = @('203.0.113.64/27')
        'RequireTLS' = $true
    }
    if (-not $RemoveChanged -and (Get-Difference -Of 'EDGE01\From Relecloud' -Actual $connector -Wanted $wanted).Count -gt 0) {
        Write-Finding -Text 'Receive connector EDGE01\From Relecloud was changed after apply made it, so it stays; -RemoveChanged removes it'
    }
    elseif ($PSCmdlet.ShouldProcess('EDGE01\From Relecloud', 'Remove-ReceiveConnector')) {
        Remove-ReceiveConnector -Identity 'EDGE01\From Relecloud' -Confirm:$false -ErrorAction Stop
        Write-Change -Text 'Receive connector EDGE01\From Relecloud: removed'
    }
}
elseif ($null -ne $connector) {
    $former = Get-Former -Values $saved['Values'] -Properties @('AuthMechanism', 'Bindings', 'DomainSecureEnabled', 'Fqdn', 'PermissionGroups', 'RemoteIPRanges', 'RequireTLS')
    $differing = Get-Difference -Of 'EDGE01\From Relecloud' -Actual $connector -Wanted $former
    if ($differing.Count -gt 0 -and $PSCmdlet.ShouldProcess('EDGE01\From Relecloud', 'Set-ReceiveConnector')) {
        Set-ReceiveConnector -Identity 'EDGE01\From Relecloud' @differing -Confirm:$false -ErrorAction Stop
        Write-Change -Text 'Receive connector EDGE01\From Relecloud: set back'
    }
}

# topology.yaml:7
$at = 'topology.yaml:7'
$saved = Get-Saved -Backup $kept -Key 'Accepted domain wingtiptoys.com'
$domain = Get-TheOne -Of 'wingtiptoys.com' -Found @(Get-AcceptedDomain -ErrorAction Stop | Where-Object { [string]$_.DomainName -eq 'wingtiptoys.com' })
if ($null -eq $domain -and $saved['Present']) {
    Write-Finding -Text 'Accepted domain wingtiptoys.com is gone, and apply does not remove any: make it by hand'
}
elseif ($null -ne $domain -and -not $saved['Present']) {
    if (-not $RemoveChanged -and [string]$domain.DomainType -ne 'Authoritative') {
        Write-Finding -Text 'Accepted domain wingtiptoys.com was changed after apply made it, so it stays; -RemoveChanged removes it'
    }
    elseif ($PSCmdlet.ShouldProcess('wingtiptoys.com', 'Remove-AcceptedDomain')) {
        Remove-AcceptedDomain -Identity ([string]$domain.Guid) -Confirm:$false -ErrorAction Stop
        Write-Change -Text 'Accepted domain wingtiptoys.com: removed'
    }
}
elseif ($null -ne $domain) {
    $type = [string]$saved['Values']['DomainType']
    if ([string]$domain.DomainType -ne $type -and $PSCmdlet.ShouldProcess('wingtiptoys.com', ('Set-AcceptedDomain -DomainType {0}' -f $type))) {
        Set-AcceptedDomain -Identity ([string]$domain.Guid) -DomainType $type -Confirm:$false -ErrorAction Stop
        Write-Change -Text 'Accepted domain wingtiptoys.com: set back'
    }
}

# topology.yaml:14; DOC R15
$at = 'topology.yaml:14'
$file = Get-CertificateFile -Name 'wingtip-mail.pem'
$certificate = Get-TheOne -Of 'wingtip-mail' -Found @(Get-ExchangeCertificate -ErrorAction Stop | Where-Object { [string]$_.Thumbprint -eq $file.Thumbprint })
$saved = Get-Saved -Backup $kept -Key 'Certificate wingtip-mail'
if ($null -ne $certificate) {
    $serving = @(Get-Text -Value (Get-Saved -Backup $kept -Key 'Services of all certificates')['Values']['Services'])
    foreach ($other in @(Get-ExchangeCertificate -ErrorAction Stop | Where-Object { [string]$_.Thumbprint -ne [string]$certificate.Thumbprint })) {
        $before = @($serving | Where-Object { $_.StartsWith([string]$other.Thumbprint) } | ForEach-Object { $_.Split(':')[1].Split(',') } | ForEach-Object { $_.Trim() })
        $lost = @(Get-Missing -Entries @(@('SMTP') | Where-Object { $before -contains $_ }) -List @(([string]$other.Services).Split(',') | ForEach-Object { $_.Trim() }))
        if ($lost.Count -gt 0 -and $PSCmdlet.ShouldProcess([string]$other.Thumbprint, ('Enable-ExchangeCertificate {0}' -f [string]::Join(', ', [string[]]$lost)))) {
            Enable-ExchangeCertificate -Thumbprint ([string]$other.Thumbprint) -Services $lost -Confirm:$false -ErrorAction Stop
            Write-Change -Text ('certificate {0}: enabled for {1} again' -f $other.Thumbprint, [string]::Join(', ', [string[]]$lost))
        }
    }
    $default = Get-DefaultThumbprint -Transport @(Get-TransportService -ErrorAction Stop)
    $former = [string](Get-Saved -Backup $kept -Key 'Default SMTP certificate')['Values']['Thumbprint']
    if ($former -ne '' -and $former -ne $default -and $default -eq [string]$certificate.Thumbprint) {
        if (@(Get-ExchangeCertificate -ErrorAction Stop | Where-Object { [string]$_.Thumbprint -eq $former }).Count -eq 0) { Write-Finding -Text ('{0} was the default SMTP certificate and is not installed any more' -f $former) }
        elseif ($PSCmdlet.ShouldProcess($former, 'Enable-ExchangeCertificate SMTP, as the default one')) {
            Enable-ExchangeCertificate -Thumbprint $former -Services 'SMTP' -Force -Confirm:$false -ErrorAction Stop
            Write-Change -Text ('certificate {0}: the default one for SMTP again' -f $former)
            $default = Get-DefaultThumbprint -Transport @(Get-TransportService -ErrorAction Stop)
        }
        elseif ($WhatIfPreference) { $default = $former }
    }
    if ($saved['Present']) {
        $more = @(Get-Missing -Entries @(([string]$certificate.Services).Split(',') | ForEach-Object { $_.Trim() }) -List @(([string]$saved['Values']['Services']).Split(',') | ForEach-Object { $_.Trim() }))
        if ($more.Count -gt 0) { Write-Host -Object ('stays: {0} is enabled for {1}, and Exchange takes no service off' -f 'Certificate wingtip-mail', [string]::Join(', ', [string[]]$more)) }
    }
    elseif (-not $RemoveCertificates) {
        Write-Host -Object 'stays: Certificate wingtip-mail; -RemoveCertificates removes it'
    }
    elseif ($default -eq [string]$certificate.Thumbprint) {
        Write-Finding -Text 'Certificate wingtip-mail is the default SMTP certificate, which Exchange does not remove: make another one the default first'
    }
    elseif ($PSCmdlet.ShouldProcess('wingtip-mail', 'Remove-ExchangeCertificate')) {
        Remove-ExchangeCertificate -Thumbprint ([string]$certificate.Thumbprint) -Confirm:$false -ErrorAction Stop
        Write-Change -Text 'Certificate wingtip-mail: removed'
    }
}

# topology.yaml:23; DOC R15
$at = 'topology.yaml:23'
$root = Get-CertificateFile -Name 'root-relecloud-root.pem'
$saved = Get-Saved -Backup $kept -Key 'Root relecloud-root'
if (-not $saved['Present'] -and (Test-TrustedRoot -Root $root)) {
    if (-not $RemoveCertificates) { Write-Host -Object 'stays: Root relecloud-root is trusted; -RemoveCertificates removes it' }
    elseif ($PSCmdlet.ShouldProcess('relecloud-root', 'trust this root no more on this computer')) {
        Remove-TrustedRoot -Root $root
        Write-Change -Text 'Root relecloud-root: trusted no more'
    }
}

Write-Host -Object ('{0} changed' -f $changes)
Write-Host -Object ('findings: {0}' -f $findings)
if ($findings -gt 0) { exit 1 }
exit 0
