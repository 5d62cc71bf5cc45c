#requires -Version 2.0
# EDGE01: requests certificates that are not installed yet. Changes nothing else.
# Written by mailtopo from topology.yaml; change that file and compile again.
# Run it in the Exchange Management Shell (Exchange 2007) on EDGE01.
# Send the files of the folder requests to the issuer. The key stays on the server.
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
$here = Split-Path -Path $MyInvocation.MyCommand.Path -Parent

# Tells what was changed, and counts it.
function Write-Change {
    param([string]$Text)
    $script:changes++
    Write-Host -Object ('changed: {0}' -f $Text)
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

# Says whether a certificate is in date, has its private key and carries every one of the names; a request is none yet.
function Test-CertificateDomain {
    param($Certificate, [string[]]$Domains)
    $now = Get-Date
    if ($null -ne $Certificate.PSObject.Properties['Status'] -and [string]$Certificate.Status -eq 'PendingRequest') { return $false }
    if ([string]$Certificate.HasPrivateKey -ne 'True' -or [datetime]$Certificate.NotBefore -gt $now -or [datetime]$Certificate.NotAfter -lt $now) { return $false }
    return (@(Get-Missing -Entries $Domains -List @(Get-Text -Value $Certificate.CertificateDomains)).Count -eq 0)
}

$folder = Join-Path -Path $here -ChildPath 'requests'

# topology.yaml:14; DOC R15
$at = 'topology.yaml:14'
$path = Join-Path -Path $folder -ChildPath 'contoso-mail.req'
$installed = @(Get-ExchangeCertificate -ErrorAction Stop | Where-Object { Test-CertificateDomain -Certificate $_ -Domains @('mail.contoso.com', 'contoso.com') })
if ($installed.Count -gt 0) { Write-Host -Object 'certificate contoso-mail is installed' }
elseif ([System.IO.File]::Exists($path)) { Write-Host -Object ('certificate {0} was requested: {1}' -f 'contoso-mail', $path) }
elseif ($PSCmdlet.ShouldProcess('contoso-mail', 'New-ExchangeCertificate -GenerateRequest')) {
    $null = [System.IO.Directory]::CreateDirectory($folder)
    $null = New-ExchangeCertificate -GenerateRequest -SubjectName 'CN=mail.contoso.com' -DomainName @('mail.contoso.com', 'contoso.com') -FriendlyName 'contoso-mail' -KeySize 2048 -Path $path -Confirm:$false -ErrorAction Stop
    Write-Change -Text ('certificate {0}: requested, {1}' -f 'contoso-mail', $path)
}

Write-Host -Object ('{0} changed' -f $changes)
exit 0
