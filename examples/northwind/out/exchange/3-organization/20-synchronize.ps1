#requires -Version 2.0
# organization: carries the changes to the subscribed Edge servers now.
# Written by mailtopo from topology.yaml; change that file and compile again.
# Run it in the Exchange Management Shell (Exchange 2016) on a server inside the organization.
[CmdletBinding(SupportsShouldProcess = $true)]
param()

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'
$changes = 0
$findings = 0

# Tells what was changed, and counts it.
function Write-Change {
    param([string]$Text)
    $script:changes++
    Write-Host -Object ('changed: {0}' -f $Text)
}

# Tells what is not as the topology says, and counts it.
function Write-Finding {
    param([string]$Text)
    $script:findings++
    Write-Host -Object ('finding: {0}' -f $Text)
}

# topology.yaml:13
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
