import type { ShellFunction } from './shell-function.ts';

/**
 * How the scripts note how things are and go back to it.
 *
 * A backup holds texts, truth values and lists of texts alone, so that every PowerShell since 2.0 reads back what another
 * one wrote, whatever types the Exchange shell of the day has.
 * Source: PS Export-Clixml -Depth, PS Import-Clixml.
 */
export const backupFunctions: readonly ShellFunction[] = [
  {
    name: 'Save-Object',
    text: String.raw`# Notes how an object is now, also that it is not there.
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
}`,
  },
  {
    name: 'ConvertTo-Saved',
    text: String.raw`# Makes texts of a value, which any PowerShell reads back; of a credential only its user name.
function ConvertTo-Saved {
    param($Value)
    if ($null -eq $Value -or $Value -is [bool]) { return $Value }
    if ($Value -is [System.Management.Automation.PSCredential]) { return (Get-UserName -Credential $Value) }
    if ($Value -isnot [string] -and $Value -is [System.Collections.IEnumerable]) { return , [string[]]@(Get-Text -Value $Value) }
    return [string]$Value
}`,
  },
  {
    name: 'Get-BackupFile',
    text: String.raw`# Gives the backups of a folder, the newest last.
function Get-BackupFile {
    param([string]$Folder, [string]$Pattern)
    if ([System.IO.Directory]::Exists($Folder)) { [System.IO.Directory]::GetFiles($Folder, $Pattern) | Sort-Object }
}`,
  },
  {
    name: 'Read-Backup',
    text: String.raw`# Reads a backup; one of another place is none.
function Read-Backup {
    param([string]$Path, [string]$Place)
    $backup = Import-Clixml -Path ([System.Management.Automation.WildcardPattern]::Escape($Path))
    if ($backup -isnot [hashtable] -or [string]$backup['Place'] -ne $Place) { throw ('{0} is no backup of {1}' -f $Path, $Place) }
    return $backup
}`,
  },
  {
    name: 'Get-Saved',
    text: String.raw`# Gives what a backup has about an object, and stops where it has nothing.
function Get-Saved {
    param($Backup, [string]$Key)
    $saved = @(@($Backup['Objects']) | Where-Object { $_['Key'] -ceq $Key })
    if ($saved.Count -ne 1) { throw ('the backup does not have {0}: it was made for other scripts' -f $Key) }
    return $saved[0]
}`,
  },
  {
    name: 'Get-Former',
    text: String.raw`# Gives saved values in the form in which a cmdlet takes them.
function Get-Former {
    param([hashtable]$Values, [string[]]$Properties)
    $former = @{}
    foreach ($property in @($Properties | Where-Object { $Values.ContainsKey($_) })) {
        $value = $Values[$property]
        if ($null -eq $value -or $value -is [bool]) { $former[$property] = $value }
        elseif ($sizeProperties -contains $property) { $former[$property] = ConvertTo-SizeText -Text $value }
        elseif ($flagProperties -contains $property) {
            # Custom tells of single rights; it cannot be set.
            $flags = [string[]]@(@(Get-Text -Value $value) | ForEach-Object { $_.Split(',') } | ForEach-Object { $_.Trim() } | Where-Object { $property -ne 'PermissionGroups' -or $_ -ne 'Custom' })
            if ($flags.Count -eq 0) { $flags = [string[]]@('None') }
            $former[$property] = $flags
            if ($flags.Count -eq 1) { $former[$property] = $flags[0] }
        }
        elseif ($value -is [string]) { $former[$property] = $value }
        else {
            $texts = [string[]]@(Get-Text -Value $value)
            if ($serverProperties -contains $property) { $texts = [string[]]@($texts | ForEach-Object { $_.Split('/\'.ToCharArray())[-1] }) }
            if ($texts.Count -eq 0) { $former[$property] = $null } else { $former[$property] = $texts }
        }
    }
    return $former
}`,
  },
  {
    name: 'ConvertTo-SizeText',
    text: String.raw`# Writes a size with its unit, which every version reads alike; an unlimited one is a word.
function ConvertTo-SizeText {
    param([string]$Text)
    $bytes = ConvertTo-ByteCount -Text $Text
    if ($bytes -notmatch '^\d+$') { return $bytes }
    if ([long]$bytes % 1024 -eq 0) { return ('{0}KB' -f ([long]$bytes / 1024)) }
    return ('{0}B' -f $bytes)
}`,
  },
];
