import type { CommandWords, OptionWords, ProgramWords, ValueWords } from './command-words.ts';

/** Writes a word for fish, in which nothing is expanded. Source: the manual of fish, "Quotes". */
function quote(text: string): string {
  return `'${text.replaceAll(/[\\']/g, '\\$&')}'`;
}

/** How a value is completed: a word of a list, names of files or folders, or nothing. */
function offer({ takes }: ValueWords): string {
  if (takes.kind === 'words') return `-a ${quote(takes.words.join(' '))}`;
  return takes.kind === 'folder' ? `-a ${quote('(__fish_complete_directories)')}` : '';
}

function optionLine(name: string, condition: string, { long, short, value, summary }: OptionWords): string {
  const flags = `${short === undefined ? '' : ` -s ${short.slice(1)}`} -l ${long.slice(2)}`;
  const takes =
    value === undefined ? '' : value.takes.kind === 'file' ? ' -r -F' : ` -x ${offer(value)}`.trimEnd();
  return `complete -c ${name} -n ${quote(condition)}${flags}${takes} -d ${quote(summary)}`;
}

function commandLines(program: string, { name, options, arguments: args }: CommandWords): readonly string[] {
  const condition = `__${program}_command ${name}`;
  const [first] = args;
  const values =
    first === undefined || first.takes.kind === 'text'
      ? []
      : first.takes.kind === 'file'
        ? [`complete -c ${program} -n ${quote(condition)} -F`]
        : [`complete -c ${program} -n ${quote(condition)} ${offer(first)}`];
  return [...options.map((option) => optionLine(program, condition, option)), ...values];
}

/** Writes the completion for fish, from 3.0 on. Source: the manual of fish, `complete`. */
export function fishCompletion({ name, options, commands }: ProgramWords): string {
  const none = `__${name}_command`;
  const lines = [
    ...options.map((option) => optionLine(name, none, option)),
    ...commands.map((command) => {
      return `complete -c ${name} -n ${quote(none)} -a ${command.name} -d ${quote(command.summary)}`;
    }),
    ...commands.flatMap((command) => commandLines(name, command)),
  ];
  return `# Completion of ${name} for fish; made by "${name} completion fish".

# Says whether the command on the line is this one; without a name, whether there is none yet.
function __${name}_command
    set -l words (commandline -opc)
    for word in $words[2..-1]
        string match -q -- '-*' $word; and continue
        test "$argv[1]" = "$word"
        return
    end
    test -z "$argv[1]"
end

complete -c ${name} -f
${lines.join('\n')}
`;
}
