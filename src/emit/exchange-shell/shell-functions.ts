import { backupFunctions } from './backup-functions.ts';
import { comparingFunctions } from './comparing-functions.ts';
import { listeningFunctions } from './listening-functions.ts';
import { certificateFunctions, lookingFunctions } from './looking-functions.ts';
import type { ShellFunction } from './shell-function.ts';

const plainFunctions: readonly ShellFunction[] = [
  {
    name: 'Write-Change',
    text: String.raw`# Tells what was changed, and counts it.
function Write-Change {
    param([string]$Text)
    $script:changes++
    Write-Host -Object ('changed: {0}' -f $Text)
}`,
  },
  {
    name: 'Write-Finding',
    text: String.raw`# Gives what is not as it shall be as an object, with its place in the topology, and counts it.
function Write-Finding {
    param([string]$Text, [string]$Property, [string]$Actual, [string]$Wanted)
    $script:findings++
    $finding = New-Object -TypeName PSObject -Property @{ 'At' = $at; 'Finding' = $Text; 'Property' = $Property; 'Actual' = $Actual; 'Wanted' = $Wanted }
    Select-Object -InputObject $finding -Property @('At', 'Finding', 'Property', 'Actual', 'Wanted')
}`,
  },
  {
    name: 'Get-TheOne',
    text: String.raw`# Gives the one object of a list, nothing where the list is empty, and stops where there are several.
function Get-TheOne {
    param([string]$Of, [object[]]$Found)
    if ($Found.Count -gt 1) { throw ('{0}: there are {1} of this name' -f $Of, $Found.Count) }
    if ($Found.Count -eq 1) { return $Found[0] }
}`,
  },
  {
    name: 'Get-Text',
    text: String.raw`# Gives the texts of a value that may be nothing, one thing or a list.
function Get-Text {
    param($Value)
    foreach ($one in @($Value)) { if ($null -ne $one) { [string]$one } }
}`,
  },
  {
    name: 'Get-Missing',
    text: String.raw`# Gives the entries that a list does not have yet.
function Get-Missing {
    param([string[]]$Entries, [string[]]$List)
    foreach ($entry in $Entries) { if ($List -notcontains $entry) { $entry } }
}`,
  },
  {
    name: 'Get-AcceptedDomainName',
    text: String.raw`# Gives the name by which the cmdlets know an accepted domain; where there is none they will say so.
function Get-AcceptedDomainName {
    param([string]$Domain)
    $found = Get-TheOne -Of $Domain -Found @(Get-AcceptedDomain -ErrorAction Stop | Where-Object { [string]$_.DomainName -eq $Domain })
    if ($null -eq $found) { return $Domain }
    return [string]$found.Name
}`,
  },
  {
    name: 'Get-UserName',
    text: String.raw`# Gives the user name of a credential; Get-Credential of PowerShell 2.0 puts a backslash in front.
function Get-UserName {
    param($Credential)
    if ($null -eq $Credential) { return '' }
    return ([string]$Credential.UserName).TrimStart('\'.ToCharArray())
}`,
  },
  {
    name: 'Get-AccountName',
    text: String.raw`# Gives a well-known account the name that it has on this Windows; it is another one where the language is.
function Get-AccountName {
    param([string]$Sid, [string]$Otherwise)
    try { return (New-Object -TypeName System.Security.Principal.SecurityIdentifier -ArgumentList $Sid).Translate([System.Security.Principal.NTAccount]).Value }
    catch { return $Otherwise }
}`,
  },
];

const shellFunctions = [
  ...plainFunctions,
  ...backupFunctions,
  ...comparingFunctions,
  ...lookingFunctions,
  ...listeningFunctions,
  ...certificateFunctions,
];

/** Gives the functions that a script calls, and those that they call, in one order for all scripts. */
export function shellFunctionsFor(body: string): readonly string[] {
  const needed = new Set<string>();
  const need = (text: string): void => {
    for (const { name, text: itsText } of shellFunctions) {
      if (needed.has(name) || !new RegExp(`(?<![\\w-])${name}(?![\\w-])`).test(text)) continue;
      needed.add(name);
      need(itsText);
    }
  };
  need(body);
  return shellFunctions.filter(({ name }) => needed.has(name)).map(({ text }) => text);
}
