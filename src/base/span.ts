/**
 * The place of something in a source file.
 *
 * Unit: `start` and `end` count UTF-16 code units from 0, half-open, as `yaml` gives them and `slice` takes them.
 */
export interface Span {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  /** JSON Pointer of the YAML node that holds the place; `''` is the whole document. Source: RFC 6901. */
  readonly path: string;
}

/** A value beside the place where its author wrote it. */
export interface Located<T> {
  readonly value: T;
  readonly at: Span;
}
