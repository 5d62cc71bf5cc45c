import { spawnSync } from 'node:child_process';

/** Where the browser is looked for; the variable comes first, for a machine that has it elsewhere. */
const names: readonly string[] = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Finds a Chromium to drive; undefined where there is none. */
export function findChromium(): string | undefined {
  const { CHROMIUM } = process.env;
  const candidates = CHROMIUM === undefined ? names : [CHROMIUM];
  return candidates.find((name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0);
}
