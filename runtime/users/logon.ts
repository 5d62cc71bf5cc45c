/** Who has logged on. */
export interface LoggedOn {
  readonly name: string;
  /** What the user may send as, in the form that `mailboxKey` gives. */
  readonly addresses: ReadonlySet<string>;
}

/** How a logon went; `busy` where too many wait for theirs. */
export type LogonOutcome =
  | { readonly kind: 'logged on'; readonly user: LoggedOn }
  /** `known` tells the log whether the name is one, for what is none may be a password in the wrong place. */
  | { readonly kind: 'wrong'; readonly known?: string }
  | { readonly kind: 'busy' };

/** The people and devices that may log on. */
export interface Users {
  /** Whether there is anybody. */
  readonly isEmpty: boolean;
  logOn(name: string, password: string): Promise<LogonOutcome>;
}

/** Nobody, as where no user is declared. */
export const noUsers: Users = { isEmpty: true, logOn: () => Promise.resolve({ kind: 'wrong' }) };
