/** What PowerShell 2.0 and the .NET Framework 2.0 below it have, as far as the scripts use it. */

/** Cmdlets with the parameters that they have had since 2.0. Source: PS 2.0 online help of each. */
export const builtIn: ReadonlyMap<string, readonly string[]> = new Map([
  ['Export-Clixml', ['InputObject', 'Path', 'Depth', 'NoClobber', 'Force']],
  ['Import-Clixml', ['Path']],
  ['ForEach-Object', ['Process']],
  ['Get-Command', ['Name']],
  ['Get-Date', ['Format']],
  ['Get-Service', ['Name']],
  ['Join-Path', ['Path', 'ChildPath']],
  ['New-Object', ['TypeName', 'ArgumentList', 'Property']],
  ['Restart-Service', ['Name', 'Force']],
  ['Select-Object', ['InputObject', 'Property', 'First', 'Last', 'Unique']],
  ['Set-StrictMode', ['Version']],
  ['Sort-Object', ['Property', 'Descending', 'Unique']],
  ['Split-Path', ['Path', 'Parent', 'Leaf']],
  ['Where-Object', ['FilterScript']],
  ['Write-Error', ['Message', 'ErrorAction']],
  ['Write-Host', ['Object']],
]);

/** Static members. Source: NET Framework 2.0 class library; those of the engine: PS 2.0 SDK. */
export const knownStatics: ReadonlySet<string> = new Set([
  ...['[Environment]::MachineName', '[Environment]::NewLine', '[BitConverter]::ToString'],
  ...['[Math]::Max', '[Math]::Min', '[Math]::Pow', '[TimeSpan]::Parse'],
  ...['[string]::CompareOrdinal', '[string]::IsNullOrEmpty', '[string]::Join'],
  ...[
    '[System.IO.Directory]::CreateDirectory',
    '[System.IO.Directory]::Exists',
    '[System.IO.Directory]::GetFiles',
  ],
  ...['[System.IO.File]::Exists', '[System.IO.File]::ReadAllBytes', '[System.IO.File]::WriteAllText'],
  ...['[System.Net.Dns]::GetHostAddresses', '[System.Net.IPAddress]::Parse'],
  '[System.Net.NetworkInformation.NetworkInterface]::GetAllNetworkInterfaces',
  '[System.Management.Automation.WildcardPattern]::Escape',
  '[System.Security.Principal.WindowsBuiltInRole]::Administrator',
  '[System.Security.Principal.WindowsIdentity]::GetCurrent',
]);

/** Methods of objects, with the number of their arguments. Source: NET Framework 2.0 class library. */
export const knownMethods: ReadonlySet<string> = new Set([
  ...[
    'Add/1',
    'Remove/1',
    'Open/1',
    'Close/0',
    'ContainsKey/1',
    'StartsWith/1',
    'Split/1',
    'Trim/0',
    'Trim/1',
    'TrimStart/1',
  ],
  ...[
    'ToCharArray/0',
    'ToLowerInvariant/0',
    'ToString/0',
    'GetAddressBytes/0',
    'GetIPProperties/0',
    'IsInRole/1',
    'Translate/1',
  ],
  ...['ShouldProcess/2', 'GetUnresolvedProviderPathFromPSPath/1'],
]);
