#requires -Version 2.0
# EDGE2: restarts the Transport service. Mail stops meanwhile, so choose the time.
# Written by mailtopo from topology.yaml; change that file and compile again.
# Run it in the Exchange Management Shell (Exchange 2016) on EDGE2.
# Microsoft's how-to asks for it after these changes; later references of Exchange do not.
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

# Tells what was changed, and counts it.
function Write-Change {
    param([string]$Text)
    $script:changes++
    Write-Host -Object ('changed: {0}' -f $Text)
}

# topology.yaml:14; DOC S13.4, R21
$at = 'topology.yaml:14'
# because of Domain Security on "From Contoso"
# because of Domain Security on "To Contoso"
# because of bindings of "From Contoso"
# because of bindings of "From Trey Research"
# because of domain-secure lists
if (@(Get-Service | Where-Object { $_.Name -eq 'MSExchangeTransport' }).Count -eq 0) { throw 'MSExchangeTransport is not on this computer: run this script on EDGE2' }
if ($PSCmdlet.ShouldProcess('EDGE2', 'restart MSExchangeTransport')) {
    Restart-Service -Name 'MSExchangeTransport' -ErrorAction Stop
    Write-Change -Text 'MSExchangeTransport restarted'
}

Write-Host -Object ('{0} changed' -f $changes)
exit 0
