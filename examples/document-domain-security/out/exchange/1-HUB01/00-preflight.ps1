#requires -Version 2.0
# HUB01: looks whether the scripts can do their work. Changes nothing.
# Written by mailtopo from topology.yaml; change that file and compile again.
# Run it in the Exchange Management Shell (Exchange 2007) on HUB01.
[CmdletBinding()]
param()

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'
$at = 'topology.yaml'
# An error ends the script here; it can be run again when the cause is mended.
trap {
    Write-Error -Message ('stopped at {0}: {1}' -f $at, $_.Exception.Message) -ErrorAction Continue
    exit 2
}
$findings = 0

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

# Reports a command that this shell does not have, or a parameter of it: the role of the caller lacks it.
function Test-ShellCommand {
    param([string]$Name, [string[]]$Parameters)
    $commands = @(Get-Command -Name $Name -ErrorAction SilentlyContinue)
    if ($commands.Count -eq 0) { Write-Finding -Text ('{0} is not a command of this shell' -f $Name) }
    else { foreach ($parameter in @(Get-Missing -Entries $Parameters -List @($commands[0].Parameters.Keys))) { Write-Finding -Text ('{0} has no -{1} in this shell' -f $Name, $parameter) } }
}

# Reports a server that the organization does not have, or whose version or role is not the one the scripts are written for.
function Test-ExchangeServer {
    param([string]$Name, [string]$Version, [string]$Pattern, [string]$Role)
    $server = Get-TheOne -Of $Name -Found @(Get-ExchangeServer -ErrorAction Stop | Where-Object { [string]$_.Name -eq $Name })
    if ($null -eq $server) { Write-Finding -Text ('there is no Exchange server {0}' -f $Name) }
    elseif ([string]$server.AdminDisplayVersion -notmatch $Pattern) { Write-Finding -Text ('{0} is {1}, and these scripts are for Exchange {2}' -f $Name, $server.AdminDisplayVersion, $Version) }
    elseif (@(([string]$server.ServerRole).Split(',') | ForEach-Object { $_.Trim() }) -notcontains $Role) { Write-Finding -Text ('{0} has the roles {1}, and not {2}' -f $Name, $server.ServerRole, $Role) }
}

# Reports a shell that was opened without the rights of an administrator; only Windows can tell.
function Test-Administrator {
    try {
        $user = New-Object -TypeName System.Security.Principal.WindowsPrincipal -ArgumentList ([System.Security.Principal.WindowsIdentity]::GetCurrent())
        $isAdministrator = $user.IsInRole([System.Security.Principal.WindowsBuiltInRole]::Administrator)
    }
    catch { return }
    if (-not $isAdministrator) { Write-Finding -Text 'this shell does not have the rights of an administrator of this computer' }
}

# Reports an address that no network adapter of this computer has: the Transport service may not start with it.
function Test-LocalAddress {
    param([string]$Of, [string]$Address)
    $adapters = @([System.Net.NetworkInformation.NetworkInterface]::GetAllNetworkInterfaces())
    $addresses = @($adapters | ForEach-Object { $_.GetIPProperties().UnicastAddresses } | ForEach-Object { $_.Address.ToString() })
    if ($addresses -notcontains $Address) { Write-Finding -Text ('{0} is bound to {1}, which no adapter of this computer has' -f $Of, $Address) }
}

# Reports each connector with which Exchange would refuse ours.
function Test-Conflict {
    param([string]$Of, [hashtable]$Listening, [object[]]$Others)
    foreach ($other in $Others) { foreach ($clash in @(Get-Clash -Listening $Listening -Other $other)) { Write-Finding -Text ('{0}: {1}' -f $Of, $clash) } }
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

# Reports an installed certificate without its key, out of date, or without a name that it shall have; tells services that
# apply will enable it for.
function Test-InstalledCertificate {
    param([string]$Of, $Certificate, [string[]]$Domains, [string[]]$Services)
    foreach ($service in @(Get-Missing -Entries $Services -List @(([string]$Certificate.Services).Split(',') | ForEach-Object { $_.Trim() }))) { Write-Host -Object ('note: certificate {0} is not enabled for {1} yet; 10-apply.ps1 does it' -f $Of, $service) }
    if ([string]$Certificate.HasPrivateKey -ne 'True') { Write-Finding -Text ('certificate {0} has no private key here' -f $Of) }
    $now = Get-Date
    if ([datetime]$Certificate.NotBefore -gt $now -or [datetime]$Certificate.NotAfter -lt $now) { Write-Finding -Text ('certificate {0} is valid from {1} to {2}' -f $Of, $Certificate.NotBefore, $Certificate.NotAfter) }
    foreach ($domain in @(Get-Missing -Entries $Domains -List @(Get-Text -Value $Certificate.CertificateDomains))) { Write-Finding -Text ('certificate {0} does not have the name {1}' -f $Of, $domain) }
}

# Says whether a certificate is in date, has its private key and carries every one of the names; a request is none yet.
function Test-CertificateDomain {
    param($Certificate, [string[]]$Domains)
    $now = Get-Date
    if ($null -ne $Certificate.PSObject.Properties['Status'] -and [string]$Certificate.Status -eq 'PendingRequest') { return $false }
    if ([string]$Certificate.HasPrivateKey -ne 'True' -or [datetime]$Certificate.NotBefore -gt $now -or [datetime]$Certificate.NotAfter -lt $now) { return $false }
    return (@(Get-Missing -Entries $Domains -List @(Get-Text -Value $Certificate.CertificateDomains)).Count -eq 0)
}

# The commands that the scripts of this folder use, with the parameters that the role of the caller may lack.
Test-ShellCommand -Name 'Get-ExchangeServer' -Parameters @()
Test-ShellCommand -Name 'Get-ExchangeCertificate' -Parameters @()
Test-ShellCommand -Name 'Import-ExchangeCertificate' -Parameters @()
Test-ShellCommand -Name 'Enable-ExchangeCertificate' -Parameters @()
Test-ShellCommand -Name 'Remove-ExchangeCertificate' -Parameters @()
Test-ShellCommand -Name 'Get-TransportServer' -Parameters @()
Test-ShellCommand -Name 'Get-ReceiveConnector' -Parameters @()
Test-ShellCommand -Name 'New-ReceiveConnector' -Parameters @('AuthMechanism', 'Bindings', 'DomainSecureEnabled', 'Fqdn', 'PermissionGroups', 'RemoteIPRanges', 'RequireTLS')
Test-ShellCommand -Name 'Set-ReceiveConnector' -Parameters @('AuthMechanism', 'Bindings', 'DomainSecureEnabled', 'Fqdn', 'PermissionGroups', 'RemoteIPRanges', 'RequireTLS')
Test-ShellCommand -Name 'Remove-ReceiveConnector' -Parameters @()

# Nothing more can be looked at without them.
if ($findings -gt 0) { Write-Host -Object 'Open the Exchange Management Shell, with the folder of the scripts whole.'; exit 1 }

# topology.yaml:10
$at = 'topology.yaml:10'
if ([Environment]::MachineName -ne 'HUB01') { Write-Finding -Text ('this is {0}, and the scripts are for {1}' -f [Environment]::MachineName, 'HUB01') }
Test-Administrator

# topology.yaml:10
$at = 'topology.yaml:10'
Test-ExchangeServer -Name 'HUB01' -Version '2007' -Pattern '^Version 8\.' -Role 'HubTransport'

# topology.yaml:13; DOC R15
$at = 'topology.yaml:13'
$certificate = Get-ExchangeCertificate -ErrorAction Stop | Where-Object { Test-CertificateDomain -Certificate $_ -Domains @('mail.contoso.com', 'contoso.com') } | Sort-Object -Property NotAfter -Descending | Select-Object -First 1
if ($null -eq $certificate) { Write-Host -Object 'note: certificate contoso-mail is not installed with its key, all its names and in date; 10-apply.ps1 needs its file' }
else { Test-InstalledCertificate -Of 'contoso-mail' -Certificate $certificate -Domains @('mail.contoso.com', 'contoso.com') -Services @('SMTP') }

# topology.yaml:34; DOC R7
$at = 'topology.yaml:34'
Test-LocalAddress -Of 'From Fabrikam' -Address '192.0.2.11'

# Connectors of this server that the topology does not name.
$connectors = @(Get-ReceiveConnector -Server 'HUB01' -ErrorAction Stop)
$others = @($connectors | Where-Object { @('From Fabrikam') -notcontains [string]$_.Name })
# topology.yaml:34; DOC R7-R10
$at = 'topology.yaml:34'
$listening = @{ 'Bindings' = @('192.0.2.11:25'); 'RemoteIPRanges' = @('198.51.100.10', '198.51.100.11') }
Test-Conflict -Of 'From Fabrikam' -Listening $listening -Others $others

Write-Host -Object ('findings: {0}' -f $findings)
if ($findings -gt 0) { exit 1 }
exit 0
