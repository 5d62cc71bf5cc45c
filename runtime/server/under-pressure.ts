import type { SessionContext } from './session.ts';

/**
 * Says whether the machine is too short of disk or memory for mail from this client: at medium pressure only servers of
 * ours are heard, at high nobody.
 *
 * Source: EXCH back pressure.
 */
export function underPressure({ pressure, principal }: SessionContext): boolean {
  switch (pressure()) {
    case 'normal':
      return false;
    case 'medium':
      return principal !== 'Exchange server';
    case 'high':
      return true;
  }
}
