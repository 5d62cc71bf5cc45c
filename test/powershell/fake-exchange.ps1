# A small Exchange in memory, for tests: it keeps what scripts make and set, prints it back the way Exchange does, and
# refuses what Exchange refuses. The commands themselves, with the parameters of one version, are generated around it.
$global:Fake = @{
    ReceiveConnector = [System.Collections.ArrayList]::new(); SendConnector = [System.Collections.ArrayList]::new()
    AcceptedDomain = [System.Collections.ArrayList]::new(); ExchangeCertificate = [System.Collections.ArrayList]::new()
    ADPermission = [System.Collections.ArrayList]::new(); TransportConfig = @{}; Root = [System.Collections.ArrayList]::new()
}
# A command whose name is like this fails, as when a domain controller does not answer.
$global:FakeFails = ''

function Write-FakeCall { param($Command, $Bound) [void]$global:PSHostCalls.Add(@{ command = $Command; parameters = @($Bound.Keys | ForEach-Object { [string]$_ }) }) }

# How Exchange prints a value of a type; multi-valued properties are lists of texts.
function ConvertTo-Printed {
    param($Property, $Value)
    if ($null -eq $Value -or $Value -is [bool] -or $Value -is [pscredential]) { return $Value }
    $type = $FakeTypes[$Property]
    if ($type.Multi) { return , [System.Collections.ArrayList]@($Value | ForEach-Object { ConvertTo-PrintedOne -Type $type.Name -Text ([string]$_) }) }
    if ($type.Name -in 'AuthMechanisms', 'PermissionGroups', 'MessageRateSourceFlags', 'ErrorPolicies') { return (@($Value) -join ', ') }
    return (ConvertTo-PrintedOne -Type $type.Name -Text ([string]$Value))
}
function ConvertTo-PrintedOne {
    param($Type, $Text)
    if ($Type -in 'ByteQuantifiedSize', 'Unlimited' -and $Text -match '^(\d+)(B|KB|MB|GB)$') {
        $bytes = [long]$matches[1] * @{ B = 1; KB = 1KB; MB = 1MB; GB = 1GB }[$matches[2]]
        return ('{0} KB ({1:N0} bytes)' -f ($bytes / 1KB), $bytes)
    }
    if ($Type -eq 'IPRange' -and $Text -match '^(\d+\.\d+\.\d+)\.0/24$') { return ('{0}.0-{0}.255' -f $matches[1]) }
    if ($Type -eq 'IPRange' -and $Text -match '^(.+)/26$') { return ('{0}(255.255.255.192)' -f $matches[1]) }
    if ($Type -eq 'SmartHost' -and $Text -match '^[\d.]+$') { return ('[{0}]' -f $Text) }
    return $Text
}

function Assert-Fake { param($Condition, $Message) if (-not $Condition) { throw $Message } }
function Test-FakeReceiveConnector {
    param($One)
    $mechanisms = @(([string]$One.AuthMechanism).Split(',') | ForEach-Object { $_.Trim() })
    Assert-Fake -Condition ($One.Bindings -and $One.RemoteIPRanges) -Message 'Bindings and RemoteIPRanges are needed'
    Assert-Fake -Condition (-not $One.RequireTLS -or $mechanisms -contains 'Tls') -Message 'RequireTLS needs Tls'
    Assert-Fake -Condition (-not $One.DomainSecureEnabled -or $mechanisms -contains 'Tls') -Message 'DomainSecureEnabled needs Tls'
    $same = @($global:Fake.ReceiveConnector | Where-Object { $_ -ne $One -and $_.Server -eq $One.Server -and "$($_.Bindings)|$($_.RemoteIPRanges)" -eq "$($One.Bindings)|$($One.RemoteIPRanges)" })
    Assert-Fake -Condition ($same.Count -eq 0) -Message 'another connector has these bindings and ranges'
}
function Test-FakeSendConnector {
    param($One, $Bound)
    Assert-Fake -Condition ($One.AddressSpaces) -Message 'AddressSpaces are needed'
    Assert-Fake -Condition (-not ($One.RequireTLS -and $One.IgnoreSTARTTLS)) -Message 'RequireTLS contradicts IgnoreSTARTTLS'
    Assert-Fake -Condition ($One.DNSRoutingEnabled -ne $false -or $One.SmartHosts) -Message 'smart hosts are needed'
    Assert-Fake -Condition (-not ($Bound.ContainsKey('DNSRoutingEnabled') -and -not $Bound['DNSRoutingEnabled'] -and -not $Bound.ContainsKey('SmartHosts'))) -Message 'SmartHosts must stand beside DNSRoutingEnabled'
    Assert-Fake -Condition ([string]$One.SmartHostAuthMechanism -notlike 'BasicAuth*' -or $One.AuthenticationCredential) -Message 'AuthenticationCredential is needed'
}

function Invoke-New {
    param($Noun, $Bound)
    $one = @{}
    foreach ($property in $FakeProperties[$Noun]) { $one[$property] = $null }
    if ($Noun -eq 'ReceiveConnector') { $one['AuthMechanism'] = 'Tls'; $one['Server'] = if ($Bound.ContainsKey('Server')) { $Bound['Server'] } else { $FakeServer } }
    if ($Noun -eq 'AcceptedDomain') { $one['DomainName'] = $Bound['DomainName'] }
    foreach ($key in $Bound.Keys) { if ($one.ContainsKey($key)) { $one[$key] = ConvertTo-Printed -Property $key -Value $Bound[$key] } }
    $one['Name'] = [string]$Bound['Name']
    $list = $global:Fake[$Noun]
    Assert-Fake -Condition (@($list | Where-Object { $_.Name -eq $one.Name -and $_.Server -eq $one.Server }).Count -eq 0) -Message "$($one.Name) is there already"
    if ($Noun -eq 'ReceiveConnector') { Test-FakeReceiveConnector -One $one }
    if ($Noun -eq 'SendConnector') { Test-FakeSendConnector -One $one -Bound $Bound }
    [void]$list.Add($one)
    return [pscustomobject]$one
}
function Invoke-Set {
    param($Noun, $Bound)
    if ($Noun -eq 'TransportConfig') { $one = $global:Fake.TransportConfig }
    else {
        $found = @($global:Fake[$Noun] | Where-Object { $_.Name -eq $Bound['Identity'] -or "$($_.Server)\$($_.Name)" -eq $Bound['Identity'] })
        Assert-Fake -Condition ($found.Count -eq 1) -Message "$($Bound['Identity']) was not found"
        $one = $found[0]
    }
    foreach ($key in $Bound.Keys) { if ($FakeProperties[$Noun] -contains $key -and $key -notin 'Identity', 'Confirm', 'WhatIf') { $one[$key] = ConvertTo-Printed -Property $key -Value $Bound[$key] } }
    if ($Noun -eq 'ReceiveConnector') { Test-FakeReceiveConnector -One $one }
    if ($Noun -eq 'SendConnector') { Test-FakeSendConnector -One $one -Bound $Bound }
}
function Invoke-Remove {
    param($Noun, $Bound)
    $found = @($global:Fake[$Noun] | Where-Object { $_.Name -eq $Bound['Identity'] -or "$($_.Server)\$($_.Name)" -eq $Bound['Identity'] })
    Assert-Fake -Condition ($found.Count -eq 1) -Message "$($Bound['Identity']) was not found"
    $global:Fake[$Noun].Remove($found[0])
    if ($Noun -eq 'ReceiveConnector') { foreach ($one in @($global:Fake.ADPermission | Where-Object { $_.Identity -eq "CN=$($found[0].Name),CN=$($found[0].Server)" })) { $global:Fake.ADPermission.Remove($one) } }
}
function Invoke-Get {
    param($Noun, $Bound)
    if ($Noun -eq 'TransportConfig') { return [pscustomobject]$global:Fake.TransportConfig }
    if ($Noun -eq 'ExchangeServer') { return @($FakeServers | ForEach-Object { [pscustomobject]$_ }) }
    if ($Noun -eq 'EdgeSubscription') { return @($FakeServers | Where-Object { $_.Subscribed } | ForEach-Object { [pscustomobject]@{ Name = $_.Name } }) }
    foreach ($one in @($global:Fake[$Noun])) {
        if ($Noun -eq 'ReceiveConnector' -and $Bound.ContainsKey('Server') -and $one.Server -ne $Bound['Server']) { continue }
        if ($Noun -eq 'ADPermission' -and $one.Identity -ne $Bound['Identity']) { continue }
        $copy = @{} + $one
        if ($Noun -in 'ReceiveConnector', 'SendConnector') {
            $copy['Identity'] = if ($one.Server) { "$($one.Server)\$($one.Name)" } else { $one.Name }
            $copy['DistinguishedName'] = "CN=$($one.Name),CN=$($one.Server)"
        }
        [pscustomobject]$copy
    }
}
function Read-FakeCertificate {
    param($Certificate)
    $names = @($Certificate.Extensions | Where-Object { $_.Oid.Value -eq '2.5.29.17' } | ForEach-Object { $_.EnumerateDnsNames() })
    return @{ Thumbprint = $Certificate.Thumbprint; NotBefore = $Certificate.NotBefore; NotAfter = $Certificate.NotAfter; HasPrivateKey = $true; Services = 'None'; CertificateDomains = [System.Collections.ArrayList]$names }
}
function Invoke-FakeExchange {
    param($Command, $Bound)
    if ($Command -like $global:FakeFails) { throw "$($Command): the domain controller does not answer" }
    $verb, $noun = $Command.Split('-')
    if ($verb -eq 'Get' -or $verb -eq 'Test') { if ($verb -eq 'Test') { return [pscustomobject]@{ Name = 'EDGE01'; SyncStatus = 'Normal' } } else { return (Invoke-Get -Noun $noun -Bound $Bound) } }
    $result = switch ($Command) {
        'Import-ExchangeCertificate' {
            $bytes = if ($Bound.ContainsKey('FileData')) { $Bound['FileData'] } else { [System.IO.File]::ReadAllBytes($Bound['Path']) }
            Assert-Fake -Condition ($Bound['Password'] -is [securestring]) -Message 'a password is needed'
            [void]$global:Fake.ExchangeCertificate.Add((Read-FakeCertificate -Certificate ([System.Security.Cryptography.X509Certificates.X509Certificate2]::new([byte[]]$bytes))))
        }
        'Enable-ExchangeCertificate' {
            $one = @($global:Fake.ExchangeCertificate | Where-Object { $_.Thumbprint -eq $Bound['Thumbprint'] })[0]
            $one.Services = (@($one.Services.Split(',').Trim() | Where-Object { $_ -ne 'None' }) + @($Bound['Services'])) -join ', '
        }
        'Add-ADPermission' {
            # Rights beside the groups show as one more group.
            $global:Fake.ReceiveConnector | Where-Object { "CN=$($_.Name),CN=$($_.Server)" -eq $Bound['Identity'] -and $_.PermissionGroups -notlike '*Custom' } | ForEach-Object { $_.PermissionGroups = "$($_.PermissionGroups), Custom" }
            [void]$global:Fake.ADPermission.Add(@{ Identity = $Bound['Identity']; User = $Bound['User']; Deny = $false; ExtendedRights = [System.Collections.ArrayList]@($Bound['ExtendedRights']) })
        }
        'Start-EdgeSynchronization' { }
        'Remove-ADPermission' {
            $gone = @($global:Fake.ADPermission | Where-Object { $_.Identity -eq $Bound['Identity'] -and $_.User -eq $Bound['User'] -and @($_.ExtendedRights) -contains $Bound['ExtendedRights'] })
            Assert-Fake -Condition ($gone.Count -eq 1) -Message 'no such permission'
            $global:Fake.ADPermission.Remove($gone[0])
            if (@($global:Fake.ADPermission | Where-Object { $_.Identity -eq $Bound['Identity'] }).Count -eq 0) { $global:Fake.ReceiveConnector | Where-Object { "CN=$($_.Name),CN=$($_.Server)" -eq $Bound['Identity'] } | ForEach-Object { $_.PermissionGroups = $_.PermissionGroups -replace ', Custom$', '' } }
        }
        'Remove-ExchangeCertificate' {
            $gone = @($global:Fake.ExchangeCertificate | Where-Object { $_.Thumbprint -eq $Bound['Thumbprint'] })
            Assert-Fake -Condition ($gone.Count -eq 1) -Message 'no such certificate'
            $global:Fake.ExchangeCertificate.Remove($gone[0])
        }
        default { if ($verb -eq 'New') { Invoke-New -Noun $noun -Bound $Bound } elseif ($verb -eq 'Remove') { Invoke-Remove -Noun $noun -Bound $Bound } else { Invoke-Set -Noun $noun -Bound $Bound } }
    }
    Write-FakeCall -Command $Command -Bound $Bound
    return $result
}

# The store of trusted roots and the services belong to the computer, not to Exchange.
$plainNewObject = (Get-Command -Name New-Object).ScriptBlock
function New-Object {
    param([string]$TypeName, [object[]]$ArgumentList, [System.Collections.IDictionary]$Property)
    if ($TypeName -ne 'System.Security.Cryptography.X509Certificates.X509Store') { return , (& $plainNewObject @PSBoundParameters) }
    $store = [pscustomobject]@{ Certificates = @($global:Fake.Root) }
    Add-FakeMethod -Object $store -Name 'Open' -Body { }
    Add-FakeMethod -Object $store -Name 'Close' -Body { }
    Add-FakeMethod -Object $store -Name 'Remove' -Body { param($Root) foreach ($one in @($global:Fake.Root | Where-Object { $_.Thumbprint -eq $Root.Thumbprint })) { $global:Fake.Root.Remove($one) }; [void]$global:PSHostCalls.Add(@{ command = 'X509Store.Remove'; parameters = @() }) }
    Add-FakeMethod -Object $store -Name 'Add' -Body { param($Root) [void]$global:Fake.Root.Add($Root); [void]$global:PSHostCalls.Add(@{ command = 'X509Store.Add'; parameters = @() }) }
    return $store
}
function Add-FakeMethod { param($Object, $Name, $Body) $Object.PSObject.Members.Add([System.Management.Automation.PSScriptMethod]::new($Name, $Body)) }
function Get-Service { 'MSExchangeTransport', 'MSExchangeFrontEndTransport' | ForEach-Object { [pscustomobject]@{ Name = $_; Status = 'Running' } } }
