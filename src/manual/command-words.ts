/** What can stand where an argument or the value of an option stands. */
export type ValueKind =
  | { readonly kind: 'file' | 'folder' | 'text' }
  | { readonly kind: 'words'; readonly words: readonly string[] };

/** An argument of a command, or the value of an option, by the name that help shows. */
export interface ValueWords {
  readonly name: string;
  readonly takes: ValueKind;
}

/** An argument of a command. */
export interface ArgumentWords extends ValueWords {
  readonly presence: 'required' | 'optional';
  readonly count: 'one' | 'many';
  readonly summary: string;
}

/** An option of a command. */
export interface OptionWords {
  /** With its dashes, such as `--output`. */
  readonly long: string;
  readonly short?: string;
  readonly presence: 'required' | 'optional';
  /** Absent where the option stands alone. */
  readonly value?: ValueWords;
  readonly summary: string;
  /** What holds where the option is left out, if that is worth saying. */
  readonly otherwise?: string;
}

/** A command as help, the man page and completion tell of it. */
export interface CommandWords {
  readonly name: string;
  readonly summary: string;
  readonly arguments: readonly ArgumentWords[];
  readonly options: readonly OptionWords[];
}

/** The program as help, the man page and completion tell of it. */
export interface ProgramWords {
  readonly name: string;
  readonly version: string;
  readonly summary: string;
  readonly options: readonly OptionWords[];
  readonly commands: readonly CommandWords[];
}

/** Writes an argument as a synopsis does: `<file>`, `[file...]`. */
export function placeholder({ name, presence, count }: ArgumentWords): string {
  const inner = count === 'many' ? `${name}...` : name;
  return presence === 'required' ? `<${inner}>` : `[${inner}]`;
}
