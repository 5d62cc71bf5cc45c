import { exitCode } from '../run.ts';
import type { ArgumentWords, CommandWords, OptionWords, ProgramWords, ValueWords } from './command-words.ts';
import { exitMeanings } from './exit-meanings.ts';
import {
  description,
  environment,
  examples,
  files,
  findingsText,
  pageDate,
  suppression,
  type Entry,
} from './manual-text.ts';
import { mdocArgument, mdocText, troff } from './mdoc.ts';

function sentence(text: string): string {
  const [first = ''] = text;
  return `${first.toUpperCase()}${text.slice(1)}.`;
}

function literal(text: string): string {
  return `.Bd -literal -offset indent\n${text
    .split('\n')
    .map((line) => troff(line).replace(/^(?=[.])/, '\\&'))
    .join('\n')}\n.Ed`;
}

/** The words that can stand there, where they are few enough to be read. */
function choices(value: ValueWords, text: string): string {
  const { takes } = value;
  if (takes.kind !== 'words' || takes.words.length > 12) return '';
  return takes.words.every((word) => text.includes(word)) ? '' : `; one of ${takes.words.join(', ')}`;
}

function argumentMacro({ name, presence, count }: ArgumentWords): string {
  const shown = `${mdocArgument(name)}${count === 'many' ? ' ...' : ''}`;
  return presence === 'required' ? `.Ar ${shown}` : `.Op Ar ${shown}`;
}

function optionItem({ long, short, value, summary, otherwise }: OptionWords): string {
  const flag = (name: string): string => `Fl ${mdocArgument(name.slice(1))}`;
  const flags = short === undefined ? flag(long) : `${flag(short)} , ${flag(long)}`;
  const takes = value === undefined ? '' : ` Ar ${mdocArgument(value.name)}`;
  const standard = otherwise === undefined || otherwise === '' ? '' : ` (default: ${otherwise})`;
  const list = value === undefined ? '' : choices(value, summary);
  return `.It ${flags}${takes}\n${mdocText(sentence(`${summary}${list}${standard}`))}`;
}

function argumentItem(argument: ArgumentWords): string {
  const { name, summary } = argument;
  return `.It Ar ${mdocArgument(name)}\n${mdocText(sentence(`${summary}${choices(argument, summary)}`))}`;
}

function list(items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : [['.Bl -tag -width Ds', ...items, '.El'].join('\n')];
}

function commandSection({ name, summary, arguments: args, options }: CommandWords): string {
  // Of help the page tells once, before the commands.
  const told = options.filter(({ long }) => long !== '--help');
  const required = told.filter(({ presence }) => presence === 'required');
  const synopsis = [
    `.Nm Cm ${mdocArgument(name)}`,
    ...(told.length > required.length ? ['.Op Ar options'] : []),
    ...required.map(
      ({ long, value }) => `.Fl ${mdocArgument(long.slice(1))} Ar ${mdocArgument(value?.name ?? '')}`,
    ),
    ...args.map(argumentMacro),
  ];
  return [
    `.Ss ${mdocArgument(name)}`,
    synopsis.join('\n'),
    '.Pp',
    mdocText(sentence(summary)),
    ...list([...args.map(argumentItem), ...told.map(optionItem)]),
  ].join('\n');
}

function entryList(macro: 'Ev' | 'Pa', entries: readonly Entry[]): string {
  const items = entries.map(([term, text]) => `.It ${macro} ${mdocArgument(term)}\n${mdocText(text)}`);
  return list(items).join('\n');
}

function exitList(): string {
  const items = Object.entries(exitCode).map(([name, code]) => {
    return `.It ${code}\n${mdocText(sentence(exitMeanings[name as keyof typeof exitCode]))}`;
  });
  return list(items).join('\n');
}

/** Writes the manual page, in mdoc. Source: mdoc(7). */
export function manPage({ name, version, options, commands }: ProgramWords): string {
  return [
    `.\\" Generated from the command line by "npm run build"; do not edit.`,
    `.Dd ${pageDate}`,
    `.Dt ${name.toUpperCase()} 1`,
    `.Os "${name} ${version}"`,
    `.Sh NAME\n.Nm ${name}\n.Nd lint, compile and rehearse Exchange mail topologies`,
    `.Sh SYNOPSIS\n.Nm\n.Ar command\n.Op Ar options\n.Op Ar`,
    `.Sh DESCRIPTION\n${mdocText(description)}`,
    ...list(options.map(optionItem)),
    `.Sh COMMANDS\n${commands.map(commandSection).join('\n')}`,
    `.Sh FINDINGS\n${mdocText(findingsText)}\n${literal(suppression)}`,
    `.Sh ENVIRONMENT\n${entryList('Ev', environment)}`,
    `.Sh FILES\n${entryList('Pa', files)}`,
    `.Sh EXIT STATUS\n${exitList()}`,
    `.Sh EXAMPLES\n${examples.map(([title, text]) => `${mdocText(title)}\n${literal(text)}`).join('\n.Pp\n')}`,
    `.Sh SEE ALSO\n.Xr node 1\n.Pp\n${mdocText(`"${name} rules" lists the rules, and "${name} explain" tells of one.`)}`,
    '',
  ].join('\n');
}
