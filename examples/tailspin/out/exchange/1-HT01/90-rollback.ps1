#requires -Version 2.0
# HT01: goes back to what 05-backup.ps1 saved, as far as 10-apply.ps1 has changed it.
# Written by mailtopo from topology.yaml; change that file and compile again.
# Run it in the Exchange Management Shell (Exchange 2010) on HT01, or on another server inside the organization.
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

# Gives the thumbprint of the certificate that a server shows to the others; nothing where the shell does not tell.
function Get-DefaultThumbprint {
    param([object[]]$Transport)
    foreach ($one in $Transport) { if ($null -ne $one.PSObject.Properties['InternalTransportCertificateThumbprint']) { return [string]$one.InternalTransportCertificateThumbprint } }
    return ''
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
$found = @(Get-BackupFile -Folder $folder -Pattern 'HT01.*.xml')
if (-not [string]::IsNullOrEmpty($Backup)) { $found = @($PSCmdlet.GetUnresolvedProviderPathFromPSPath($Backup)) }
if ($found.Count -ne 1) {
    Write-Host -Object ('refused: {0} has {1} backups; say which one with -Backup' -f $folder, $found.Count)
    foreach ($path in $found) { Write-Host -Object ('  {0}' -f $path) }
    exit 3
}
$kept = Read-Backup -Path $found[0] -Place 'HT01'
Write-Host -Object ('backup: {0}, taken {1}' -f $found[0], $kept['Taken'])

# topology.yaml:53; DOC R3-R10, R16
$at = 'topology.yaml:53'
$saved = Get-Saved -Backup $kept -Key 'Receive connector HT01\Default HT01'
$connector = Get-TheOne -Of 'HT01\Default HT01' -Found @(Get-ReceiveConnector -Server 'HT01' -ErrorAction Stop | Where-Object { [string]$_.Name -eq 'Default HT01' })
if ($null -ne $connector -and -not $saved['Present']) {
    # What apply made it with.
    $wanted = @{
        'AuthMechanism' = @('Tls', 'Integrated', 'BasicAuth', 'BasicAuthRequireTLS', 'ExchangeServer')
        'Bindings' = @('0.0.0.0:25')
        'MaxMessageSize' = '10MB'
        'PermissionGroups' = @('AnonymousUsers', 'ExchangeUsers', 'ExchangeServers', 'ExchangeLegacyServers')
        'RemoteIPRanges' = @('0.0.0.0-255.255.255.255')
    }
    if (-not $RemoveChanged -and (Get-Difference -Of 'HT01\Default HT01' -Actual $connector -Wanted $wanted).Count -gt 0) {
        Write-Finding -Text 'Receive connector HT01\Default HT01 was changed after apply made it, so it stays; -RemoveChanged removes it'
    }
    elseif ($PSCmdlet.ShouldProcess('HT01\Default HT01', 'Remove-ReceiveConnector')) {
        Remove-ReceiveConnector -Identity 'HT01\Default HT01' -Confirm:$false -ErrorAction Stop
        Write-Change -Text 'Receive connector HT01\Default HT01: removed'
    }
}

# topology.yaml:45; DOC R3-R10, R16
$at = 'topology.yaml:45'
$saved = Get-Saved -Backup $kept -Key 'Receive connector HT01\Printers'
$connector = Get-TheOne -Of 'HT01\Printers' -Found @(Get-ReceiveConnector -Server 'HT01' -ErrorAction Stop | Where-Object { [string]$_.Name -eq 'Printers' })
if ($null -ne $connector -and -not $saved['Present']) {
    # What apply made it with.
    $wanted = @{
        'Bindings' = @('10.20.0.11:25')
        'ConnectionInactivityTimeout' = '00:02:00'
        'ConnectionTimeout' = '00:05:00'
        'MessageRateLimit' = 600
        'PermissionGroups' = @('AnonymousUsers')
        'RemoteIPRanges' = @('10.20.30.0/24', '10.20.31.0/26')
    }
    if (-not $RemoveChanged -and (Get-Difference -Of 'HT01\Printers' -Actual $connector -Wanted $wanted).Count -gt 0) {
        Write-Finding -Text 'Receive connector HT01\Printers was changed after apply made it, so it stays; -RemoveChanged removes it'
    }
    elseif ($PSCmdlet.ShouldProcess('HT01\Printers', 'Remove-ReceiveConnector')) {
        Remove-ReceiveConnector -Identity 'HT01\Printers' -Confirm:$false -ErrorAction Stop
        Write-Change -Text 'Receive connector HT01\Printers: removed'
    }
}

# topology.yaml:53; DOC R7-R10
$at = 'topology.yaml:53'
# Exchange refuses a Receive connector that shares a binding with another one and has its remote addresses, or part of
# a range of them. One goes back to its own first, where another one waits for what it has.
$moves = @()
$saved = Get-Saved -Backup $kept -Key 'Receive connector HT01\Default HT01'
if ($saved['Present']) { $moves += @{ 'At' = 'topology.yaml:53'; 'Name' = 'Default HT01'; 'Identity' = 'HT01\Default HT01'; 'Listening' = (Get-Former -Values $saved['Values'] -Properties @('Bindings', 'RemoteIPRanges')) } }
$saved = Get-Saved -Backup $kept -Key 'Receive connector HT01\Printers'
if ($saved['Present']) { $moves += @{ 'At' = 'topology.yaml:45'; 'Name' = 'Printers'; 'Identity' = 'HT01\Printers'; 'Listening' = (Get-Former -Values $saved['Values'] -Properties @('Bindings', 'RemoteIPRanges')) } }
foreach ($turn in $moves) {
    $next = Get-NextMove -Moves $moves -Connectors @(Get-ReceiveConnector -Server 'HT01' -ErrorAction Stop)
    if ($null -eq $next) { break }
    $at = $next['At']
    $listening = $next['Listening']
    if (-not $PSCmdlet.ShouldProcess($next['Identity'], 'Set-ReceiveConnector')) { break }
    Set-ReceiveConnector -Identity $next['Identity'] @listening -Confirm:$false -ErrorAction Stop
    Write-Change -Text ('{0}: bindings and remote addresses set first, to make room' -f $next['Identity'])
}

# topology.yaml:53; DOC R3-R10, R16
$at = 'topology.yaml:53'
$saved = Get-Saved -Backup $kept -Key 'Receive connector HT01\Default HT01'
$connector = Get-TheOne -Of 'HT01\Default HT01' -Found @(Get-ReceiveConnector -Server 'HT01' -ErrorAction Stop | Where-Object { [string]$_.Name -eq 'Default HT01' })
if ($null -eq $connector -and $saved['Present']) {
    Write-Finding -Text 'Receive connector HT01\Default HT01 is gone, and apply does not remove any: make it by hand'
}
elseif ($null -ne $connector -and $saved['Present']) {
    $former = Get-Former -Values $saved['Values'] -Properties @('AuthMechanism', 'Bindings', 'MaxMessageSize', 'PermissionGroups', 'RemoteIPRanges')
    $differing = Get-Difference -Of 'HT01\Default HT01' -Actual $connector -Wanted $former
    if ($differing.Count -gt 0 -and $PSCmdlet.ShouldProcess('HT01\Default HT01', 'Set-ReceiveConnector')) {
        Set-ReceiveConnector -Identity 'HT01\Default HT01' @differing -Confirm:$false -ErrorAction Stop
        Write-Change -Text 'Receive connector HT01\Default HT01: set back'
    }
}

# topology.yaml:45; DOC R3-R10, R16
$at = 'topology.yaml:45'
$saved = Get-Saved -Backup $kept -Key 'Receive connector HT01\Printers'
$connector = Get-TheOne -Of 'HT01\Printers' -Found @(Get-ReceiveConnector -Server 'HT01' -ErrorAction Stop | Where-Object { [string]$_.Name -eq 'Printers' })
if ($null -eq $connector -and $saved['Present']) {
    Write-Finding -Text 'Receive connector HT01\Printers is gone, and apply does not remove any: make it by hand'
}
elseif ($null -ne $connector -and $saved['Present']) {
    $former = Get-Former -Values $saved['Values'] -Properties @('Bindings', 'ConnectionInactivityTimeout', 'ConnectionTimeout', 'MessageRateLimit', 'PermissionGroups', 'RemoteIPRanges')
    $differing = Get-Difference -Of 'HT01\Printers' -Actual $connector -Wanted $former
    if ($differing.Count -gt 0 -and $PSCmdlet.ShouldProcess('HT01\Printers', 'Set-ReceiveConnector')) {
        Set-ReceiveConnector -Identity 'HT01\Printers' @differing -Confirm:$false -ErrorAction Stop
        Write-Change -Text 'Receive connector HT01\Printers: set back'
    }
    # topology.yaml:49
    $at = 'topology.yaml:49'
    $account = Get-AccountName -Sid 'S-1-5-7' -Otherwise 'NT AUTHORITY\ANONYMOUS LOGON'
    $permissions = @(Get-ADPermission -Identity $connector.DistinguishedName -ErrorAction Stop)
    $granted = @($permissions | Where-Object { [string]$_.Deny -ne 'True' -and [string]$_.User -eq $account } | ForEach-Object { Get-Text -Value $_.ExtendedRights })
    $former = @(Get-Text -Value (Get-Saved -Backup $kept -Key 'Rights on HT01\Printers of NT AUTHORITY\ANONYMOUS LOGON')['Values']['ExtendedRights'])
    foreach ($right in @(Get-Missing -Entries @('ms-Exch-SMTP-Accept-Any-Recipient') -List $former)) {
        if ($granted -contains $right -and $PSCmdlet.ShouldProcess(('{0}, {1}' -f $connector.Identity, $account), ('Remove-ADPermission {0}' -f $right))) {
            Remove-ADPermission -Identity $connector.DistinguishedName -User $account -ExtendedRights $right -Confirm:$false -ErrorAction Stop
            Write-Change -Text ('{0}: {1} taken from {2}' -f $connector.Identity, $right, $account)
        }
    }
}

# topology.yaml:15; DOC R15
$at = 'topology.yaml:15'
$certificate = Get-ExchangeCertificate -Server 'HT01' -ErrorAction Stop | Where-Object { Test-CertificateDomain -Certificate $_ -Domains @('mail.tailspintoys.com', 'ht01.tailspintoys.com', 'ht02.tailspintoys.com') } | Sort-Object -Property NotAfter -Descending | Select-Object -First 1
$saved = Get-Saved -Backup $kept -Key 'Certificate tailspin-mail'
if ($null -ne $certificate) {
    $serving = @(Get-Text -Value (Get-Saved -Backup $kept -Key 'Services of all certificates')['Values']['Services'])
    foreach ($other in @(Get-ExchangeCertificate -Server 'HT01' -ErrorAction Stop | Where-Object { [string]$_.Thumbprint -ne [string]$certificate.Thumbprint })) {
        $before = @($serving | Where-Object { $_.StartsWith([string]$other.Thumbprint) } | ForEach-Object { $_.Split(':')[1].Split(',') } | ForEach-Object { $_.Trim() })
        $lost = @(Get-Missing -Entries @(@('SMTP') | Where-Object { $before -contains $_ }) -List @(([string]$other.Services).Split(',') | ForEach-Object { $_.Trim() }))
        if ($lost.Count -gt 0 -and $PSCmdlet.ShouldProcess([string]$other.Thumbprint, ('Enable-ExchangeCertificate {0}' -f [string]::Join(', ', [string[]]$lost)))) {
            Enable-ExchangeCertificate -Server 'HT01' -Thumbprint ([string]$other.Thumbprint) -Services $lost -Confirm:$false -ErrorAction Stop
            Write-Change -Text ('certificate {0}: enabled for {1} again' -f $other.Thumbprint, [string]::Join(', ', [string[]]$lost))
        }
    }
    $default = Get-DefaultThumbprint -Transport @(Get-TransportServer -Identity 'HT01' -ErrorAction Stop)
    $former = [string](Get-Saved -Backup $kept -Key 'Default SMTP certificate')['Values']['Thumbprint']
    if ($former -ne '' -and $former -ne $default -and $default -eq [string]$certificate.Thumbprint) {
        if (@(Get-ExchangeCertificate -Server 'HT01' -ErrorAction Stop | Where-Object { [string]$_.Thumbprint -eq $former }).Count -eq 0) { Write-Finding -Text ('{0} was the default SMTP certificate and is not installed any more' -f $former) }
        elseif ($PSCmdlet.ShouldProcess($former, 'Enable-ExchangeCertificate SMTP, as the default one')) {
            Enable-ExchangeCertificate -Server 'HT01' -Thumbprint $former -Services 'SMTP' -Force -Confirm:$false -ErrorAction Stop
            Write-Change -Text ('certificate {0}: the default one for SMTP again' -f $former)
            $default = Get-DefaultThumbprint -Transport @(Get-TransportServer -Identity 'HT01' -ErrorAction Stop)
        }
        elseif ($WhatIfPreference) { $default = $former }
    }
    if ($saved['Present']) {
        $more = @(Get-Missing -Entries @(([string]$certificate.Services).Split(',') | ForEach-Object { $_.Trim() }) -List @(([string]$saved['Values']['Services']).Split(',') | ForEach-Object { $_.Trim() }))
        if ($more.Count -gt 0) { Write-Host -Object ('stays: {0} is enabled for {1}, and Exchange takes no service off' -f 'Certificate tailspin-mail', [string]::Join(', ', [string[]]$more)) }
    }
    elseif (-not $RemoveCertificates) {
        Write-Host -Object 'stays: Certificate tailspin-mail; -RemoveCertificates removes it'
    }
    elseif ($default -eq [string]$certificate.Thumbprint) {
        Write-Finding -Text 'Certificate tailspin-mail is the default SMTP certificate, which Exchange does not remove: make another one the default first'
    }
    elseif ($PSCmdlet.ShouldProcess('tailspin-mail', 'Remove-ExchangeCertificate')) {
        Remove-ExchangeCertificate -Server 'HT01' -Thumbprint ([string]$certificate.Thumbprint) -Confirm:$false -ErrorAction Stop
        Write-Change -Text 'Certificate tailspin-mail: removed'
    }
}

Write-Host -Object ('{0} changed' -f $changes)
Write-Host -Object ('findings: {0}' -f $findings)
if ($findings -gt 0) { exit 1 }
exit 0
