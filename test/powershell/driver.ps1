# Runs the scripts of one place against the fake Exchange, again and again, and tells what each run did.
param([string]$Folder, [string]$Key, [string]$Seed)
$runs = [ordered]@{}
function Measure-Run {
    param($Name, $Script, $Given = @{})
    $before = $global:PSHostCalls.Count
    $failure = $null
    $said = @()
    $global:LASTEXITCODE = 0
    try { $said = @(& $Script @Given *>&1) } catch { $failure = [string]$_ }
    foreach ($one in @($said | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] })) { $failure = $one.Exception.Message }
    $calls = @($global:PSHostCalls | Select-Object)
    $runs[$Name] = @{ failure = $failure; exit = $global:LASTEXITCODE; findings = @($said | Where-Object { $_ -and $_.PSObject.Properties['Finding'] } | ForEach-Object { $_.Finding }); calls = @($calls[$before..($calls.Count)] | Where-Object { $_ } | ForEach-Object { $_.command }) }
}
$script:at = { param($Name) [System.IO.Path]::Combine($Folder, $Name) }
$apply = & $at '10-apply.ps1'
$verify = & $at '40-verify.ps1'
$backup = & $at '05-backup.ps1'
$rollback = & $at '90-rollback.ps1'
# What Exchange holds, apart from the memory that it lies in.
function Copy-FakeState { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize(@{ send = $global:Fake.SendConnector; receive = $global:Fake.ReceiveConnector; config = $global:Fake.TransportConfig; domains = $global:Fake.AcceptedDomain; permissions = $global:Fake.ADPermission; roots = @($global:Fake.Root | ForEach-Object { $_.Thumbprint }); certificates = @($global:Fake.ExchangeCertificate | ForEach-Object { $_.Thumbprint }) }, 8)) }
$states = @{}
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
Measure-Run -Name 'failed read' -Script $apply -Given ($given + @{ WithoutBackup = $true })
$global:FakeFails = ''
$states['before'] = Copy-FakeState
Measure-Run -Name 'without backup' -Script $apply -Given $given
Measure-Run -Name 'backup' -Script $backup
Measure-Run -Name 'first' -Script $apply -Given $given
$all = @{}
foreach ($name in (Get-Command -Name $rollback).Parameters.Keys) { if ($name -eq 'RemoveCertificates') { $all[$name] = $true } }
Measure-Run -Name 'rollback what if' -Script $rollback -Given ($all + @{ WhatIf = $true })
Measure-Run -Name 'rollback' -Script $rollback -Given $all
$states['rolled back'] = Copy-FakeState
Measure-Run -Name 'rollback again' -Script $rollback -Given $all
Measure-Run -Name 'apply after rollback' -Script $apply -Given $given
Measure-Run -Name 'verified' -Script $verify
Measure-Run -Name 'second' -Script $apply
foreach ($one in @($global:Fake.ReceiveConnector)) { $one['RemoteIPRanges'] = [System.Collections.ArrayList]@('10.99.0.0/16') }
foreach ($one in @($global:Fake.SendConnector | Where-Object { $_.Name -ne 'Somebody else''s' })) { $one['AddressSpaces'] = [System.Collections.ArrayList]@('SMTP:elsewhere.example;1') }
foreach ($one in @($global:Fake.AcceptedDomain)) { $one['DomainType'] = 'ExternalRelay' }
$global:Fake.TransportConfig['TLSSendDomainSecureList'] = [System.Collections.ArrayList]@('tailspin.com')
Measure-Run -Name 'found drift' -Script $verify
$states['drifted'] = Copy-FakeState
$second = @{ BackupFolder = (& $at 'second') }
Measure-Run -Name 'backup of drift' -Script $backup -Given $second
Measure-Run -Name 'applied over drift' -Script $apply -Given $second
Measure-Run -Name 'rollback to drift' -Script $rollback -Given $second
$states['drifted again'] = Copy-FakeState
Measure-Run -Name 'mended' -Script $apply
Measure-Run -Name 'verified again' -Script $verify
foreach ($name in '20-synchronize.ps1', '30-restart.ps1') { if ([System.IO.File]::Exists((& $at $name))) { Measure-Run -Name $name -Script (& $at $name); Measure-Run -Name "$name what if" -Script (& $at $name) -Given @{ WhatIf = $true } } }
foreach ($one in @($global:Fake.ReceiveConnector)) { $copy = @{} + $one; $copy['Name'] = 'Stranger'; [void]$global:Fake.ReceiveConnector.Add($copy) }
Measure-Run -Name 'preflight with a stranger' -Script (& $at '00-preflight.ps1')
@{ runs = $runs; states = $states; state = @{ send = $global:Fake.SendConnector; receive = $global:Fake.ReceiveConnector; config = $global:Fake.TransportConfig; domains = $global:Fake.AcceptedDomain; permissions = $global:Fake.ADPermission } }
