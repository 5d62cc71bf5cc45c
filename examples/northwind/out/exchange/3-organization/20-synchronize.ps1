#requires -Version 2.0
# organization: carries the changes to the subscribed Edge servers now.
# Written by mailtopo from topology.yaml; change that file and compile again.
# Run it in the Exchange Management Shell (Exchange 2016) on a server inside the organization.
[CmdletBinding(SupportsShouldProcess = $true)]
param()

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

# topology.yaml:13
$at = 'topology.yaml:13'
if ($PSCmdlet.ShouldProcess('EDGE1, EDGE2', 'Start-EdgeSynchronization')) {
    Start-EdgeSynchronization -Server 'MBX1' -TargetServer 'EDGE1' -Confirm:$false -ErrorAction Stop
    Start-EdgeSynchronization -Server 'MBX1' -TargetServer 'EDGE2' -Confirm:$false -ErrorAction Stop
    Write-Change -Text 'Edge synchronization with EDGE1, EDGE2: started'
}
foreach ($status in @(Test-EdgeSynchronization -ErrorAction Stop)) {
    if ([string]$status.SyncStatus -ne 'Normal') { Write-Finding -Text ('Edge synchronization with {0} is {1}' -f $status.Name, $status.SyncStatus) }
}

Write-Host -Object ('{0} changed' -f $changes)
Write-Host -Object ('findings: {0}' -f $findings)
if ($findings -gt 0) { exit 1 }
exit 0
