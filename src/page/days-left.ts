/** Unit: milliseconds. */
const day = 86_400_000;

/** Unit: days; from here on what is left is said with alarm. Our choice. */
const few = 30;

/** How long a certificate still lasts, and how loudly that is said. */
export interface DaysLeft {
  readonly text: string;
  readonly look: 'bad' | 'warn' | 'good';
}

/** Says how many whole days a certificate still lasts. Unit: milliseconds since 1970. */
export function daysLeft(notBefore: number, notAfter: number, now: number): DaysLeft {
  if (now > notAfter)
    return { text: `expired ${counted(Math.floor((now - notAfter) / day))} ago`, look: 'bad' };
  if (now < notBefore) {
    const wait = counted(Math.ceil((notBefore - now) / day));
    return { text: `not valid yet, in ${wait}`, look: 'bad' };
  }
  const left = Math.floor((notAfter - now) / day);
  return { text: `${counted(left)} left`, look: left < few ? 'warn' : 'good' };
}

function counted(days: number): string {
  return days === 1 ? '1 day' : `${days} days`;
}
