#requires -Version 2.0
# HT01: makes what is missing and sets what differs; objects it does not name stay as they are.
# Written by mailtopo from topology.yaml; change that file and compile again.
# Run it in the Exchange Management Shell (Exchange 2010) on HT01, or on another server inside the organization.
# It can be run again: what is as it shall be is not touched. -WhatIf shows what it would do.
[CmdletBinding(SupportsShouldProcess = $true)]
param(
    # Certificate tailspin-mail: PFX file, or the issuer's answer to 02-request.ps1; needed where it is not installed yet.
    [string]$TailspinMailFile,
    # Password of the PFX file, such as (Read-Host -AsSecureString); an answer has none.
    [System.Security.SecureString]$TailspinMailPassword,
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

# Gives a well-known account the name that it has on this Windows; it is another one where the language is.
function Get-AccountName {
    param([string]$Sid, [string]$Otherwise)
    try { return (New-Object -TypeName System.Security.Principal.SecurityIdentifier -ArgumentList $Sid).Translate([System.Security.Principal.NTAccount]).Value }
    catch { return $Otherwise }
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

# Gives a connector that has to listen elsewhere before another one can take its place, once nothing is in its own way.
function Get-NextMove {
    param([object[]]$Moves, [object[]]$Connectors)
    foreach ($move in $Moves) {
        $connector = Get-TheOne -Of $move['Identity'] -Found @($Connectors | Where-Object { [string]$_.Name -eq $move['Name'] })
        if ($null -eq $connector) { continue }
        $differing = @($move['Listening'].Keys | Where-Object { (Get-ComparableText -Property $_ -Value $connector.$_) -cne (Get-ComparableText -Property $_ -Value $move['Listening'][$_]) })
        if ($differing.Count -eq 0) { continue }
        $waiting = @($Moves | Where-Object { $_['Name'] -ne $move['Name'] } | ForEach-Object { Get-Clash -Listening $_['Listening'] -Other $connector })
        $inItsWay = @($Connectors | Where-Object { [string]$_.Name -ne $move['Name'] } | ForEach-Object { Get-Clash -Listening $move['Listening'] -Other $_ })
        if ($waiting.Count -gt 0 -and $inItsWay.Count -eq 0) { return $move }
    }
}

# Says why Exchange would refuse bindings and remote addresses beside another connector: on a common binding the remote
# addresses may neither be the same ones nor cross, and no port may be shared with another transport role.
function Get-Clash {
    param([hashtable]$Listening, $Other)
    $bindings = @(Get-Text -Value $Other.Bindings)
    if ($Listening.ContainsKey('TransportRole') -and @($Listening['Bindings'] | Where-Object { Test-CommonPort -Binding $_ -Bindings $bindings }).Count -gt 0) {
        $role = [string]$Listening['TransportRole']
        if ($role -eq '' -and [string]$Other.TransportRole -eq 'FrontendTransport') { '{0} of FrontendTransport has a common port, and the topology has no transportRole: write transportRole: FrontendTransport' -f $Other.Name }
        if ($role -ne '' -and [string]$Other.TransportRole -ne $role) { '{0} has a common port and another transport role' -f $Other.Name }
    }
    if (@($bindings | Where-Object { $Listening['Bindings'] -contains $_ }).Count -eq 0) { return }
    $ours = @(Get-Text -Value $Listening['RemoteIPRanges'] | ForEach-Object { ConvertTo-AddressRange -Text $_ } | Sort-Object -Unique)
    $theirs = @(Get-Text -Value $Other.RemoteIPRanges | ForEach-Object { ConvertTo-AddressRange -Text $_ } | Sort-Object -Unique)
    if ([string]::Join(' ', [string[]]$ours) -eq [string]::Join(' ', [string[]]$theirs)) { '{0} has a common binding and the same remote addresses' -f $Other.Name }
    foreach ($one in $ours) { foreach ($another in $theirs) { if (Test-Crossing -One $one -Other $another) { '{0} shares only part of {1} with {2}' -f $one, $another, $Other.Name } } }
}

# Says whether a binding has address and port in common with others; 0.0.0.0 and [::] are all addresses of their family.
function Test-CommonPort {
    param([string]$Binding, [string[]]$Bindings)
    foreach ($other in $Bindings) {
        if ($Binding.Split(':')[-1] -ne $other.Split(':')[-1]) { continue }
        $addresses = @($Binding, $other | ForEach-Object { $_ -replace ':\d+$', '' })
        if ($addresses[0] -eq $addresses[1]) { return $true }
        $isOneFamily = $addresses[0].StartsWith('[') -eq $addresses[1].StartsWith('[')
        if ($isOneFamily -and @($addresses | Where-Object { @('0.0.0.0', '[::]') -contains $_ }).Count -gt 0) { return $true }
    }
    return $false
}

# Says whether two ranges share addresses and neither holds the other.
function Test-Crossing {
    param([string]$One, [string]$Other)
    $ends = @(@($One.Split('-')) + @($Other.Split('-')) | ForEach-Object { [BitConverter]::ToString([System.Net.IPAddress]::Parse($_).GetAddressBytes()) })
    if ($ends[0].Length -ne $ends[2].Length) { return $false }
    $first = [string]::CompareOrdinal($ends[0], $ends[2])
    $last = [string]::CompareOrdinal($ends[1], $ends[3])
    $shares = [string]::CompareOrdinal($ends[0], $ends[3]) -le 0 -and [string]::CompareOrdinal($ends[2], $ends[1]) -le 0
    return ($shares -and (($first -lt 0 -and $last -lt 0) -or ($first -gt 0 -and $last -gt 0)))
}

# Says whether a certificate is in date, has its private key and carries every one of the names; a request is none yet.
function Test-CertificateDomain {
    param($Certificate, [string[]]$Domains)
    $now = Get-Date
    if ($null -ne $Certificate.PSObject.Properties['Status'] -and [string]$Certificate.Status -eq 'PendingRequest') { return $false }
    if ([string]$Certificate.HasPrivateKey -ne 'True' -or [datetime]$Certificate.NotBefore -gt $now -or [datetime]$Certificate.NotAfter -lt $now) { return $false }
    return (@(Get-Missing -Entries $Domains -List @(Get-Text -Value $Certificate.CertificateDomains)).Count -eq 0)
}

# Properties by the way in which Exchange prints them.
$exactProperties = @()
$rangeProperties = @('RemoteIPRanges')
$serverProperties = @()
$flagProperties = @('PermissionGroups', 'AuthMechanism')
$sizeProperties = @('MaxMessageSize')
$durationProperties = @('ConnectionInactivityTimeout', 'ConnectionTimeout')
$folder = Join-Path -Path $here -ChildPath 'backup'
if (-not [string]::IsNullOrEmpty($BackupFolder)) { $folder = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($BackupFolder) }
if (-not $WithoutBackup -and -not $WhatIfPreference) {
    $usable = $null
    foreach ($path in @(Get-BackupFile -Folder $folder -Pattern 'HT01.*.xml')) {
        if ((Read-Backup -Path $path -Place 'HT01')['Scripts'] -eq '7cd9e7dd1881cfe2') { $usable = $path }
    }
    if ($null -eq $usable) {
        Write-Host -Object ('refused: {0} has no backup for these scripts: run 05-backup.ps1 first; -WithoutBackup goes ahead without a way back' -f $folder)
        exit 3
    }
    Write-Host -Object ('backup: {0}' -f $usable)
}

# topology.yaml:15; DOC R15
$at = 'topology.yaml:15'
$certificate = Get-ExchangeCertificate -Server 'HT01' -ErrorAction Stop | Where-Object { Test-CertificateDomain -Certificate $_ -Domains @('mail.tailspintoys.com', 'ht01.tailspintoys.com', 'ht02.tailspintoys.com') } | Sort-Object -Property NotAfter -Descending | Select-Object -First 1
if ($null -eq $certificate -and $PSCmdlet.ShouldProcess('tailspin-mail', 'Import-ExchangeCertificate')) {
    if ([string]::IsNullOrEmpty($TailspinMailFile)) { throw 'certificate tailspin-mail is not installed: give -TailspinMailFile with a PFX file and -TailspinMailPassword, or with the issuer''s answer to 02-request.ps1' }
    # A PFX file has a password; the answer to a request has none, and its key is here.
    $password = @{}
    if ($null -ne $TailspinMailPassword) { $password['Password'] = $TailspinMailPassword }
    $null = Import-ExchangeCertificate -Server 'HT01' -FileData ([System.IO.File]::ReadAllBytes($PSCmdlet.GetUnresolvedProviderPathFromPSPath($TailspinMailFile))) @password -Confirm:$false -ErrorAction Stop
    Write-Change -Text 'certificate tailspin-mail: imported'
    $certificate = Get-ExchangeCertificate -Server 'HT01' -ErrorAction Stop | Where-Object { Test-CertificateDomain -Certificate $_ -Domains @('mail.tailspintoys.com', 'ht01.tailspintoys.com', 'ht02.tailspintoys.com') } | Sort-Object -Property NotAfter -Descending | Select-Object -First 1
    if ($null -eq $certificate) { throw 'certificate tailspin-mail: what was imported is another certificate, or its key is not here' }
}
if ($null -ne $certificate) {
    $missing = @(Get-Missing -Entries @('SMTP') -List @(([string]$certificate.Services).Split(',') | ForEach-Object { $_.Trim() }))
    if ($missing.Count -gt 0 -and $PSCmdlet.ShouldProcess('tailspin-mail', ('Enable-ExchangeCertificate {0}' -f [string]::Join(', ', [string[]]$missing)))) {
        Enable-ExchangeCertificate -Server 'HT01' -Thumbprint ([string]$certificate.Thumbprint) -Services $missing -Force:$ReplaceDefaultSmtpCertificate -Confirm:$false -ErrorAction Stop
        Write-Change -Text 'certificate tailspin-mail: enabled'
    }
}

# topology.yaml:45; DOC R7-R10
$at = 'topology.yaml:45'
# Exchange refuses a Receive connector that shares a binding with another one and has its remote addresses, or part of
# a range of them. One that is there makes room first, where another one waits for what it has.
$moves = @(
    @{
        'At' = 'topology.yaml:45'
        'Name' = 'Printers'
        'Identity' = 'HT01\Printers'
        'Listening' = @{
            'Bindings' = @('10.20.0.11:25')
            'RemoteIPRanges' = @('10.20.30.0/24', '10.20.31.0/26')
        }
    },
    @{
        'At' = 'topology.yaml:53'
        'Name' = 'Default HT01'
        'Identity' = 'HT01\Default HT01'
        'Listening' = @{
            'Bindings' = @('0.0.0.0:25')
            'RemoteIPRanges' = @('0.0.0.0-255.255.255.255')
        }
    }
)
foreach ($turn in $moves) {
    $next = Get-NextMove -Moves $moves -Connectors @(Get-ReceiveConnector -Server 'HT01' -ErrorAction Stop)
    if ($null -eq $next) { break }
    $at = $next['At']
    $listening = $next['Listening']
    if (-not $PSCmdlet.ShouldProcess($next['Identity'], 'Set-ReceiveConnector')) { break }
    Set-ReceiveConnector -Identity $next['Identity'] @listening -Confirm:$false -ErrorAction Stop
    Write-Change -Text ('{0}: bindings and remote addresses set first, to make room' -f $next['Identity'])
}

# topology.yaml:45; DOC R3-R10, R16
$at = 'topology.yaml:45'
$wanted = @{
    'Bindings' = @('10.20.0.11:25')
    'ConnectionInactivityTimeout' = '00:02:00'
    'ConnectionTimeout' = '00:05:00'
    'MessageRateLimit' = 600
    'PermissionGroups' = @('AnonymousUsers')
    'RemoteIPRanges' = @('10.20.30.0/24', '10.20.31.0/26')
}
$connector = Get-TheOne -Of 'HT01\Printers' -Found @(Get-ReceiveConnector -Server 'HT01' -ErrorAction Stop | Where-Object { [string]$_.Name -eq 'Printers' })
if ($null -eq $connector -and $PSCmdlet.ShouldProcess('HT01\Printers', 'New-ReceiveConnector')) {
    $null = New-ReceiveConnector -Name 'Printers' -Server 'HT01' -Usage 'Custom' @wanted -Confirm:$false -ErrorAction Stop
    Write-Change -Text 'HT01\Printers: made'
    $connector = Get-TheOne -Of 'HT01\Printers' -Found @(Get-ReceiveConnector -Server 'HT01' -ErrorAction Stop | Where-Object { [string]$_.Name -eq 'Printers' })
}
if ($null -ne $connector) {
    $differing = Get-Difference -Of 'HT01\Printers' -Actual $connector -Wanted $wanted
    if ($differing.Count -gt 0 -and $PSCmdlet.ShouldProcess('HT01\Printers', 'Set-ReceiveConnector')) {
        Set-ReceiveConnector -Identity 'HT01\Printers' @differing -Confirm:$false -ErrorAction Stop
        Write-Change -Text 'HT01\Printers: set'
    }
    # topology.yaml:49
    $at = 'topology.yaml:49'
    $account = Get-AccountName -Sid 'S-1-5-7' -Otherwise 'NT AUTHORITY\ANONYMOUS LOGON'
    $permissions = @(Get-ADPermission -Identity $connector.DistinguishedName -ErrorAction Stop)
    $granted = @($permissions | Where-Object { [string]$_.Deny -ne 'True' -and [string]$_.User -eq $account } | ForEach-Object { Get-Text -Value $_.ExtendedRights })
    foreach ($right in @(Get-Missing -Entries @('ms-Exch-SMTP-Accept-Any-Recipient') -List $granted)) {
        if ($PSCmdlet.ShouldProcess(('{0}, {1}' -f $connector.Identity, $account), ('Add-ADPermission {0}' -f $right))) {
            $null = Add-ADPermission -Identity $connector.DistinguishedName -User $account -ExtendedRights $right -Confirm:$false -ErrorAction Stop
            Write-Change -Text ('{0}: {1} granted to {2}' -f $connector.Identity, $right, $account)
        }
    }
}

# topology.yaml:53; DOC R3-R10, R16
$at = 'topology.yaml:53'
$wanted = @{
    'AuthMechanism' = @('Tls', 'Integrated', 'BasicAuth', 'BasicAuthRequireTLS', 'ExchangeServer')
    'Bindings' = @('0.0.0.0:25')
    'MaxMessageSize' = '10MB'
    'PermissionGroups' = @('AnonymousUsers', 'ExchangeUsers', 'ExchangeServers', 'ExchangeLegacyServers')
    'RemoteIPRanges' = @('0.0.0.0-255.255.255.255')
}
$connector = Get-TheOne -Of 'HT01\Default HT01' -Found @(Get-ReceiveConnector -Server 'HT01' -ErrorAction Stop | Where-Object { [string]$_.Name -eq 'Default HT01' })
if ($null -eq $connector -and $PSCmdlet.ShouldProcess('HT01\Default HT01', 'New-ReceiveConnector')) {
    $null = New-ReceiveConnector -Name 'Default HT01' -Server 'HT01' -Usage 'Custom' @wanted -Confirm:$false -ErrorAction Stop
    Write-Change -Text 'HT01\Default HT01: made'
    $connector = Get-TheOne -Of 'HT01\Default HT01' -Found @(Get-ReceiveConnector -Server 'HT01' -ErrorAction Stop | Where-Object { [string]$_.Name -eq 'Default HT01' })
}
if ($null -ne $connector) {
    $differing = Get-Difference -Of 'HT01\Default HT01' -Actual $connector -Wanted $wanted
    if ($differing.Count -gt 0 -and $PSCmdlet.ShouldProcess('HT01\Default HT01', 'Set-ReceiveConnector')) {
        Set-ReceiveConnector -Identity 'HT01\Default HT01' @differing -Confirm:$false -ErrorAction Stop
        Write-Change -Text 'HT01\Default HT01: set'
    }
}

Write-Host -Object ('{0} changed' -f $changes)
exit 0
