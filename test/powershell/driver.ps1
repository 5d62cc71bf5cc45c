# Runs the scripts of one place against the fake Exchange, again and again, and tells what each run did.
param([string]$Folder, [string]$Key, [string]$Seed)
$runs = [ordered]@{}
function Measure-Run {
    param($Name, $Script, $Given = @{})
    $before = $global:PSHostCalls.Count
    $failure = $null
    $global:LASTEXITCODE = 0
    try { & $Script @Given *> $null } catch { $failure = [string]$_ }
    $calls = @($global:PSHostCalls | Select-Object)
    $runs[$Name] = @{ failure = $failure; exit = $global:LASTEXITCODE; calls = @($calls[$before..($calls.Count)] | Where-Object { $_ } | ForEach-Object { $_.command }) }
}
$script:at = { param($Name) [System.IO.Path]::Combine($Folder, $Name) }
$apply = & $at '10-apply.ps1'
$verify = & $at '40-verify.ps1'
$given = @{}
$secret = [securestring]::new(); 'secret'.ToCharArray() | ForEach-Object { $secret.AppendChar($_) }
foreach ($name in (Get-Command -Name $apply).Parameters.Keys) {
    if ($name -like '*Pfx') { $given[$name] = $Key }
    elseif ($name -like '*Password') { $given[$name] = $secret }
    elseif ($name -like '*Credential') { $given[$name] = [pscredential]::new('contoso', $secret) }
}
if ($Seed) { [void]$global:Fake.ExchangeCertificate.Add((Read-FakeCertificate -Certificate ([System.Security.Cryptography.X509Certificates.X509Certificate2]::new([System.IO.File]::ReadAllBytes($Seed))))) }
$global:Fake.TransportConfig = @{} ; $global:FakeProperties['TransportConfig'] | ForEach-Object { $global:Fake.TransportConfig[$_] = $null }
$global:Fake.TransportConfig['TLSReceiveDomainSecureList'] = [System.Collections.ArrayList]@('tailspin.com')
[void]$global:Fake.SendConnector.Add(@{ Name = 'Somebody else''s'; AddressSpaces = [System.Collections.ArrayList]@('SMTP:other.example;1') })

Measure-Run -Name 'preflight' -Script (& $at '00-preflight.ps1')
Measure-Run -Name 'what if' -Script $apply -Given ($given + @{ WhatIf = $true })
$global:FakeFails = 'Get-*'
Measure-Run -Name 'failed read' -Script $apply -Given $given
$global:FakeFails = ''
Measure-Run -Name 'first' -Script $apply -Given $given
Measure-Run -Name 'verified' -Script $verify
Measure-Run -Name 'second' -Script $apply
foreach ($one in @($global:Fake.ReceiveConnector)) { $one['RemoteIPRanges'] = [System.Collections.ArrayList]@('10.99.0.0/16') }
foreach ($one in @($global:Fake.SendConnector | Where-Object { $_.Name -ne 'Somebody else''s' })) { $one['AddressSpaces'] = [System.Collections.ArrayList]@('SMTP:elsewhere.example;1') }
foreach ($one in @($global:Fake.AcceptedDomain)) { $one['DomainType'] = 'ExternalRelay' }
$global:Fake.TransportConfig['TLSSendDomainSecureList'] = [System.Collections.ArrayList]@('tailspin.com')
Measure-Run -Name 'found drift' -Script $verify
Measure-Run -Name 'mended' -Script $apply
Measure-Run -Name 'verified again' -Script $verify
foreach ($name in '20-synchronize.ps1', '30-restart.ps1') { if ([System.IO.File]::Exists((& $at $name))) { Measure-Run -Name $name -Script (& $at $name); Measure-Run -Name "$name what if" -Script (& $at $name) -Given @{ WhatIf = $true } } }
@{ runs = $runs; state = @{ send = $global:Fake.SendConnector; receive = $global:Fake.ReceiveConnector; config = $global:Fake.TransportConfig; domains = $global:Fake.AcceptedDomain; permissions = $global:Fake.ADPermission } }
