/**
 * The small functions that stand in the scripts, in PowerShell 2.0 and safe with the objects of implicit remoting,
 * whose properties are texts.
 */

/** A function of a script; its text names the functions that it needs. */
export interface ShellFunction {
  readonly name: string;
  readonly text: string;
}
