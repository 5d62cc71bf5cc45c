#requires -Version 2.0
# MBX1: makes what is missing and sets what differs; objects it does not name stay as they are.
# Written by mailtopo from topology.yaml; change that file and compile again.
# Run it in the Exchange Management Shell (Exchange 2013) on MBX1, or on another server inside the organization.
# It can be run again: what is as it shall be is not touched. -WhatIf shows what it would do.
[CmdletBinding(SupportsShouldProcess = $true)]
param(
    # Certificate litware-mail: PFX file, or the issuer's answer to 02-request.ps1; needed where it is not installed yet.
    [string]$LitwareMailFile,
    # Password of the PFX file, such as (Read-Host -AsSecureString); an answer has none.
    [System.Security.SecureString]$LitwareMailPassword,
    # Makes a newly enabled certificate the default one for SMTP without asking; EdgeSync trusts the default one.
    [switch]$ReplaceDefaultSmtpCertificate,
    # Folder of the backups; the folder backup beside this script where it is left out.
    [string]$BackupFolder,
    # Goes ahead without a backup; nothing leads back then.
    [switch]$WithoutBackup
)

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

# Gives the backups of a folder, the newest last.
function Get-BackupFile {
    param([string]$Folder, [string]$Pattern)
    if ([System.IO.Directory]::Exists($Folder)) { [System.IO.Directory]::GetFiles($Folder, $Pattern) | Sort-Object }
}

# Reads a backup; one of another place is none.
function Read-Backup {
    param([string]$Path, [string]$Place)
    $backup = Import-Clixml -Path ([System.Management.Automation.WildcardPattern]::Escape($Path))
    if ($backup -isnot [hashtable] -or [string]$backup['Place'] -ne $Place) { throw ('{0} is no backup of {1}' -f $Path, $Place) }
    return $backup
}

# Says whether a certificate is in date, has its private key and carries every one of the names; a request is none yet.
function Test-CertificateDomain {
    param($Certificate, [string[]]$Domains)
    $now = Get-Date
    if ($null -ne $Certificate.PSObject.Properties['Status'] -and [string]$Certificate.Status -eq 'PendingRequest') { return $false }
    if ([string]$Certificate.HasPrivateKey -ne 'True' -or [datetime]$Certificate.NotBefore -gt $now -or [datetime]$Certificate.NotAfter -lt $now) { return $false }
    return (@(Get-Missing -Entries $Domains -List @(Get-Text -Value $Certificate.CertificateDomains)).Count -eq 0)
}

$folder = Join-Path -Path $here -ChildPath 'backup'
if (-not [string]::IsNullOrEmpty($BackupFolder)) { $folder = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($BackupFolder) }
if (-not $WithoutBackup -and -not $WhatIfPreference) {
    $usable = $null
    foreach ($path in @(Get-BackupFile -Folder $folder -Pattern 'MBX1.*.xml')) {
        if ((Read-Backup -Path $path -Place 'MBX1')['Scripts'] -eq '4d17f76571667fa8') { $usable = $path }
    }
    if ($null -eq $usable) {
        Write-Host -Object ('refused: {0} has no backup for these scripts: run 05-backup.ps1 first; -WithoutBackup goes ahead without a way back' -f $folder)
        exit 3
    }
    Write-Host -Object ('backup: {0}' -f $usable)
}

# topology.yaml:15; DOC R15
$at = 'topology.yaml:15'
$certificate = Get-ExchangeCertificate -Server 'MBX1' -ErrorAction Stop | Where-Object { Test-CertificateDomain -Certificate $_ -Domains @('mail.litwareinc.com', 'litwareinc.com') } | Sort-Object -Property NotAfter -Descending | Select-Object -First 1
if ($null -eq $certificate -and $PSCmdlet.ShouldProcess('litware-mail', 'Import-ExchangeCertificate')) {
    if ([string]::IsNullOrEmpty($LitwareMailFile)) { throw 'certificate litware-mail is not installed: give -LitwareMailFile with a PFX file and -LitwareMailPassword, or with the issuer''s answer to 02-request.ps1' }
    # A PFX file has a password; the answer to a request has none, and its key is here.
    $password = @{}
    if ($null -ne $LitwareMailPassword) { $password['Password'] = $LitwareMailPassword }
    $null = Import-ExchangeCertificate -Server 'MBX1' -FileData ([System.IO.File]::ReadAllBytes($PSCmdlet.GetUnresolvedProviderPathFromPSPath($LitwareMailFile))) @password -Confirm:$false -ErrorAction Stop
    Write-Change -Text 'certificate litware-mail: imported'
    $certificate = Get-ExchangeCertificate -Server 'MBX1' -ErrorAction Stop | Where-Object { Test-CertificateDomain -Certificate $_ -Domains @('mail.litwareinc.com', 'litwareinc.com') } | Sort-Object -Property NotAfter -Descending | Select-Object -First 1
    if ($null -eq $certificate) { throw 'certificate litware-mail: what was imported is another certificate, or its key is not here' }
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
