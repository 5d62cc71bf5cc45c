#requires -Version 2.0
# MBX1: makes what is missing and sets what differs; objects it does not name stay as they are.
# Written by mailtopo from topology.yaml; change that file and compile again.
# Run it in the Exchange Management Shell (Exchange 2013) on MBX1, or on another server inside the organization.
# It can be run again: what is as it shall be is not touched. -WhatIf shows what it would do.
[CmdletBinding(SupportsShouldProcess = $true)]
param(
    # Certificate litware-mail: file with its private key (PFX); needed where it is not installed yet.
    [string]$LitwareMailPfx,
    # Its password, such as (Read-Host -AsSecureString).
    [System.Security.SecureString]$LitwareMailPassword,
    # Makes a newly enabled certificate the default one for SMTP without asking; EdgeSync trusts the default one.
    [switch]$ReplaceDefaultSmtpCertificate
)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'
$changes = 0

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

# Says whether a certificate is in date, has its private key and carries every one of the names.
function Test-CertificateDomain {
    param($Certificate, [string[]]$Domains)
    $now = Get-Date
    if ([string]$Certificate.HasPrivateKey -ne 'True' -or [datetime]$Certificate.NotBefore -gt $now -or [datetime]$Certificate.NotAfter -lt $now) { return $false }
    return (@(Get-Missing -Entries $Domains -List @(Get-Text -Value $Certificate.CertificateDomains)).Count -eq 0)
}

# topology.yaml:15; DOC R15
$certificate = Get-ExchangeCertificate -Server 'MBX1' -ErrorAction Stop | Where-Object { Test-CertificateDomain -Certificate $_ -Domains @('mail.litwareinc.com', 'litwareinc.com') } | Sort-Object -Property NotAfter -Descending | Select-Object -First 1
if ($null -eq $certificate -and $PSCmdlet.ShouldProcess('litware-mail', 'Import-ExchangeCertificate')) {
    if ([string]::IsNullOrEmpty($LitwareMailPfx)) { throw 'certificate litware-mail is not installed: give -LitwareMailPfx with the file that has its private key, and -LitwareMailPassword' }
    $null = Import-ExchangeCertificate -Server 'MBX1' -FileData ([System.IO.File]::ReadAllBytes($PSCmdlet.GetUnresolvedProviderPathFromPSPath($LitwareMailPfx))) -Password $LitwareMailPassword -Confirm:$false -ErrorAction Stop
    Write-Change -Text 'certificate litware-mail: imported'
    $certificate = Get-ExchangeCertificate -Server 'MBX1' -ErrorAction Stop | Where-Object { Test-CertificateDomain -Certificate $_ -Domains @('mail.litwareinc.com', 'litwareinc.com') } | Sort-Object -Property NotAfter -Descending | Select-Object -First 1
    if ($null -eq $certificate) { throw 'certificate litware-mail: what was imported is another certificate' }
}
if ($null -ne $certificate) {
    $missing = @(Get-Missing -Entries @('SMTP', 'IIS') -List @(([string]$certificate.Services).Split(',') | ForEach-Object { $_.Trim() }))
    if ($missing.Count -gt 0 -and $PSCmdlet.ShouldProcess('litware-mail', ('Enable-ExchangeCertificate {0}' -f [string]::Join(', ', [string[]]$missing)))) {
        Enable-ExchangeCertificate -Server 'MBX1' -Thumbprint ([string]$certificate.Thumbprint) -Services $missing -Force:$ReplaceDefaultSmtpCertificate -Confirm:$false -ErrorAction Stop
        Write-Change -Text 'certificate litware-mail: enabled'
    }
}

Write-Host -Object ('{0} changed' -f $changes)
exit 0
