#requires -Version 2.0
# EX19B: restarts the Transport service. Mail stops meanwhile, so choose the time.
# Written by mailtopo from topology.yaml; change that file and compile again.
# Run it in the Exchange Management Shell (Exchange 2019) on EX19B.
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

# topology.yaml:11; DOC S13.4, R21
$at = 'topology.yaml:11'
# because of bindings of "From the filter"
if (@(Get-Service | Where-Object { $_.Name -eq 'MSExchangeTransport' }).Count -eq 0) { throw 'MSExchangeTransport is not on this computer: run this script on EX19B' }
if ($PSCmdlet.ShouldProcess('EX19B', 'restart MSExchangeTransport')) {
    Restart-Service -Name 'MSExchangeTransport' -ErrorAction Stop
    Write-Change -Text 'MSExchangeTransport restarted'
}
if (@(Get-Service | Where-Object { $_.Name -eq 'MSExchangeFrontEndTransport' }).Count -eq 0) { throw 'MSExchangeFrontEndTransport is not on this computer: run this script on EX19B' }
if ($PSCmdlet.ShouldProcess('EX19B', 'restart MSExchangeFrontEndTransport')) {
    Restart-Service -Name 'MSExchangeFrontEndTransport' -ErrorAction Stop
    Write-Change -Text 'MSExchangeFrontEndTransport restarted'
}

Write-Host -Object ('{0} changed' -f $changes)
exit 0
