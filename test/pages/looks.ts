import type { Look } from './page.ts';

const screen = { width: 1280, height: 900, media: 'screen' } as const;

/** The ways in which a page has to look right; paper is A4 at 96 dots an inch. */
export const looks: Readonly<Record<string, Look>> = {
  light: { ...screen, scheme: 'light' },
  dark: { ...screen, scheme: 'dark' },
  phone: { width: 390, height: 844, scheme: 'light', media: 'screen' },
  'phone-dark': { width: 390, height: 844, scheme: 'dark', media: 'screen' },
  print: { width: 794, height: 1123, scheme: 'dark', media: 'print' },
};

/** Where pictures are left for people to look at. */
export const pictures = 'dist/test/pages/pictures';
