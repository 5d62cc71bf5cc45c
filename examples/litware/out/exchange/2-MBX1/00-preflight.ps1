#requires -Version 2.0
# MBX1: looks whether the scripts can do their work. Changes nothing.
# Written by mailtopo from topology.yaml; change that file and compile again.
# Run it in the Exchange Management Shell (Exchange 2013) on MBX1, or on another server inside the organization.
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
Test-ShellCommand -Name 'Get-TransportService' -Parameters @()

# Nothing more can be looked at without them.
if ($findings -gt 0) { Write-Host -Object 'Open the Exchange Management Shell, with the folder of the scripts whole.'; exit 1 }

# topology.yaml:11
$at = 'topology.yaml:11'
Test-ExchangeServer -Name 'MBX1' -Version '2013' -Pattern '^Version 15\.0 ' -Role 'Mailbox'

# topology.yaml:15; DOC R15
$at = 'topology.yaml:15'
$certificate = Get-ExchangeCertificate -Server 'MBX1' -ErrorAction Stop | Where-Object { Test-CertificateDomain -Certificate $_ -Domains @('mail.litwareinc.com', 'litwareinc.com') } | Sort-Object -Property NotAfter -Descending | Select-Object -First 1
if ($null -eq $certificate) { Write-Host -Object 'note: certificate litware-mail is not installed with its key, all its names and in date; 10-apply.ps1 needs its file' }
else { Test-InstalledCertificate -Of 'litware-mail' -Certificate $certificate -Domains @('mail.litwareinc.com', 'litwareinc.com') -Services @('SMTP', 'IIS') }

Write-Host -Object ('findings: {0}' -f $findings)
if ($findings -gt 0) { exit 1 }
exit 0
