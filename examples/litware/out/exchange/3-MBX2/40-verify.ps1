#requires -Version 2.0
# MBX2: compares with the topology. Changes nothing; ends with 1 where something differs.
# Written by mailtopo from topology.yaml; change that file and compile again.
# Run it in the Exchange Management Shell (Exchange 2013) on MBX2, or on another server inside the organization.
[CmdletBinding()]
param()

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'
$findings = 0

# Tells what is not as the topology says, and counts it.
function Write-Finding {
    param([string]$Text)
    $script:findings++
    Write-Host -Object ('finding: {0}' -f $Text)
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

# Says whether a certificate is in date, has its private key and carries every one of the names.
function Test-CertificateDomain {
    param($Certificate, [string[]]$Domains)
    $now = Get-Date
    if ([string]$Certificate.HasPrivateKey -ne 'True' -or [datetime]$Certificate.NotBefore -gt $now -or [datetime]$Certificate.NotAfter -lt $now) { return $false }
    return (@(Get-Missing -Entries $Domains -List @(Get-Text -Value $Certificate.CertificateDomains)).Count -eq 0)
}

# topology.yaml:15; DOC R15
$certificate = Get-ExchangeCertificate -Server 'MBX2' -ErrorAction Stop | Where-Object { Test-CertificateDomain -Certificate $_ -Domains @('mail.litwareinc.com', 'litwareinc.com') } | Sort-Object -Property NotAfter -Descending | Select-Object -First 1
if ($null -eq $certificate) { Write-Finding -Text 'certificate litware-mail is not installed' }
else {
    foreach ($service in @(Get-Missing -Entries @('SMTP', 'IIS') -List @(([string]$certificate.Services).Split(',') | ForEach-Object { $_.Trim() }))) {
        Write-Finding -Text ('certificate {0} is not enabled for {1}' -f 'litware-mail', $service)
    }
}

Write-Host -Object ('findings: {0}' -f $findings)
if ($findings -gt 0) { exit 1 }
exit 0
