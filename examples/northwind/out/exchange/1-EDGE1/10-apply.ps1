#requires -Version 2.0
# EDGE1: makes what is missing and sets what differs; objects it does not name stay as they are.
# Written by mailtopo from topology.yaml; change that file and compile again.
# Run it in the Exchange Management Shell (Exchange 2016) on EDGE1.
# It can be run again: what is as it shall be is not touched. -WhatIf shows what it would do.
[CmdletBinding(SupportsShouldProcess = $true)]
param(
    # Certificate northwind-mail: PFX file, or the issuer's answer to 02-request.ps1; needed where it is not installed yet.
    [string]$NorthwindMailFile,
    # Password of the PFX file, such as (Read-Host -AsSecureString); an answer has none.
    [System.Security.SecureString]$NorthwindMailPassword,
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
$sizeProperties = @()
$durationProperties = @()
$folder = Join-Path -Path $here -ChildPath 'backup'
if (-not [string]::IsNullOrEmpty($BackupFolder)) { $folder = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($BackupFolder) }
if (-not $WithoutBackup -and -not $WhatIfPreference) {
    $usable = $null
    foreach ($path in @(Get-BackupFile -Folder $folder -Pattern 'EDGE1.*.xml')) {
        if ((Read-Backup -Path $path -Place 'EDGE1')['Scripts'] -eq '827ea3320c0e4b96') { $usable = $path }
    }
    if ($null -eq $usable) {
        Write-Host -Object ('refused: {0} has no backup for these scripts: run 05-backup.ps1 first; -WithoutBackup goes ahead without a way back' -f $folder)
        exit 3
    }
    Write-Host -Object ('backup: {0}' -f $usable)
}

# topology.yaml:26; DOC R15
$at = 'topology.yaml:26'
$root = Get-CertificateFile -Name 'root-northwind-root.pem'
if (-not (Test-TrustedRoot -Root $root) -and $PSCmdlet.ShouldProcess('northwind-root', 'trust this root on this computer')) {
    Add-TrustedRoot -Root $root
    Write-Change -Text 'root northwind-root: trusted'
}

# topology.yaml:27; DOC R15
$at = 'topology.yaml:27'
$root = Get-CertificateFile -Name 'root-contoso-root.pem'
if (-not (Test-TrustedRoot -Root $root) -and $PSCmdlet.ShouldProcess('contoso-root', 'trust this root on this computer')) {
    Add-TrustedRoot -Root $root
    Write-Change -Text 'root contoso-root: trusted'
}

# topology.yaml:17; DOC R15
$at = 'topology.yaml:17'
$file = Get-CertificateFile -Name 'northwind-mail.pem'
$certificate = Get-TheOne -Of 'northwind-mail' -Found @(Get-ExchangeCertificate -ErrorAction Stop | Where-Object { [string]$_.Thumbprint -eq $file.Thumbprint })
if ($null -eq $certificate -and $PSCmdlet.ShouldProcess('northwind-mail', 'Import-ExchangeCertificate')) {
    if ([string]::IsNullOrEmpty($NorthwindMailFile)) { throw 'certificate northwind-mail is not installed: give -NorthwindMailFile with a PFX file and -NorthwindMailPassword, or with the issuer''s answer to 02-request.ps1' }
    # A PFX file has a password; the answer to a request has none, and its key is here.
    $password = @{}
    if ($null -ne $NorthwindMailPassword) { $password['Password'] = $NorthwindMailPassword }
    $null = Import-ExchangeCertificate -FileData ([System.IO.File]::ReadAllBytes($PSCmdlet.GetUnresolvedProviderPathFromPSPath($NorthwindMailFile))) @password -Confirm:$false -ErrorAction Stop
    Write-Change -Text 'certificate northwind-mail: imported'
    $certificate = Get-TheOne -Of 'northwind-mail' -Found @(Get-ExchangeCertificate -ErrorAction Stop | Where-Object { [string]$_.Thumbprint -eq $file.Thumbprint })
    if ($null -eq $certificate) { throw 'certificate northwind-mail: what was imported is another certificate, or its key is not here' }
}
if ($null -ne $certificate) {
    $missing = @(Get-Missing -Entries @('SMTP') -List @(([string]$certificate.Services).Split(',') | ForEach-Object { $_.Trim() }))
    if ($missing.Count -gt 0 -and $PSCmdlet.ShouldProcess('northwind-mail', ('Enable-ExchangeCertificate {0}' -f [string]::Join(', ', [string[]]$missing)))) {
        Enable-ExchangeCertificate -Thumbprint ([string]$certificate.Thumbprint) -Services $missing -Force:$ReplaceDefaultSmtpCertificate -Confirm:$false -ErrorAction Stop
        Write-Change -Text 'certificate northwind-mail: enabled'
    }
}

# topology.yaml:58; DOC R7-R10
$at = 'topology.yaml:58'
# Exchange refuses a Receive connector that shares a binding with another one and has its remote addresses, or part of
# a range of them. One that is there makes room first, where another one waits for what it has.
$moves = @(
    @{
        'At' = 'topology.yaml:58'
        'Name' = 'From Contoso'
        'Identity' = 'EDGE1\From Contoso'
        'Listening' = @{
            'Bindings' = @('192.0.2.71:25')
            'RemoteIPRanges' = @('203.0.113.25', '2001:db8:25::25')
        }
    },
    @{
        'At' = 'topology.yaml:70'
        'Name' = 'From Trey Research'
        'Identity' = 'EDGE1\From Trey Research'
        'Listening' = @{
            'Bindings' = @('192.0.2.71:25')
            'RemoteIPRanges' = @('198.51.100.128/25')
        }
    }
)
foreach ($turn in $moves) {
    $next = Get-NextMove -Moves $moves -Connectors @(Get-ReceiveConnector -ErrorAction Stop)
    if ($null -eq $next) { break }
    $at = $next['At']
    $listening = $next['Listening']
    if (-not $PSCmdlet.ShouldProcess($next['Identity'], 'Set-ReceiveConnector')) { break }
    Set-ReceiveConnector -Identity $next['Identity'] @listening -Confirm:$false -ErrorAction Stop
    Write-Change -Text ('{0}: bindings and remote addresses set first, to make room' -f $next['Identity'])
}

# topology.yaml:58; DOC R3-R10, R14-R15, R16, R19
$at = 'topology.yaml:58'
$wanted = @{
    'AuthMechanism' = @('Tls')
    'Bindings' = @('192.0.2.71:25')
    'DomainSecureEnabled' = $true
    'Fqdn' = 'mail.northwindtraders.com'
    'PermissionGroups' = @('AnonymousUsers', 'Partners')
    'RemoteIPRanges' = @('203.0.113.25', '2001:db8:25::25')
    'RequireTLS' = $true
}
$connector = Get-TheOne -Of 'EDGE1\From Contoso' -Found @(Get-ReceiveConnector -ErrorAction Stop | Where-Object { [string]$_.Name -eq 'From Contoso' })
if ($null -eq $connector -and $PSCmdlet.ShouldProcess('EDGE1\From Contoso', 'New-ReceiveConnector')) {
    $null = New-ReceiveConnector -Name 'From Contoso' -Usage 'Partner' @wanted -Confirm:$false -ErrorAction Stop
    Write-Change -Text 'EDGE1\From Contoso: made'
    $connector = Get-TheOne -Of 'EDGE1\From Contoso' -Found @(Get-ReceiveConnector -ErrorAction Stop | Where-Object { [string]$_.Name -eq 'From Contoso' })
}
if ($null -ne $connector) {
    $differing = Get-Difference -Of 'EDGE1\From Contoso' -Actual $connector -Wanted $wanted
    if ($differing.Count -gt 0 -and $PSCmdlet.ShouldProcess('EDGE1\From Contoso', 'Set-ReceiveConnector')) {
        Set-ReceiveConnector -Identity 'EDGE1\From Contoso' @differing -Confirm:$false -ErrorAction Stop
        Write-Change -Text 'EDGE1\From Contoso: set'
    }
}

# topology.yaml:70; DOC R3-R10, R16, R19
$at = 'topology.yaml:70'
$wanted = @{
    'AuthMechanism' = @('Tls')
    'Bindings' = @('192.0.2.71:25')
    'Fqdn' = 'mail.northwindtraders.com'
    'PermissionGroups' = @('AnonymousUsers')
    'RemoteIPRanges' = @('198.51.100.128/25')
    'RequireTLS' = $true
}
$connector = Get-TheOne -Of 'EDGE1\From Trey Research' -Found @(Get-ReceiveConnector -ErrorAction Stop | Where-Object { [string]$_.Name -eq 'From Trey Research' })
if ($null -eq $connector -and $PSCmdlet.ShouldProcess('EDGE1\From Trey Research', 'New-ReceiveConnector')) {
    $null = New-ReceiveConnector -Name 'From Trey Research' -Usage 'Custom' @wanted -Confirm:$false -ErrorAction Stop
    Write-Change -Text 'EDGE1\From Trey Research: made'
    $connector = Get-TheOne -Of 'EDGE1\From Trey Research' -Found @(Get-ReceiveConnector -ErrorAction Stop | Where-Object { [string]$_.Name -eq 'From Trey Research' })
}
if ($null -ne $connector) {
    $differing = Get-Difference -Of 'EDGE1\From Trey Research' -Actual $connector -Wanted $wanted
    if ($differing.Count -gt 0 -and $PSCmdlet.ShouldProcess('EDGE1\From Trey Research', 'Set-ReceiveConnector')) {
        Set-ReceiveConnector -Identity 'EDGE1\From Trey Research' @differing -Confirm:$false -ErrorAction Stop
        Write-Change -Text 'EDGE1\From Trey Research: set'
    }
}

Write-Host -Object ('{0} changed' -f $changes)
exit 0
