/** The shells that completion is written for; apart from it, so that reading arguments loads none. */
export const shells = ['bash', 'zsh', 'fish', 'powershell'] as const;

export type Shell = (typeof shells)[number];
