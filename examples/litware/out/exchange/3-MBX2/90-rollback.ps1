#requires -Version 2.0
# MBX2: goes back to what 05-backup.ps1 saved, as far as 10-apply.ps1 has changed it.
# Written by mailtopo from topology.yaml; change that file and compile again.
# Run it in the Exchange Management Shell (Exchange 2013) on MBX2, or on another server inside the organization.
# What apply made is removed, unless somebody has changed it since; what others made stays.
# It can be run again. -WhatIf shows what it would do.
[CmdletBinding(SupportsShouldProcess = $true)]
param(
    # The backup to go back to; needed where the folder has several.
    [string]$Backup,
    # Folder of the backups; the folder backup beside this script where it is left out.
    [string]$BackupFolder,
    # Removes certificates and roots that apply brought; otherwise they stay.
    [switch]$RemoveCertificates
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
$findings = 0
$here = Split-Path -Path $MyInvocation.MyCommand.Path -Parent

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

# Gives what a backup has about an object, and stops where it has nothing.
function Get-Saved {
    param($Backup, [string]$Key)
    $saved = @(@($Backup['Objects']) | Where-Object { $_['Key'] -ceq $Key })
    if ($saved.Count -ne 1) { throw ('the backup does not have {0}: it was made for other scripts' -f $Key) }
    return $saved[0]
}

# Gives the thumbprint of the certificate that a server shows to the others; nothing where the shell does not tell.
function Get-DefaultThumbprint {
    param([object[]]$Transport)
    foreach ($one in $Transport) { if ($null -ne $one.PSObject.Properties['InternalTransportCertificateThumbprint']) { return [string]$one.InternalTransportCertificateThumbprint } }
    return ''
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
$found = @(Get-BackupFile -Folder $folder -Pattern 'MBX2.*.xml')
if (-not [string]::IsNullOrEmpty($Backup)) { $found = @($PSCmdlet.GetUnresolvedProviderPathFromPSPath($Backup)) }
if ($found.Count -ne 1) {
    Write-Host -Object ('refused: {0} has {1} backups; say which one with -Backup' -f $folder, $found.Count)
    foreach ($path in $found) { Write-Host -Object ('  {0}' -f $path) }
    exit 3
}
$kept = Read-Backup -Path $found[0] -Place 'MBX2'
Write-Host -Object ('backup: {0}, taken {1}' -f $found[0], $kept['Taken'])

# topology.yaml:15; DOC R15
$at = 'topology.yaml:15'
$certificate = Get-ExchangeCertificate -Server 'MBX2' -ErrorAction Stop | Where-Object { Test-CertificateDomain -Certificate $_ -Domains @('mail.litwareinc.com', 'litwareinc.com') } | Sort-Object -Property NotAfter -Descending | Select-Object -First 1
$saved = Get-Saved -Backup $kept -Key 'Certificate litware-mail'
if ($null -ne $certificate) {
    $serving = @(Get-Text -Value (Get-Saved -Backup $kept -Key 'Services of all certificates')['Values']['Services'])
    foreach ($other in @(Get-ExchangeCertificate -Server 'MBX2' -ErrorAction Stop | Where-Object { [string]$_.Thumbprint -ne [string]$certificate.Thumbprint })) {
        $before = @($serving | Where-Object { $_.StartsWith([string]$other.Thumbprint) } | ForEach-Object { $_.Split(':')[1].Split(',') } | ForEach-Object { $_.Trim() })
        $lost = @(Get-Missing -Entries @(@('SMTP', 'IIS') | Where-Object { $before -contains $_ }) -List @(([string]$other.Services).Split(',') | ForEach-Object { $_.Trim() }))
        if ($lost.Count -gt 0 -and $PSCmdlet.ShouldProcess([string]$other.Thumbprint, ('Enable-ExchangeCertificate {0}' -f [string]::Join(', ', [string[]]$lost)))) {
            Enable-ExchangeCertificate -Server 'MBX2' -Thumbprint ([string]$other.Thumbprint) -Services $lost -Confirm:$false -ErrorAction Stop
            Write-Change -Text ('certificate {0}: enabled for {1} again' -f $other.Thumbprint, [string]::Join(', ', [string[]]$lost))
        }
    }
    $default = Get-DefaultThumbprint -Transport @(Get-TransportService -Identity 'MBX2' -ErrorAction Stop)
    $former = [string](Get-Saved -Backup $kept -Key 'Default SMTP certificate')['Values']['Thumbprint']
    if ($former -ne '' -and $former -ne $default -and $default -eq [string]$certificate.Thumbprint) {
        if (@(Get-ExchangeCertificate -Server 'MBX2' -ErrorAction Stop | Where-Object { [string]$_.Thumbprint -eq $former }).Count -eq 0) { Write-Finding -Text ('{0} was the default SMTP certificate and is not installed any more' -f $former) }
        elseif ($PSCmdlet.ShouldProcess($former, 'Enable-ExchangeCertificate SMTP, as the default one')) {
            Enable-ExchangeCertificate -Server 'MBX2' -Thumbprint $former -Services 'SMTP' -Force -Confirm:$false -ErrorAction Stop
            Write-Change -Text ('certificate {0}: the default one for SMTP again' -f $former)
            $default = Get-DefaultThumbprint -Transport @(Get-TransportService -Identity 'MBX2' -ErrorAction Stop)
        }
        elseif ($WhatIfPreference) { $default = $former }
    }
    if ($saved['Present']) {
        $more = @(Get-Missing -Entries @(([string]$certificate.Services).Split(',') | ForEach-Object { $_.Trim() }) -List @(([string]$saved['Values']['Services']).Split(',') | ForEach-Object { $_.Trim() }))
        if ($more.Count -gt 0) { Write-Host -Object ('stays: {0} is enabled for {1}, and Exchange takes no service off' -f 'Certificate litware-mail', [string]::Join(', ', [string[]]$more)) }
    }
    elseif (-not $RemoveCertificates) {
        Write-Host -Object 'stays: Certificate litware-mail; -RemoveCertificates removes it'
    }
    elseif ($default -eq [string]$certificate.Thumbprint) {
        Write-Finding -Text 'Certificate litware-mail is the default SMTP certificate, which Exchange does not remove: make another one the default first'
    }
    elseif ($PSCmdlet.ShouldProcess('litware-mail', 'Remove-ExchangeCertificate')) {
        Remove-ExchangeCertificate -Server 'MBX2' -Thumbprint ([string]$certificate.Thumbprint) -Confirm:$false -ErrorAction Stop
        Write-Change -Text 'Certificate litware-mail: removed'
    }
}

Write-Host -Object ('{0} changed' -f $changes)
Write-Host -Object ('findings: {0}' -f $findings)
if ($findings -gt 0) { exit 1 }
exit 0
