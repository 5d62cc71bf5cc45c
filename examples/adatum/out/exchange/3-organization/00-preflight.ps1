#requires -Version 2.0
# organization: looks whether the scripts can do their work. Changes nothing.
# Written by mailtopo from topology.yaml; change that file and compile again.
# Run it in the Exchange Management Shell (Exchange 2019) on a server inside the organization.
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

# Reports a smart host whose name this computer does not resolve.
function Test-SmartHost {
    param([string]$Of, [string]$Name)
    try { $null = [System.Net.Dns]::GetHostAddresses($Name) }
    catch { Write-Finding -Text ('{0}: this computer finds no address for the smart host {1}' -f $Of, $Name) }
}

# The commands that the scripts of this folder use, with the parameters that the role of the caller may lack.
Test-ShellCommand -Name 'Get-ExchangeServer' -Parameters @()
Test-ShellCommand -Name 'Get-AcceptedDomain' -Parameters @()
Test-ShellCommand -Name 'New-AcceptedDomain' -Parameters @()
Test-ShellCommand -Name 'Set-AcceptedDomain' -Parameters @()
Test-ShellCommand -Name 'Remove-AcceptedDomain' -Parameters @()
Test-ShellCommand -Name 'Get-SendConnector' -Parameters @()
Test-ShellCommand -Name 'New-SendConnector' -Parameters @('AddressSpaces', 'DNSRoutingEnabled', 'Fqdn', 'MaxMessageSize', 'RequireTLS', 'SmartHosts', 'SourceTransportServers', 'TlsAuthLevel', 'TlsDomain')
Test-ShellCommand -Name 'Set-SendConnector' -Parameters @('AddressSpaces', 'DNSRoutingEnabled', 'Fqdn', 'MaxMessageSize', 'RequireTLS', 'SmartHosts', 'SourceTransportServers', 'TlsAuthLevel', 'TlsDomain')
Test-ShellCommand -Name 'Remove-SendConnector' -Parameters @()

# Nothing more can be looked at without them.
if ($findings -gt 0) { Write-Host -Object 'Open the Exchange Management Shell, with the folder of the scripts whole.'; exit 1 }

# topology.yaml:10
$at = 'topology.yaml:10'
Test-ExchangeServer -Name 'EX19A' -Version '2019' -Pattern '^Version 15\.2 ' -Role 'Mailbox'

# topology.yaml:11
$at = 'topology.yaml:11'
Test-ExchangeServer -Name 'EX19B' -Version '2019' -Pattern '^Version 15\.2 ' -Role 'Mailbox'

# topology.yaml:28; DOC S9
$at = 'topology.yaml:28'
Test-SmartHost -Of 'Everything to the filter' -Name 'out.filter.example'

Write-Host -Object ('findings: {0}' -f $findings)
if ($findings -gt 0) { exit 1 }
exit 0
