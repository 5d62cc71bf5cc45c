import type { CommandWords, OptionWords, ProgramWords, ValueWords } from './command-words.ts';
import { posixQuote } from './posix-quote.ts';

/** What stands in a branch of a `case` for a value; an empty reply lets bash complete names of files itself. */
function offer({ takes }: ValueWords): string {
  if (takes.kind === 'words') return `_mailtopo_words ${posixQuote(takes.words.join(' '))}`;
  if (takes.kind === 'file') return ':';
  // Bash 3.2 of macOS has no compopt; there the names of files are offered.
  return takes.kind === 'folder'
    ? 'compopt +o default -o dirnames 2>/dev/null'
    : 'compopt +o default 2>/dev/null';
}

function namesOf({ long, short }: OptionWords): readonly string[] {
  return short === undefined ? [long] : [short, long];
}

function valueBranches({ name, options }: CommandWords): readonly string[] {
  return options.flatMap((option) => {
    if (option.value === undefined) return [];
    const patterns = namesOf(option).map((flag) => posixQuote(`${name} ${flag}`));
    return [`    ${patterns.join('|')}) ${offer(option.value)}; return ;;`];
  });
}

function optionBranch(name: string, options: readonly OptionWords[]): string {
  return `      ${posixQuote(name)}) _mailtopo_words ${posixQuote(options.flatMap(namesOf).join(' '))}; return ;;`;
}

/** Writes the completion for bash, from 3.2 on. Source: the manual of bash, "Programmable Completion". */
export function bashCompletion({ name, options, commands }: ProgramWords): string {
  return `# Completion of ${name} for bash; made by "${name} completion bash".

_${name}_words() {
  COMPREPLY=($(compgen -W "$1" -- "$current"))
}

_${name}() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} command= index
  COMPREPLY=()
  # Bash makes "=" a word of its own.
  if [[ $current == = ]]; then current=; fi
  if [[ $previous == = ]]; then previous=\${COMP_WORDS[COMP_CWORD-2]}; fi
  for ((index = 1; index < COMP_CWORD; index++)); do
    if [[ \${COMP_WORDS[index]} != -* ]]; then command=\${COMP_WORDS[index]}; break; fi
  done
  case "$command $previous" in
${commands.flatMap(valueBranches).join('\n')}
  esac
  if [[ $current == -* ]]; then
    case $command in
${[optionBranch('', options), ...commands.map((command) => optionBranch(command.name, command.options))].join('\n')}
    esac
  fi
  case $command in
    '') _${name}_words ${posixQuote(commands.map((command) => command.name).join(' '))} ;;
${commands
  .map(({ name: command, arguments: [first] }) => {
    return `    ${posixQuote(command)}) ${first === undefined ? 'compopt +o default 2>/dev/null' : offer(first)} ;;`;
  })
  .join('\n')}
  esac
}

complete -o default -F _${name} ${name}
`;
}
