#requires -Version 2.0
# EDGE01: makes what is missing and sets what differs; objects it does not name stay as they are.
# Written by mailtopo from topology.yaml; change that file and compile again.
# Run it in the Exchange Management Shell (Exchange SE) on EDGE01.
# It can be run again: what is as it shall be is not touched. -WhatIf shows what it would do.
[CmdletBinding(SupportsShouldProcess = $true)]
param(
    # Certificate wingtip-mail: PFX file, or the issuer's answer to 02-request.ps1; needed where it is not installed yet.
    [string]$WingtipMailFile,
    # Password of the PFX file, such as (Read-Host -AsSecureString); an answer has none.
    [System.Security.SecureString]$WingtipMailPassword,
    # Makes a newly enabled certificate the default one for SMTP without asking; EdgeSync trusts the default one.
    [switch]$ReplaceDefaultSmtpCertificate,
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

# Puts a root among those that this computer trusts.
function Add-TrustedRoot {
    param($Root)
    $store = New-Object -TypeName System.Security.Cryptography.X509Certificates.X509Store -ArgumentList 'Root', 'LocalMachine'
    $store.Open('ReadWrite')
    try { $store.Add($Root) }
    finally { $store.Close() }
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
if (-not $WithoutBackup -and -not $WhatIfPreference) {
    $usable = $null
    foreach ($path in @(Get-BackupFile -Folder $folder -Pattern 'EDGE01.*.xml')) {
        if ((Read-Backup -Path $path -Place 'EDGE01')['Scripts'] -eq 'ff4376cec0d7b8d3') { $usable = $path }
    }
    if ($null -eq $usable) {
        Write-Host -Object ('refused: {0} has no backup for these scripts: run 05-backup.ps1 first; -WithoutBackup goes ahead without a way back' -f $folder)
        exit 3
    }
    Write-Host -Object ('backup: {0}' -f $usable)
}

# topology.yaml:23; DOC R15
$at = 'topology.yaml:23'
$root = Get-CertificateFile -Name 'root-relecloud-root.pem'
if (-not (Test-TrustedRoot -Root $root) -and $PSCmdlet.ShouldProcess('relecloud-root', 'trust this root on this computer')) {
    Add-TrustedRoot -Root $root
    Write-Change -Text 'root relecloud-root: trusted'
}

# topology.yaml:14; DOC R15
$at = 'topology.yaml:14'
$file = Get-CertificateFile -Name 'wingtip-mail.pem'
$certificate = Get-TheOne -Of 'wingtip-mail' -Found @(Get-ExchangeCertificate -ErrorAction Stop | Where-Object { [string]$_.Thumbprint -eq $file.Thumbprint })
if ($null -eq $certificate -and $PSCmdlet.ShouldProcess('wingtip-mail', 'Import-ExchangeCertificate')) {
    if ([string]::IsNullOrEmpty($WingtipMailFile)) { throw 'certificate wingtip-mail is not installed: give -WingtipMailFile with a PFX file and -WingtipMailPassword, or with the issuer''s answer to 02-request.ps1' }
    # A PFX file has a password; the answer to a request has none, and its key is here.
    $password = @{}
    if ($null -ne $WingtipMailPassword) { $password['Password'] = $WingtipMailPassword }
    $null = Import-ExchangeCertificate -FileData ([System.IO.File]::ReadAllBytes($PSCmdlet.GetUnresolvedProviderPathFromPSPath($WingtipMailFile))) @password -Confirm:$false -ErrorAction Stop
    Write-Change -Text 'certificate wingtip-mail: imported'
    $certificate = Get-TheOne -Of 'wingtip-mail' -Found @(Get-ExchangeCertificate -ErrorAction Stop | Where-Object { [string]$_.Thumbprint -eq $file.Thumbprint })
    if ($null -eq $certificate) { throw 'certificate wingtip-mail: what was imported is another certificate, or its key is not here' }
}
if ($null -ne $certificate) {
    $missing = @(Get-Missing -Entries @('SMTP') -List @(([string]$certificate.Services).Split(',') | ForEach-Object { $_.Trim() }))
    if ($missing.Count -gt 0 -and $PSCmdlet.ShouldProcess('wingtip-mail', ('Enable-ExchangeCertificate {0}' -f [string]::Join(', ', [string[]]$missing)))) {
        Enable-ExchangeCertificate -Thumbprint ([string]$certificate.Thumbprint) -Services $missing -Force:$ReplaceDefaultSmtpCertificate -Confirm:$false -ErrorAction Stop
        Write-Change -Text 'certificate wingtip-mail: enabled'
    }
}

# topology.yaml:7
$at = 'topology.yaml:7'
$domain = Get-TheOne -Of 'wingtiptoys.com' -Found @(Get-AcceptedDomain -ErrorAction Stop | Where-Object { [string]$_.DomainName -eq 'wingtiptoys.com' })
if ($null -eq $domain) {
    if ($PSCmdlet.ShouldProcess('wingtiptoys.com', 'New-AcceptedDomain')) {
        $null = New-AcceptedDomain -Name 'wingtiptoys.com' -DomainName 'wingtiptoys.com' -DomainType 'Authoritative' -Confirm:$false -ErrorAction Stop
        Write-Change -Text 'accepted domain wingtiptoys.com: made'
    }
}
elseif ([string]$domain.DomainType -ne 'Authoritative' -and $PSCmdlet.ShouldProcess('wingtiptoys.com', 'Set-AcceptedDomain -DomainType Authoritative')) {
    Set-AcceptedDomain -Identity ([string]$domain.Guid) -DomainType 'Authoritative' -Confirm:$false -ErrorAction Stop
    Write-Change -Text 'accepted domain wingtiptoys.com: set'
}

# topology.yaml:58; DOC R3-R10, R14-R15, R16, R19
$at = 'topology.yaml:58'
$wanted = @{
    'AuthMechanism' = @('Tls')
    'Bindings' = @('192.0.2.91:25')
    'DomainSecureEnabled' = $true
    'Fqdn' = 'mail.wingtiptoys.com'
    'PermissionGroups' = @('AnonymousUsers', 'Partners')
    'RemoteIPRanges' = @('203.0.113.64/27')
    'RequireTLS' = $true
}
$connector = Get-TheOne -Of 'EDGE01\From Relecloud' -Found @(Get-ReceiveConnector -ErrorAction Stop | Where-Object { [string]$_.Name -eq 'From Relecloud' })
if ($null -eq $connector -and $PSCmdlet.ShouldProcess('EDGE01\From Relecloud', 'New-ReceiveConnector')) {
    $null = New-ReceiveConnector -Name 'From Relecloud' -Usage 'Partner' @wanted -Confirm:$false -ErrorAction Stop
    Write-Change -Text 'EDGE01\From Relecloud: made'
    $connector = Get-TheOne -Of 'EDGE01\From Relecloud' -Found @(Get-ReceiveConnector -ErrorAction Stop | Where-Object { [string]$_.Name -eq 'From Relecloud' })
}
if ($null -ne $connector) {
    $differing = Get-Difference -Of 'EDGE01\From Relecloud' -Actual $connector -Wanted $wanted
    if ($differing.Count -gt 0 -and $PSCmdlet.ShouldProcess('EDGE01\From Relecloud', 'Set-ReceiveConnector')) {
        Set-ReceiveConnector -Identity 'EDGE01\From Relecloud' @differing -Confirm:$false -ErrorAction Stop
        Write-Change -Text 'EDGE01\From Relecloud: set'
    }
}

# topology.yaml:4
$at = 'topology.yaml:4'
$config = Get-TransportConfig -ErrorAction Stop
# DOC S13: entries of others stay on the list.
$listed = @(Get-Text -Value $config.TLSSendDomainSecureList)
$missing = @(Get-MissingEntry -Property 'TLSSendDomainSecureList' -Entries @('relecloud.com') -List $listed)
if ($missing.Count -gt 0 -and $PSCmdlet.ShouldProcess('TLSSendDomainSecureList', ('add {0}' -f [string]::Join(', ', [string[]]$missing)))) {
    Set-TransportConfig -TLSSendDomainSecureList @($listed + $missing) -Confirm:$false -ErrorAction Stop
    Write-Change -Text ('{0}: added {1}' -f 'TLSSendDomainSecureList', [string]::Join(', ', [string[]]$missing))
}
# DOC R20: entries of others stay on the list.
$listed = @(Get-Text -Value $config.TLSReceiveDomainSecureList)
$missing = @(Get-MissingEntry -Property 'TLSReceiveDomainSecureList' -Entries @('relecloud.com') -List $listed)
if ($missing.Count -gt 0 -and $PSCmdlet.ShouldProcess('TLSReceiveDomainSecureList', ('add {0}' -f [string]::Join(', ', [string[]]$missing)))) {
    Set-TransportConfig -TLSReceiveDomainSecureList @($listed + $missing) -Confirm:$false -ErrorAction Stop
    Write-Change -Text ('{0}: added {1}' -f 'TLSReceiveDomainSecureList', [string]::Join(', ', [string[]]$missing))
}

# topology.yaml:34; DOC S3-S7, S8, S10, S13
$at = 'topology.yaml:34'
$wanted = @{
    'AddressSpaces' = @('SMTP:relecloud.com;1')
    'DomainSecureEnabled' = $true
    'Fqdn' = 'mail.wingtiptoys.com'
}
$connector = Get-TheOne -Of 'To Relecloud' -Found @(Get-SendConnector -ErrorAction Stop | Where-Object { [string]$_.Name -eq 'To Relecloud' })
if ($null -eq $connector -and $PSCmdlet.ShouldProcess('To Relecloud', 'New-SendConnector')) {
    $null = New-SendConnector -Name 'To Relecloud' -Usage 'Partner' @wanted -Confirm:$false -ErrorAction Stop
    Write-Change -Text 'To Relecloud: made'
    $connector = Get-TheOne -Of 'To Relecloud' -Found @(Get-SendConnector -ErrorAction Stop | Where-Object { [string]$_.Name -eq 'To Relecloud' })
}
if ($null -ne $connector) {
    $differing = Get-Difference -Of 'To Relecloud' -Actual $connector -Wanted $wanted
    if ($differing.Count -gt 0 -and $PSCmdlet.ShouldProcess('To Relecloud', 'Set-SendConnector')) {
        Set-SendConnector -Identity 'To Relecloud' @differing -Confirm:$false -ErrorAction Stop
        Write-Change -Text 'To Relecloud: set'
    }
}

# topology.yaml:40; DOC S3-S7, S8-S9, S10
$at = 'topology.yaml:40'
$wanted = @{
    'AddressSpaces' = @('SMTP:--;1')
    'DNSRoutingEnabled' = $false
    'SmartHosts' = @('10.9.0.21')
}
$connector = Get-TheOne -Of 'Inward' -Found @(Get-SendConnector -ErrorAction Stop | Where-Object { [string]$_.Name -eq 'Inward' })
if ($null -eq $connector -and $PSCmdlet.ShouldProcess('Inward', 'New-SendConnector')) {
    $null = New-SendConnector -Name 'Inward' -Usage 'Internal' @wanted -Confirm:$false -ErrorAction Stop
    Write-Change -Text 'Inward: made'
    $connector = Get-TheOne -Of 'Inward' -Found @(Get-SendConnector -ErrorAction Stop | Where-Object { [string]$_.Name -eq 'Inward' })
}
if ($null -ne $connector) {
    $differing = Get-Difference -Of 'Inward' -Actual $connector -Wanted $wanted
    # Exchange checks these against each other, so they are set together.
    $together = @('DNSRoutingEnabled', 'SmartHosts')
    if (@($together | Where-Object { $differing.ContainsKey($_) }).Count -gt 0) {
        foreach ($property in $together) { $differing[$property] = $wanted[$property] }
    }
    if ($differing.Count -gt 0 -and $PSCmdlet.ShouldProcess('Inward', 'Set-SendConnector')) {
        Set-SendConnector -Identity 'Inward' @differing -Confirm:$false -ErrorAction Stop
        Write-Change -Text 'Inward: set'
    }
}

# topology.yaml:45; DOC S3-S7, S8, S10
$at = 'topology.yaml:45'
$wanted = @{
    'AddressSpaces' = @('SMTP:*;1')
    'Fqdn' = 'mail.wingtiptoys.com'
    'MaxMessageSize' = '35MB'
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
