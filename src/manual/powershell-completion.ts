import type { ArgumentWords, OptionWords, ProgramWords, ValueWords } from './command-words.ts';

/** Writes a PowerShell single-quoted string. Source: PS about_Quoting_Rules, PS CharTraits.IsSingleQuote. */
function quote(text: string): string {
  return `'${text.replaceAll(/['\u2018-\u201b]/g, '$&$&')}'`;
}

function table(rows: readonly (readonly [string, string])[], indent: string): string {
  if (rows.length === 0) return '@{}';
  return `[ordered]@{\n${rows.map(([key, value]) => `${indent}    ${quote(key)} = ${value}`).join('\n')}\n${indent}}`;
}

/** The words that can stand there; without any, PowerShell completes names of files by itself. */
function wordsOf(value: ValueWords | undefined): string {
  if (value?.takes.kind !== 'words') return '@()';
  return `@(${value.takes.words.map(quote).join(', ')})`;
}

function optionRows(options: readonly OptionWords[]): readonly (readonly [string, string])[] {
  return options.flatMap(({ long, short, summary, value }) => {
    const row = `@{ Text = ${quote(summary)}; Takes = $${value === undefined ? 'false' : 'true'}; Words = ${wordsOf(value)} }`;
    return [...(short === undefined ? [] : [short]), long].map((flag) => [flag, row] as const);
  });
}

function commandRow(
  summary: string,
  options: readonly OptionWords[],
  [first]: readonly ArgumentWords[],
): string {
  const rows = optionRows(options);
  return `@{ Text = ${quote(summary)}; Words = ${wordsOf(first)}; Options = ${table(rows, '        ')} }`;
}

/**
 * Writes the completion for PowerShell, from 5.0 on.
 * Source: PS Register-ArgumentCompleter.
 */
export function powershellCompletion({ name, summary, options, commands }: ProgramWords): string {
  const rows = commands.map((command) => {
    return [command.name, commandRow(command.summary, command.options, command.arguments)] as const;
  });
  return `# Completion of ${name} for PowerShell; made by "${name} completion powershell".

Register-ArgumentCompleter -Native -CommandName ${quote(name)} -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $program = ${commandRow(summary, options, [])}
    $commands = ${table(rows, '    ')}
    $before = @($commandAst.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.ToString() })
    $name = $before | Where-Object { -not $_.StartsWith('-') } | Select-Object -First 1
    $command = if ($name -and $commands.Contains($name)) { $commands[$name] } else { $program }
    $offered = [ordered]@{}
    $previous = if ($before.Count -gt 0) { $before[-1] } else { '' }
    $option = if ($previous.StartsWith('-') -and $command.Options.Contains($previous)) { $command.Options[$previous] }
    if ($option -and $option.Takes) {
        $option.Words | ForEach-Object { $offered[$_] = $_ }
    } elseif ($wordToComplete.StartsWith('-')) {
        $command.Options.Keys | ForEach-Object { $offered[$_] = $command.Options[$_].Text }
    } elseif (-not $name) {
        $commands.Keys | ForEach-Object { $offered[$_] = $commands[$_].Text }
    } else {
        $command.Words | ForEach-Object { $offered[$_] = $_ }
    }
    $offered.Keys | Where-Object { $_.StartsWith($wordToComplete, [StringComparison]::Ordinal) } | ForEach-Object {
        [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $offered[$_])
    }
}
`;
}
