/** The names of the formats; apart from the formats, so that help and completion load none. */
export const formatNames = [
  'pretty',
  'compact',
  'json',
  'sarif',
  'github',
  'gitlab',
  'junit',
  'checkstyle',
] as const;

export type FormatName = (typeof formatNames)[number];

/** The formats in which `rules` prints its list. */
export const listFormats = ['pretty', 'json'] as const;
