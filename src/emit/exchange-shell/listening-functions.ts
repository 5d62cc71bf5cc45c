import type { ShellFunction } from './shell-function.ts';

/** How the scripts look whether Exchange takes a Receive connector beside the other ones of its server. */
export const listeningFunctions: readonly ShellFunction[] = [
  {
    name: 'Test-Conflict',
    text: String.raw`# Reports each connector with which Exchange would refuse ours.
function Test-Conflict {
    param([string]$Of, [hashtable]$Listening, [object[]]$Others)
    foreach ($other in $Others) { foreach ($clash in @(Get-Clash -Listening $Listening -Other $other)) { Write-Finding -Text ('{0}: {1}' -f $Of, $clash) } }
}`,
  },
  {
    name: 'Get-NextMove',
    text: String.raw`# Gives a connector that has to listen elsewhere before another one can take its place, once nothing is in its own way.
function Get-NextMove {
    param([object[]]$Moves, [object[]]$Connectors)
    foreach ($move in $Moves) {
        $connector = Get-TheOne -Of $move['Identity'] -Found @($Connectors | Where-Object { [string]$_.Name -eq $move['Name'] })
        if ($null -eq $connector) { continue }
        $differing = @($move['Listening'].Keys | Where-Object { (Get-ComparableText -Property $_ -Value $connector.$_) -cne (Get-ComparableText -Property $_ -Value $move['Listening'][$_]) })
        if ($differing.Count -eq 0) { continue }
        $waiting = @($Moves | Where-Object { $_['Name'] -ne $move['Name'] } | ForEach-Object { Get-Clash -Listening $_['Listening'] -Other $connector })
        $inItsWay = @($Connectors | Where-Object { [string]$_.Name -ne $move['Name'] } | ForEach-Object { Get-Clash -Listening $move['Listening'] -Other $_ })
        if ($waiting.Count -gt 0 -and $inItsWay.Count -eq 0) { return $move }
    }
}`,
  },
  {
    name: 'Get-Clash',
    text: String.raw`# Says why Exchange would refuse bindings and remote addresses beside another connector: on a common binding the remote
# addresses may neither be the same ones nor cross, and no port may be shared with another transport role.
function Get-Clash {
    param([hashtable]$Listening, $Other)
    $bindings = @(Get-Text -Value $Other.Bindings)
    if ($Listening.ContainsKey('TransportRole') -and @($Listening['Bindings'] | Where-Object { Test-CommonPort -Binding $_ -Bindings $bindings }).Count -gt 0) {
        $role = [string]$Listening['TransportRole']
        if ($role -eq '' -and [string]$Other.TransportRole -eq 'FrontendTransport') { '{0} of FrontendTransport has a common port, and the topology has no transportRole: write transportRole: FrontendTransport' -f $Other.Name }
        if ($role -ne '' -and [string]$Other.TransportRole -ne $role) { '{0} has a common port and another transport role' -f $Other.Name }
    }
    if (@($bindings | Where-Object { $Listening['Bindings'] -contains $_ }).Count -eq 0) { return }
    $ours = @(Get-Text -Value $Listening['RemoteIPRanges'] | ForEach-Object { ConvertTo-AddressRange -Text $_ } | Sort-Object -Unique)
    $theirs = @(Get-Text -Value $Other.RemoteIPRanges | ForEach-Object { ConvertTo-AddressRange -Text $_ } | Sort-Object -Unique)
    if ([string]::Join(' ', [string[]]$ours) -eq [string]::Join(' ', [string[]]$theirs)) { '{0} has a common binding and the same remote addresses' -f $Other.Name }
    foreach ($one in $ours) { foreach ($another in $theirs) { if (Test-Crossing -One $one -Other $another) { '{0} shares only part of {1} with {2}' -f $one, $another, $Other.Name } } }
}`,
  },
  {
    name: 'Get-TransportRole',
    text: String.raw`# Gives the transport service of a connector, nothing where it is not there yet.
function Get-TransportRole {
    param([string]$Name, [object[]]$Connectors)
    foreach ($connector in $Connectors) { if ([string]$connector.Name -eq $Name) { return [string]$connector.TransportRole } }
    return ''
}`,
  },
  {
    name: 'Test-CommonPort',
    text: String.raw`# Says whether a binding has address and port in common with others; 0.0.0.0 and [::] are all addresses of their family.
function Test-CommonPort {
    param([string]$Binding, [string[]]$Bindings)
    foreach ($other in $Bindings) {
        if ($Binding.Split(':')[-1] -ne $other.Split(':')[-1]) { continue }
        $addresses = @($Binding, $other | ForEach-Object { $_ -replace ':\d+$', '' })
        if ($addresses[0] -eq $addresses[1]) { return $true }
        $isOneFamily = $addresses[0].StartsWith('[') -eq $addresses[1].StartsWith('[')
        if ($isOneFamily -and @($addresses | Where-Object { @('0.0.0.0', '[::]') -contains $_ }).Count -gt 0) { return $true }
    }
    return $false
}`,
  },
  {
    name: 'Test-Crossing',
    text: String.raw`# Says whether two ranges share addresses and neither holds the other.
function Test-Crossing {
    param([string]$One, [string]$Other)
    $ends = @(@($One.Split('-')) + @($Other.Split('-')) | ForEach-Object { [BitConverter]::ToString([System.Net.IPAddress]::Parse($_).GetAddressBytes()) })
    if ($ends[0].Length -ne $ends[2].Length) { return $false }
    $first = [string]::CompareOrdinal($ends[0], $ends[2])
    $last = [string]::CompareOrdinal($ends[1], $ends[3])
    $shares = [string]::CompareOrdinal($ends[0], $ends[3]) -le 0 -and [string]::CompareOrdinal($ends[2], $ends[1]) -le 0
    return ($shares -and (($first -lt 0 -and $last -lt 0) -or ($first -gt 0 -and $last -gt 0)))
}`,
  },
];
