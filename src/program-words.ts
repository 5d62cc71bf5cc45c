import type { Argument, Command, Option } from 'commander';
import { FormatOption } from './command-options.ts';
import { formatNames } from './command/format-names.ts';
import { queueActions } from './command/queue-actions.ts';
import { shells } from './command/shells.ts';
import { exchangeVersions } from './exchange/version.ts';
import { builtIn } from './lint/built-in.ts';
import type {
  ArgumentWords,
  CommandWords,
  OptionWords,
  ProgramWords,
  ValueKind,
} from './manual/command-words.ts';
import { packageManifest } from './package.ts';
import { rules } from '../rules/index.ts';

/** What stands behind a placeholder of help, such as `<folder>`; what is not here is free text. */
const kinds: ReadonlyMap<string, ValueKind> = new Map<string, ValueKind>([
  ['file', { kind: 'file' }],
  ['folder', { kind: 'folder' }],
  ['rule', { kind: 'words', words: [...rules, ...builtIn].map(({ id }) => id) }],
  ['format[=file]', { kind: 'words', words: formatNames }],
  ['version', { kind: 'words', words: exchangeVersions }],
  ['action', { kind: 'words', words: queueActions }],
  ['shell', { kind: 'words', words: shells }],
]);

const freeText: ValueKind = { kind: 'text' };

function otherwiseOf({ defaultValue, defaultValueDescription }: Option | Argument): string | undefined {
  if (defaultValueDescription !== undefined) return defaultValueDescription;
  return typeof defaultValue === 'string' ? defaultValue : undefined;
}

function optionWords(option: Option): OptionWords {
  const name = /<(.*)>$/.exec(option.flags)?.[1];
  const takes: ValueKind =
    option instanceof FormatOption
      ? { kind: 'words', words: option.formats }
      : (kinds.get(name ?? '') ?? freeText);
  const otherwise = otherwiseOf(option);
  return {
    long: option.long ?? option.flags,
    ...(option.short === undefined ? {} : { short: option.short }),
    presence: option.mandatory ? 'required' : 'optional',
    ...(name === undefined ? {} : { value: { name, takes } }),
    summary: option.description,
    ...(otherwise === undefined ? {} : { otherwise }),
  };
}

function argumentWords(argument: Argument, program: Command): ArgumentWords {
  const name = argument.name();
  const commands: ValueKind = { kind: 'words', words: program.commands.map((command) => command.name()) };
  return {
    name,
    takes: name === 'command' ? commands : (kinds.get(name) ?? freeText),
    presence: argument.required ? 'required' : 'optional',
    count: argument.variadic ? 'many' : 'one',
    summary: argument.description,
  };
}

function commandWords(command: Command, program: Command): CommandWords {
  return {
    name: command.name(),
    summary: command.description(),
    arguments: command.registeredArguments.map((argument) => argumentWords(argument, program)),
    options: command.createHelp().visibleOptions(command).map(optionWords),
  };
}

/** Reads the command line that commander knows into plain words. */
export function programWords(program: Command): ProgramWords {
  const help = program.createHelp();
  return {
    name: program.name(),
    version: packageManifest().version,
    summary: program.description(),
    options: help.visibleOptions(program).map(optionWords),
    commands: help.visibleCommands(program).map((command) => commandWords(command, program)),
  };
}
