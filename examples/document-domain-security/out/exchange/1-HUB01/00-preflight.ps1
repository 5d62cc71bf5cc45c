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

# Reports a command that this shell does not have: it is another shell, or the caller's role lacks the command.
function Test-ShellCommand {
    param([string]$Name)
    if (@(Get-Command -Name $Name -ErrorAction SilentlyContinue).Count -eq 0) { Write-Finding -Text ('{0} is not a command of this shell' -f $Name) }
}

# Reports a server that the organization does not have, or whose version is not the one the scripts are written for.
function Test-ExchangeServer {
    param([string]$Name, [string]$Version, [string]$Pattern)
    $server = Get-TheOne -Of $Name -Found @(Get-ExchangeServer -ErrorAction Stop | Where-Object { [string]$_.Name -eq $Name })
    if ($null -eq $server) { Write-Finding -Text ('there is no Exchange server {0}' -f $Name) }
    elseif ([string]$server.AdminDisplayVersion -notmatch $Pattern) { Write-Finding -Text ('{0} is {1}, and these scripts are for Exchange {2}' -f $Name, $server.AdminDisplayVersion, $Version) }
}

# Reports an address that no network adapter of this computer has: the Transport service may not start with it.
function Test-LocalAddress {
    param([string]$Of, [string]$Address)
    $adapters = @([System.Net.NetworkInformation.NetworkInterface]::GetAllNetworkInterfaces())
    $addresses = @($adapters | ForEach-Object { $_.GetIPProperties().UnicastAddresses } | ForEach-Object { $_.Address.ToString() })
    if ($addresses -notcontains $Address) { Write-Finding -Text ('{0} is bound to {1}, which no adapter of this computer has' -f $Of, $Address) }
}

# The commands that the scripts of this folder use.
Test-ShellCommand -Name 'Get-ExchangeServer'
Test-ShellCommand -Name 'Get-ExchangeCertificate'
Test-ShellCommand -Name 'Import-ExchangeCertificate'
Test-ShellCommand -Name 'Enable-ExchangeCertificate'
Test-ShellCommand -Name 'Get-ReceiveConnector'
Test-ShellCommand -Name 'New-ReceiveConnector'
Test-ShellCommand -Name 'Set-ReceiveConnector'
# Nothing more can be looked at without them.
if ($findings -gt 0) { Write-Host -Object 'Open the Exchange Management Shell.'; exit 1 }

# topology.yaml:10
$at = 'topology.yaml:10'
Test-ExchangeServer -Name 'HUB01' -Version '2007' -Pattern '^Version 8\.'

# topology.yaml:10
$at = 'topology.yaml:10'
if ([Environment]::MachineName -ne 'HUB01') { Write-Finding -Text ('this is {0}, and the scripts are for {1}' -f [Environment]::MachineName, 'HUB01') }

# topology.yaml:34; DOC R7
$at = 'topology.yaml:34'
Test-LocalAddress -Of 'From Fabrikam' -Address '192.0.2.11'

Write-Host -Object ('findings: {0}' -f $findings)
if ($findings -gt 0) { exit 1 }
exit 0
