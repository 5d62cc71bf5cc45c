import type { ShellFunction } from './shell-function.ts';

/** How the preflight scripts look at the shell, the servers and the computer. */
export const lookingFunctions: readonly ShellFunction[] = [
  {
    name: 'Test-ShellCommand',
    text: String.raw`# Reports a command that this shell does not have, or a parameter of it: the role of the caller lacks it.
function Test-ShellCommand {
    param([string]$Name, [string[]]$Parameters)
    $commands = @(Get-Command -Name $Name -ErrorAction SilentlyContinue)
    if ($commands.Count -eq 0) { Write-Finding -Text ('{0} is not a command of this shell' -f $Name) }
    else { foreach ($parameter in @(Get-Missing -Entries $Parameters -List @($commands[0].Parameters.Keys))) { Write-Finding -Text ('{0} has no -{1} in this shell' -f $Name, $parameter) } }
}`,
  },
  {
    name: 'Test-ExchangeServer',
    text: String.raw`# Reports a server that the organization does not have, or whose version or role is not the one the scripts are written for.
function Test-ExchangeServer {
    param([string]$Name, [string]$Version, [string]$Pattern, [string]$Role)
    $server = Get-TheOne -Of $Name -Found @(Get-ExchangeServer -ErrorAction Stop | Where-Object { [string]$_.Name -eq $Name })
    if ($null -eq $server) { Write-Finding -Text ('there is no Exchange server {0}' -f $Name) }
    elseif ([string]$server.AdminDisplayVersion -notmatch $Pattern) { Write-Finding -Text ('{0} is {1}, and these scripts are for Exchange {2}' -f $Name, $server.AdminDisplayVersion, $Version) }
    elseif (@(([string]$server.ServerRole).Split(',') | ForEach-Object { $_.Trim() }) -notcontains $Role) { Write-Finding -Text ('{0} has the roles {1}, and not {2}' -f $Name, $server.ServerRole, $Role) }
}`,
  },
  {
    name: 'Test-Administrator',
    text: String.raw`# Reports a shell that was opened without the rights of an administrator; only Windows can tell.
function Test-Administrator {
    try {
        $user = New-Object -TypeName System.Security.Principal.WindowsPrincipal -ArgumentList ([System.Security.Principal.WindowsIdentity]::GetCurrent())
        $isAdministrator = $user.IsInRole([System.Security.Principal.WindowsBuiltInRole]::Administrator)
    }
    catch { return }
    if (-not $isAdministrator) { Write-Finding -Text 'this shell does not have the rights of an administrator of this computer' }
}`,
  },
  {
    name: 'Test-SmartHost',
    text: String.raw`# Reports a smart host whose name this computer does not resolve.
function Test-SmartHost {
    param([string]$Of, [string]$Name)
    try { $null = [System.Net.Dns]::GetHostAddresses($Name) }
    catch { Write-Finding -Text ('{0}: this computer finds no address for the smart host {1}' -f $Of, $Name) }
}`,
  },
  {
    name: 'Test-LocalAddress',
    text: String.raw`# Reports an address that no network adapter of this computer has: the Transport service may not start with it.
function Test-LocalAddress {
    param([string]$Of, [string]$Address)
    $adapters = @([System.Net.NetworkInformation.NetworkInterface]::GetAllNetworkInterfaces())
    $addresses = @($adapters | ForEach-Object { $_.GetIPProperties().UnicastAddresses } | ForEach-Object { $_.Address.ToString() })
    if ($addresses -notcontains $Address) { Write-Finding -Text ('{0} is bound to {1}, which no adapter of this computer has' -f $Of, $Address) }
}`,
  },
];

/** How the scripts look at certificates, and bring a root among those that the computer trusts. */
export const certificateFunctions: readonly ShellFunction[] = [
  {
    name: 'Test-CertificateFile',
    text: String.raw`# Reports a certificate that does not lie in the folder beside this script.
function Test-CertificateFile {
    param([string]$Name)
    $path = Join-Path -Path (Join-Path -Path $here -ChildPath 'certificates') -ChildPath $Name
    if (-not [System.IO.File]::Exists($path)) { Write-Finding -Text ('{0} is not there: copy the folder whole, or put the file in place and compile again' -f $path) }
}`,
  },
  {
    name: 'Test-InstalledCertificate',
    text: String.raw`# Reports an installed certificate without its key, out of date, or without a name that it shall have; tells services that
# apply will enable it for.
function Test-InstalledCertificate {
    param([string]$Of, $Certificate, [string[]]$Domains, [string[]]$Services)
    foreach ($service in @(Get-Missing -Entries $Services -List @(([string]$Certificate.Services).Split(',') | ForEach-Object { $_.Trim() }))) { Write-Host -Object ('note: certificate {0} is not enabled for {1} yet; 10-apply.ps1 does it' -f $Of, $service) }
    if ([string]$Certificate.HasPrivateKey -ne 'True') { Write-Finding -Text ('certificate {0} has no private key here' -f $Of) }
    $now = Get-Date
    if ([datetime]$Certificate.NotBefore -gt $now -or [datetime]$Certificate.NotAfter -lt $now) { Write-Finding -Text ('certificate {0} is valid from {1} to {2}' -f $Of, $Certificate.NotBefore, $Certificate.NotAfter) }
    foreach ($domain in @(Get-Missing -Entries $Domains -List @(Get-Text -Value $Certificate.CertificateDomains))) { Write-Finding -Text ('certificate {0} does not have the name {1}' -f $Of, $domain) }
}`,
  },
  {
    name: 'Get-CertificateFile',
    text: String.raw`# Reads a certificate, without its key, from the folder beside this script.
function Get-CertificateFile {
    param([string]$Name)
    $path = Join-Path -Path (Join-Path -Path $here -ChildPath 'certificates') -ChildPath $Name
    return (New-Object -TypeName System.Security.Cryptography.X509Certificates.X509Certificate2 -ArgumentList $path)
}`,
  },
  {
    name: 'Test-TrustedRoot',
    text: String.raw`# Says whether this computer trusts a root.
function Test-TrustedRoot {
    param($Root)
    $store = New-Object -TypeName System.Security.Cryptography.X509Certificates.X509Store -ArgumentList 'Root', 'LocalMachine'
    $store.Open('ReadOnly')
    try { return (@($store.Certificates | Where-Object { $_.Thumbprint -eq $Root.Thumbprint }).Count -gt 0) }
    finally { $store.Close() }
}`,
  },
  {
    name: 'Add-TrustedRoot',
    text: String.raw`# Puts a root among those that this computer trusts.
function Add-TrustedRoot {
    param($Root)
    $store = New-Object -TypeName System.Security.Cryptography.X509Certificates.X509Store -ArgumentList 'Root', 'LocalMachine'
    $store.Open('ReadWrite')
    try { $store.Add($Root) }
    finally { $store.Close() }
}`,
  },
  {
    name: 'Remove-TrustedRoot',
    text: String.raw`# Takes a root from those that this computer trusts.
function Remove-TrustedRoot {
    param($Root)
    $store = New-Object -TypeName System.Security.Cryptography.X509Certificates.X509Store -ArgumentList 'Root', 'LocalMachine'
    $store.Open('ReadWrite')
    try { $store.Remove($Root) }
    finally { $store.Close() }
}`,
  },
  {
    name: 'Get-DefaultThumbprint',
    text: String.raw`# Gives the thumbprint of the certificate that a server shows to the others; nothing where the shell does not tell.
function Get-DefaultThumbprint {
    param([object[]]$Transport)
    foreach ($one in $Transport) { if ($null -ne $one.PSObject.Properties['InternalTransportCertificateThumbprint']) { return [string]$one.InternalTransportCertificateThumbprint } }
    return ''
}`,
  },
  {
    name: 'Test-CertificateDomain',
    text: String.raw`# Says whether a certificate is in date, has its private key and carries every one of the names; a request is none yet.
function Test-CertificateDomain {
    param($Certificate, [string[]]$Domains)
    $now = Get-Date
    if ($null -ne $Certificate.PSObject.Properties['Status'] -and [string]$Certificate.Status -eq 'PendingRequest') { return $false }
    if ([string]$Certificate.HasPrivateKey -ne 'True' -or [datetime]$Certificate.NotBefore -gt $now -or [datetime]$Certificate.NotAfter -lt $now) { return $false }
    return (@(Get-Missing -Entries $Domains -List @(Get-Text -Value $Certificate.CertificateDomains)).Count -eq 0)
}`,
  },
];
