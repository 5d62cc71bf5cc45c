#requires -Version 2.0
# HUB01: saves how everything is that 10-apply.ps1 may touch. Changes nothing.
# Written by mailtopo from topology.yaml; change that file and compile again.
# Run it in the Exchange Management Shell (Exchange 2007) on HUB01.
# Each run writes a file of its own. No password and no private key is in it.
[CmdletBinding()]
param(
    # Folder of the backups; the folder backup beside this script where it is left out.
    [string]$BackupFolder
)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'
$at = 'topology.yaml'
# An error ends the script here; it can be run again when the cause is mended.
trap {
    Write-Error -Message ('stopped at {0}: {1}' -f $at, $_.Exception.Message) -ErrorAction Continue
    exit 2
}
$here = Split-Path -Path $MyInvocation.MyCommand.Path -Parent

# Gives the one object of a list, nothing where the list is empty, and stops where there are several.
function Get-TheOne {
    param([string]$Of, [object[]]$Found)
    if ($Found.Count -gt 1) { throw ('{0}: there are {1} of this name' -f $Of, $Found.Count) }
    if ($Found.Count -eq 1) { return $Found[0] }
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

# Gives the user name of a credential; Get-Credential of PowerShell 2.0 puts a backslash in front.
function Get-UserName {
    param($Credential)
    if ($null -eq $Credential) { return '' }
    return ([string]$Credential.UserName).TrimStart('\'.ToCharArray())
}

# Notes how an object is now, also that it is not there.
function Save-Object {
    param([string]$Key, $Found, [string[]]$Properties)
    $values = @{}
    if ($null -ne $Found) {
        foreach ($property in $Properties) {
            if ($null -ne $Found.PSObject.Properties[$property]) { $values[$property] = ConvertTo-Saved -Value $Found.$property }
        }
    }
    $script:objects += @{ 'Key' = $Key; 'Present' = ($null -ne $Found); 'Values' = $values }
    if ($null -eq $Found) { Write-Host -Object ('saved: {0} is not there yet' -f $Key) }
    else { Write-Host -Object ('saved: {0}, {1} properties' -f $Key, $values.Count) }
}

# Makes texts of a value, which any PowerShell reads back; of a credential only its user name.
function ConvertTo-Saved {
    param($Value)
    if ($null -eq $Value -or $Value -is [bool]) { return $Value }
    if ($Value -is [System.Management.Automation.PSCredential]) { return (Get-UserName -Credential $Value) }
    if ($Value -isnot [string] -and $Value -is [System.Collections.IEnumerable]) { return , [string[]]@(Get-Text -Value $Value) }
    return [string]$Value
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
$objects = @()
$receiveConnectorProperties = @(
    'AuthMechanism', 'Banner', 'BinaryMimeEnabled', 'Bindings', 'ChunkingEnabled', 'Comment',
    'ConnectionInactivityTimeout', 'ConnectionTimeout', 'DefaultDomain', 'DeliveryStatusNotificationEnabled',
    'DomainSecureEnabled', 'EightBitMimeEnabled', 'EnableAuthGSSAPI', 'Enabled', 'EnhancedStatusCodesEnabled',
    'Fqdn', 'LongAddressesEnabled', 'MaxHeaderSize', 'MaxHopCount', 'MaxInboundConnection',
    'MaxInboundConnectionPerSource', 'MaxInboundConnectionPercentagePerSource', 'MaxLocalHopCount',
    'MaxLogonFailures', 'MaxMessageSize', 'MaxProtocolErrors', 'MaxRecipientsPerMessage', 'MessageRateLimit',
    'OrarEnabled', 'PermissionGroups', 'PipeliningEnabled', 'ProtocolLoggingLevel', 'RemoteIPRanges',
    'RequireEHLODomain', 'RequireTLS', 'SizeEnabled', 'TarpitInterval'
)

# topology.yaml:13; DOC R15
$at = 'topology.yaml:13'
$certificate = Get-ExchangeCertificate -ErrorAction Stop | Where-Object { Test-CertificateDomain -Certificate $_ -Domains @('hub01.contoso.com', 'contoso.com') } | Sort-Object -Property NotAfter -Descending | Select-Object -First 1
Save-Object -Key 'Certificate hub01-mail' -Found $certificate -Properties @('Thumbprint', 'Services')

# topology.yaml:33; DOC R3-R10, R16, R19
$at = 'topology.yaml:33'
$connector = Get-TheOne -Of 'HUB01\From Fabrikam' -Found @(Get-ReceiveConnector -Server 'HUB01' -ErrorAction Stop | Where-Object { [string]$_.Name -eq 'From Fabrikam' })
Save-Object -Key 'Receive connector HUB01\From Fabrikam' -Found $connector -Properties $receiveConnectorProperties

# Which certificate serves what.
$certificates = @(Get-ExchangeCertificate -ErrorAction Stop)
$serving = New-Object -TypeName PSObject -Property @{ 'Services' = @($certificates | ForEach-Object { '{0}: {1}' -f $_.Thumbprint, $_.Services }) }
Save-Object -Key 'Services of all certificates' -Found $serving -Properties @('Services')
# Which certificate is the default one for SMTP.
$transport = New-Object -TypeName PSObject -Property @{ 'Thumbprint' = (Get-DefaultThumbprint -Transport @(Get-TransportServer -Identity 'HUB01' -ErrorAction Stop)) }
if ($transport.Thumbprint -eq '') { Write-Host -Object 'note: this shell does not tell which certificate is the default one for SMTP, so rollback cannot give it back' }
Save-Object -Key 'Default SMTP certificate' -Found $transport -Properties @('Thumbprint')

$name = '{0}.{1}.xml' -f 'HUB01', (Get-Date -Format 'yyyyMMdd-HHmmss')
$path = Join-Path -Path $folder -ChildPath $name
if ([System.IO.File]::Exists($path)) { throw ('{0} is there already, and no backup is written over another one' -f $path) }
$null = [System.IO.Directory]::CreateDirectory($folder)
$backup = @{
    'Place' = 'HUB01'
    'Topology' = 'topology.yaml'
    'Scripts' = 'ab7c8d519beb0f9a'
    'Taken' = [string](Get-Date -Format 'yyyy-MM-dd HH:mm:ss')
    'Objects' = $objects
}
Export-Clixml -InputObject $backup -Path $path -Depth 8 -NoClobber -ErrorAction Stop
Write-Host -Object ('backup: {0}' -f $path)

exit 0
