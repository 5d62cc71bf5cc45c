#requires -Version 2.0
# organization: compares with the topology. Changes nothing; ends with 1 where something differs.
# Written by mailtopo from topology.yaml; change that file and compile again.
# Run it in the Exchange Management Shell (Exchange 2007) on a server inside the organization.
[CmdletBinding()]
param()

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'
$at = 'topology.yaml'
# An error ends the script here; it can be run again when the cause is mended.
trap {
    Write-Error -Message ('stopped at {0}: {1}' -f $at, $_.Exception.Message) -ErrorAction Continue
    exit 2
}
$compared = 0
$findings = 0

# Gives what is not as it shall be as an object, with its place in the topology, and counts it.
function Write-Finding {
    param([string]$Text, [string]$Property, [string]$Actual, [string]$Wanted)
    $script:findings++
    $finding = New-Object -TypeName PSObject -Property @{ 'At' = $at; 'Finding' = $Text; 'Property' = $Property; 'Actual' = $Actual; 'Wanted' = $Wanted }
    Select-Object -InputObject $finding -Property @('At', 'Finding', 'Property', 'Actual', 'Wanted')
}

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

# Compares every wanted property of an object and gives a finding for each that differs.
function Test-Wanted {
    param([string]$Of, $Actual, [hashtable]$Wanted)
    foreach ($property in @($Wanted.Keys | Sort-Object)) {
        $script:compared++
        $is = Get-ComparableText -Property $property -Value $Actual.$property
        $shall = Get-ComparableText -Property $property -Value $Wanted[$property]
        if ($is -cne $shall) { Write-Finding -Text ('{0}: {1} differs' -f $Of, $property) -Property $property -Actual $is -Wanted $shall }
    }
}

# Gives the entries that a list does not have, however Exchange prints them.
function Get-MissingEntry {
    param([string]$Property, [string[]]$Entries, [string[]]$List)
    $has = @(ConvertTo-Comparable -Property $Property -Value $List)
    foreach ($entry in $Entries) { if ($has -cnotcontains (Get-ComparableText -Property $Property -Value $entry)) { $entry } }
}

# Writes a value in the one form in which it is compared.
function Get-ComparableText {
    param([string]$Property, $Value)
    return [string]::Join(', ', [string[]]@(ConvertTo-Comparable -Property $Property -Value $Value))
}

# Exchange prints one value in several ways, such as 36MB and 36 MB (37,748,736 bytes), and keeps no order in its
# lists; among permission groups Custom only tells that single rights were granted, too. Both sides are brought to one
# form before they are compared.
function ConvertTo-Comparable {
    param([string]$Property, $Value)
    $forms = @()
    foreach ($text in @(Get-Text -Value $Value)) {
        if ($exactProperties -contains $Property) { $forms += $text }
        elseif ($Property -eq 'PermissionGroups') { foreach ($group in $text.Split(',')) { $forms += $group.Trim().ToLowerInvariant() -replace '^(none|custom)$', '' } }
        elseif ($flagProperties -contains $Property) { foreach ($flag in $text.Split(',')) { $forms += $flag.Trim().ToLowerInvariant() } }
        elseif ($sizeProperties -contains $Property) { $forms += ConvertTo-ByteCount -Text $text }
        elseif ($durationProperties -contains $Property) { $forms += [string][TimeSpan]::Parse($text) }
        elseif ($rangeProperties -contains $Property) { $forms += ConvertTo-AddressRange -Text $text }
        elseif ($serverProperties -contains $Property) { $forms += $text.Split('/\'.ToCharArray())[-1].ToLowerInvariant() }
        elseif ($Property -eq 'SmartHosts') { $forms += $text.Trim('[]'.ToCharArray()).ToLowerInvariant() }
        else { $forms += $text.ToLowerInvariant() }
    }
    return @($forms | Where-Object { $_ -ne '' } | Sort-Object -Unique)
}

# 36MB, 37748736 and 36 MB (37,748,736 bytes) are one size.
function ConvertTo-ByteCount {
    param([string]$Text)
    if ($Text -match '\(([^()]*)bytes\)') { return ($matches[1] -replace '\D', '') }
    if ($Text -match '^(\d+)\s*(B|KB|MB|GB|TB)?$') {
        $bytes = [long]$matches[1]
        if ($matches.ContainsKey(2)) { $bytes = $bytes * @{ 'B' = 1; 'KB' = 1024; 'MB' = 1048576; 'GB' = 1073741824; 'TB' = 1099511627776 }[$matches[2]] }
        return [string]$bytes
    }
    return $Text.ToLowerInvariant()
}

# 10.0.0.0/8, 10.0.0.0(255.0.0.0) and 10.0.0.0-10.255.255.255 are one range.
function ConvertTo-AddressRange {
    param([string]$Text)
    $ends = @($Text.Split('-') | ForEach-Object { ($_ -replace '[/(].*$', '').Trim() })
    $first = [System.Net.IPAddress]::Parse($ends[0]).GetAddressBytes()
    $last = [System.Net.IPAddress]::Parse($ends[-1]).GetAddressBytes()
    for ($index = 0; $index -lt $first.Length; $index++) {
        $mask = 255
        if ($Text -match '/(\d+)$') { $mask = 256 - [int][Math]::Pow(2, [Math]::Min(8, [Math]::Max(0, 8 * ($index + 1) - [int]$matches[1]))) }
        if ($Text -match '\((.+)\)$') { $mask = [int][System.Net.IPAddress]::Parse($matches[1]).GetAddressBytes()[$index] }
        if ($mask -lt 255) {
            $first[$index] = [byte]($first[$index] -band $mask)
            $last[$index] = [byte]($last[$index] -bor (255 - $mask))
        }
    }
    return ('{0}-{1}' -f (New-Object -TypeName System.Net.IPAddress -ArgumentList (, $first)), (New-Object -TypeName System.Net.IPAddress -ArgumentList (, $last)))
}

# Properties by the way in which Exchange prints them.
$exactProperties = @()
$rangeProperties = @()
$serverProperties = @('SourceTransportServers')
$flagProperties = @()
$sizeProperties = @()
$durationProperties = @()

# topology.yaml:45
$at = 'topology.yaml:45'
$config = Get-TransportConfig -ErrorAction Stop
# DOC S13: entries of others stay on the list.
$listed = @(Get-Text -Value $config.TLSSendDomainSecureList)
$missing = @(Get-MissingEntry -Property 'TLSSendDomainSecureList' -Entries @('fabrikam.com', 'fabrikam.net') -List $listed)
foreach ($domain in $missing) { Write-Finding -Text ('{0} is not on {1}' -f $domain, 'TLSSendDomainSecureList') }
# DOC R20: entries of others stay on the list.
$listed = @(Get-Text -Value $config.TLSReceiveDomainSecureList)
$missing = @(Get-MissingEntry -Property 'TLSReceiveDomainSecureList' -Entries @('fabrikam.com', 'fabrikam.net') -List $listed)
foreach ($domain in $missing) { Write-Finding -Text ('{0} is not on {1}' -f $domain, 'TLSReceiveDomainSecureList') }

# topology.yaml:7
$at = 'topology.yaml:7'
$domain = Get-TheOne -Of 'contoso.com' -Found @(Get-AcceptedDomain -ErrorAction Stop | Where-Object { [string]$_.DomainName -eq 'contoso.com' })
if ($null -eq $domain) { Write-Finding -Text 'accepted domain contoso.com is missing' }
elseif ([string]$domain.DomainType -ne 'Authoritative') { Write-Finding -Text 'accepted domain contoso.com is not Authoritative' }

# topology.yaml:27; DOC S3-S7, S8, S10, S13
$at = 'topology.yaml:27'
$wanted = @{
    'AddressSpaces' = @('SMTP:fabrikam.com;1', 'SMTP:fabrikam.net;1')
    'DomainSecureEnabled' = $true
    'Fqdn' = 'mail.contoso.com'
    'SourceTransportServers' = @('HUB01')
}
$connector = Get-TheOne -Of 'To Fabrikam' -Found @(Get-SendConnector -ErrorAction Stop | Where-Object { [string]$_.Name -eq 'To Fabrikam' })
if ($null -eq $connector) { Write-Finding -Text 'To Fabrikam is missing' }
else {
    Test-Wanted -Of 'To Fabrikam' -Actual $connector -Wanted $wanted
}

Write-Host -Object ('values compared: {0}' -f $compared)
Write-Host -Object ('findings: {0}' -f $findings)
if ($findings -gt 0) { exit 1 }
exit 0
