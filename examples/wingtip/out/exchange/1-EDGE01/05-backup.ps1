#requires -Version 2.0
# EDGE01: saves how everything is that 10-apply.ps1 may touch. Changes nothing.
# Written by mailtopo from topology.yaml; change that file and compile again.
# Run it in the Exchange Management Shell (Exchange SE) on EDGE01.
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

# Reads a certificate, without its key, from the folder beside this script.
function Get-CertificateFile {
    param([string]$Name)
    $path = Join-Path -Path (Join-Path -Path $here -ChildPath 'certificates') -ChildPath $Name
    return (New-Object -TypeName System.Security.Cryptography.X509Certificates.X509Certificate2 -ArgumentList $path)
}

# Says whether this computer trusts a root.
function Test-TrustedRoot {
    param($Root)
    $store = New-Object -TypeName System.Security.Cryptography.X509Certificates.X509Store -ArgumentList 'Root', 'LocalMachine'
    $store.Open('ReadOnly')
    try { return (@($store.Certificates | Where-Object { $_.Thumbprint -eq $Root.Thumbprint }).Count -gt 0) }
    finally { $store.Close() }
}

# Gives the thumbprint of the certificate that a server shows to the others; nothing where the shell does not tell.
function Get-DefaultThumbprint {
    param([object[]]$Transport)
    foreach ($one in $Transport) { if ($null -ne $one.PSObject.Properties['InternalTransportCertificateThumbprint']) { return [string]$one.InternalTransportCertificateThumbprint } }
    return ''
}

$folder = Join-Path -Path $here -ChildPath 'backup'
if (-not [string]::IsNullOrEmpty($BackupFolder)) { $folder = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($BackupFolder) }
$objects = @()
$receiveConnectorProperties = @(
    'AdvertiseClientSettings', 'AuthMechanism', 'AuthTarpitInterval', 'Banner', 'BareLinefeedRejectionEnabled',
    'BinaryMimeEnabled', 'Bindings', 'ChunkingEnabled', 'Comment', 'ConnectionInactivityTimeout',
    'ConnectionTimeout', 'DefaultDomain', 'DeliveryStatusNotificationEnabled', 'DomainSecureEnabled',
    'EightBitMimeEnabled', 'EnableAuthGSSAPI', 'Enabled', 'EnhancedStatusCodesEnabled',
    'ExtendedProtectionPolicy', 'Fqdn', 'LongAddressesEnabled', 'MaxAcknowledgementDelay', 'MaxHeaderSize',
    'MaxHopCount', 'MaxInboundConnection', 'MaxInboundConnectionPerSource',
    'MaxInboundConnectionPercentagePerSource', 'MaxLocalHopCount', 'MaxLogonFailures', 'MaxMessageSize',
    'MaxProtocolErrors', 'MaxRecipientsPerMessage', 'MessageRateLimit', 'MessageRateSource', 'OrarEnabled',
    'PermissionGroups', 'PipeliningEnabled', 'ProtocolLoggingLevel',
    'RejectReservedSecondLevelRecipientDomains', 'RejectReservedTopLevelRecipientDomains',
    'RejectSingleLabelRecipientDomains', 'RemoteIPRanges', 'RequireEHLODomain', 'RequireTLS',
    'ServiceDiscoveryFqdn', 'SizeEnabled', 'SuppressXAnonymousTls', 'TarpitInterval', 'TlsCertificateName',
    'TlsDomainCapabilities', 'TransportRole'
)
$transportConfigProperties = @(
    'AddressBookPolicyRoutingEnabled', 'AgentGeneratedMessageLoopDetectionInSmtpEnabled',
    'AgentGeneratedMessageLoopDetectionInSubmissionEnabled', 'ClearCategories',
    'ConvertDisclaimerWrapperToEml', 'DiagnosticsAggregationServicePort', 'DSNConversionMode',
    'ExternalDelayDsnEnabled', 'ExternalDsnDefaultLanguage', 'ExternalDsnLanguageDetectionEnabled',
    'ExternalDsnMaxMessageAttachSize', 'ExternalDsnReportingAuthority', 'ExternalDsnSendHtml',
    'ExternalPostmasterAddress', 'GenerateCopyOfDSNFor', 'HeaderPromotionModeSetting',
    'InternalDelayDsnEnabled', 'InternalDsnDefaultLanguage', 'InternalDsnLanguageDetectionEnabled',
    'InternalDsnMaxMessageAttachSize', 'InternalDsnReportingAuthority', 'InternalDsnSendHtml',
    'InternalSMTPServers', 'JournalingReportNdrTo', 'MaxAllowedAgentGeneratedMessageDepth',
    'MaxAllowedAgentGeneratedMessageDepthPerAgent', 'MaxDumpsterSizePerDatabase', 'MaxDumpsterTime',
    'MaxReceiveSize', 'MaxRecipientEnvelopeLimit', 'MaxRetriesForLocalSiteShadow',
    'MaxRetriesForRemoteSiteShadow', 'MaxSendSize', 'QueueDiagnosticsAggregationInterval',
    'RejectMessageOnShadowFailure', 'Rfc2231EncodingEnabled', 'SafetyNetHoldTime', 'ShadowHeartbeatFrequency',
    'ShadowHeartbeatRetryCount', 'ShadowHeartbeatTimeoutInterval', 'ShadowMessageAutoDiscardInterval',
    'ShadowMessagePreferenceSetting', 'ShadowRedundancyEnabled', 'ShadowResubmitTimeSpan', 'SupervisionTags',
    'TLSReceiveDomainSecureList', 'TLSSendDomainSecureList', 'TransportRuleAttachmentTextScanLimit',
    'VerifySecureSubmitEnabled', 'VoicemailJournalingEnabled', 'Xexch50Enabled'
)
$sendConnectorProperties = @(
    'AddressSpaces', 'AuthenticationCredential', 'CloudServicesMailEnabled', 'Comment',
    'ConnectionInactivityTimeOut', 'ConnectorType', 'DNSRoutingEnabled', 'DomainSecureEnabled', 'Enabled',
    'ErrorPolicies', 'ForceHELO', 'Fqdn', 'FrontendProxyEnabled', 'IgnoreSTARTTLS', 'IsScopedConnector',
    'MaxMessageSize', 'Port', 'ProtocolLoggingLevel', 'RequireTLS', 'SmartHostAuthMechanism', 'SmartHosts',
    'SmtpMaxMessagesPerConnection', 'SourceIPAddress', 'SourceTransportServers', 'TlsAuthLevel',
    'TlsCertificateName', 'TlsDomain', 'UseExternalDNSServersEnabled'
)

# topology.yaml:23; DOC R15
$at = 'topology.yaml:23'
$root = Get-CertificateFile -Name 'root-relecloud-root.pem'
$trusted = $null
if (Test-TrustedRoot -Root $root) { $trusted = $root }
Save-Object -Key 'Root relecloud-root' -Found $trusted -Properties @('Thumbprint')

# topology.yaml:14; DOC R15
$at = 'topology.yaml:14'
$file = Get-CertificateFile -Name 'wingtip-mail.pem'
$certificate = Get-TheOne -Of 'wingtip-mail' -Found @(Get-ExchangeCertificate -ErrorAction Stop | Where-Object { [string]$_.Thumbprint -eq $file.Thumbprint })
Save-Object -Key 'Certificate wingtip-mail' -Found $certificate -Properties @('Thumbprint', 'Services')

# topology.yaml:7
$at = 'topology.yaml:7'
$domain = Get-TheOne -Of 'wingtiptoys.com' -Found @(Get-AcceptedDomain -ErrorAction Stop | Where-Object { [string]$_.DomainName -eq 'wingtiptoys.com' })
Save-Object -Key 'Accepted domain wingtiptoys.com' -Found $domain -Properties @('Name', 'DomainType')

# topology.yaml:58; DOC R3-R10, R14-R15, R16, R19
$at = 'topology.yaml:58'
$connector = Get-TheOne -Of 'EDGE01\From Relecloud' -Found @(Get-ReceiveConnector -ErrorAction Stop | Where-Object { [string]$_.Name -eq 'From Relecloud' })
Save-Object -Key 'Receive connector EDGE01\From Relecloud' -Found $connector -Properties $receiveConnectorProperties

# topology.yaml:4
$at = 'topology.yaml:4'
$config = Get-TransportConfig -ErrorAction Stop
Save-Object -Key 'Transport configuration' -Found $config -Properties $transportConfigProperties

# topology.yaml:34; DOC S3-S7, S8, S10, S13
$at = 'topology.yaml:34'
$connector = Get-TheOne -Of 'To Relecloud' -Found @(Get-SendConnector -ErrorAction Stop | Where-Object { [string]$_.Name -eq 'To Relecloud' })
Save-Object -Key 'Send connector To Relecloud' -Found $connector -Properties $sendConnectorProperties

# topology.yaml:40; DOC S3-S7, S8-S9, S10
$at = 'topology.yaml:40'
$connector = Get-TheOne -Of 'Inward' -Found @(Get-SendConnector -ErrorAction Stop | Where-Object { [string]$_.Name -eq 'Inward' })
Save-Object -Key 'Send connector Inward' -Found $connector -Properties $sendConnectorProperties

# topology.yaml:45; DOC S3-S7, S8, S10
$at = 'topology.yaml:45'
$connector = Get-TheOne -Of 'Internet' -Found @(Get-SendConnector -ErrorAction Stop | Where-Object { [string]$_.Name -eq 'Internet' })
Save-Object -Key 'Send connector Internet' -Found $connector -Properties $sendConnectorProperties

# Which certificate serves what.
$certificates = @(Get-ExchangeCertificate -ErrorAction Stop)
$serving = New-Object -TypeName PSObject -Property @{ 'Services' = @($certificates | ForEach-Object { '{0}: {1}' -f $_.Thumbprint, $_.Services }) }
Save-Object -Key 'Services of all certificates' -Found $serving -Properties @('Services')
# Which certificate is the default one for SMTP.
$transport = New-Object -TypeName PSObject -Property @{ 'Thumbprint' = (Get-DefaultThumbprint -Transport @(Get-TransportService -ErrorAction Stop)) }
if ($transport.Thumbprint -eq '') { Write-Host -Object 'note: this shell does not tell which certificate is the default one for SMTP, so rollback cannot give it back' }
Save-Object -Key 'Default SMTP certificate' -Found $transport -Properties @('Thumbprint')

$name = '{0}.{1}.xml' -f 'EDGE01', (Get-Date -Format 'yyyyMMdd-HHmmss')
$path = Join-Path -Path $folder -ChildPath $name
if ([System.IO.File]::Exists($path)) { throw ('{0} is there already, and no backup is written over another one' -f $path) }
$null = [System.IO.Directory]::CreateDirectory($folder)
$backup = @{
    'Place' = 'EDGE01'
    'Topology' = 'topology.yaml'
    'Scripts' = 'ff4376cec0d7b8d3'
    'Taken' = [string](Get-Date -Format 'yyyy-MM-dd HH:mm:ss')
    'Objects' = $objects
}
Export-Clixml -InputObject $backup -Path $path -Depth 8 -NoClobber -ErrorAction Stop
Write-Host -Object ('backup: {0}' -f $path)

exit 0
