import type { ArgumentWords, CommandWords, OptionWords, ProgramWords, ValueWords } from './command-words.ts';
import { posixQuote } from './posix-quote.ts';

/** Takes the meaning from characters that have one in a specification of `_arguments` or `_describe`. */
function escaped(text: string): string {
  return text.replaceAll(/[\\:[\]]/g, '\\$&');
}

function action({ takes }: ValueWords): string {
  if (takes.kind === 'words') return `(${takes.words.map(escaped).join(' ')})`;
  return takes.kind === 'file' ? '_files' : takes.kind === 'folder' ? '_files -/' : ' ';
}

function valuePart(value: ValueWords | undefined): string {
  return value === undefined ? '' : `:${escaped(value.name)}:${action(value)}`;
}

/** One specification for each spelling; those that stand once exclude each other. */
function optionSpecs({ long, short, summary, value }: OptionWords): readonly string[] {
  const isRepeatable = /several times/.test(summary);
  const others = isRepeatable ? '*' : short === undefined ? '' : `(${short} ${long})`;
  const text = `[${escaped(summary)}]${valuePart(value)}`;
  const specs = [`${others}${long}${value === undefined ? '' : '='}${text}`];
  return short === undefined
    ? specs
    : [`${others}${short}${value === undefined ? '' : '+'}${text}`, ...specs];
}

function argumentSpec(argument: ArgumentWords, index: number): string {
  const { presence, count } = argument;
  const place = count === 'many' ? '*' : `${index + 1}${presence === 'required' ? '' : ':'}`;
  return `${place}${valuePart(argument)}`;
}

function branch({ name, options, arguments: args }: CommandWords): string {
  const specs = [...options.flatMap(optionSpecs), ...args.map(argumentSpec)];
  return `        ${name})\n          _arguments -s ${specs.map((spec) => `\\\n            ${posixQuote(spec)}`).join(' ')} ;;`;
}

/** Writes the completion for zsh. Source: zshcompsys(1), `_arguments` and `_describe`. */
export function zshCompletion({ name, options, commands }: ProgramWords): string {
  const described = commands.map((command) => posixQuote(`${command.name}:${escaped(command.summary)}`));
  const specs = options.flatMap(optionSpecs).map((spec) => ` \\\n    ${posixQuote(spec)}`);
  return `#compdef ${name}
# Completion of ${name} for zsh; made by "${name} completion zsh".

_${name}() {
  local curcontext="$curcontext" state line
  typeset -A opt_args
  local -a commands=(
${described.map((one) => `    ${one}`).join('\n')}
  )
  _arguments -C${specs.join('')} \\
    '1: :->command' \\
    '*:: :->arguments'
  case $state in
    command) _describe -t commands command commands ;;
    arguments)
      curcontext="\${curcontext%:*}-$words[1]:"
      case $words[1] in
${commands.map(branch).join('\n')}
      esac ;;
  esac
}

# Found in a folder of fpath this file is the function; read by source it is not.
if [[ $funcstack[1] == _${name} ]]; then _${name} "$@"; else compdef _${name} ${name}; fi
`;
}
