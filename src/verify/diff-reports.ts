import { printable } from '../base/printable.ts';
import type { Paint } from '../report/report.ts';
import { bitsIn } from '../mail/ip-address.ts';
import type { IpInterval } from '../mail/ip-ranges.ts';
import { notAtAll } from './behaviour.ts';
import { elsewhere, intervalText } from './classes.ts';
import type { Change } from './changes.ts';

/** Says in a sentence what is otherwise now, and for whom. */
export function changeWords(change: Change): string {
  return change.about === 'clients' ? clientWords(change) : mailWords(change);
}

function clientWords({ key, before, after, addresses, places, domains }: Change): string {
  const [who, where] = [whoIs(addresses), placeWords(places)];
  const isMany = who === 'everyone' ? 'is' : 'are';
  if (key === 'taken')
    return after === notAtAll
      ? `${who} ${isMany} no longer heard at ${where}`
      : `${who} ${isMany} heard now at ${where}`;
  if (key === 'relay') return ability(who, 'relay to anywhere', before, after, where);
  const names = domains.map(domainWords).join(', ');
  if (key === 'to') return ability(who, `send to ${names}`, before, after, where);
  if (key === 'from') return ability(who, `send as ${names}`, before, after, where);
  const meets = who === 'everyone' ? 'meets' : 'meet';
  const what = key === 'size' ? 'may send messages of' : meets;
  return `${who} ${what} ${after} at ${where}, and not ${before}`;
}

function ability(who: string, what: string, before: string, after: string, where: string): string {
  if (before === notAtAll) return `${who} may now ${what} ${after} at ${where}`;
  if (after === notAtAll) return `${who} may no longer ${what} at ${where}`;
  return `${who} may ${what} ${after} at ${where}, and not ${before}`;
}

/** Names places, each server once. */
function placeWords(places: readonly string[]): string {
  const servers = new Map<string, string[]>();
  for (const place of places) {
    const [server = '', endpoint = ''] = place.split(' at ');
    servers.set(server, [...(servers.get(server) ?? []), endpoint]);
  }
  return [...servers].map(([server, endpoints]) => `${server} (${endpoints.join(', ')})`).join(', ');
}

/** Names addresses; all of a family are everyone. */
function whoIs(addresses: readonly IpInterval[]): string {
  const isAll = (one: IpInterval): boolean =>
    one.first === 0n && one.last === (1n << BigInt(bitsIn[one.family])) - 1n;
  return addresses.every(isAll) ? 'everyone' : addresses.map(intervalText).join(', ');
}

function domainWords(domain: string): string {
  if (domain === elsewhere) return 'all other domains';
  return domain.startsWith('anything.') ? `domains below ${domain.slice('anything.'.length)}` : domain;
}

function mailWords({ key, before, after, domains, places }: Change): string {
  const what = `mail for ${domains.map(domainWords).join(', ')} from ${places.join(', ')}`;
  switch (key) {
    case 'end':
      return `${what} ${after} now, and no longer ${before}`;
    case 'way':
      return `${what} goes ${after} now, and not ${before}`;
    case 'tls':
      return `${what} goes with ${after} now, and not ${before}`;
    case 'greeting':
      return `${what} is greeted for by ${after} now, and not ${before}`;
    default:
      return `${what} shows ${after} now, and not ${before}`;
  }
}

const marks: Readonly<Record<Change['effect'], string>> = { opens: '+', closes: '-', changes: '~' };
const titles: Readonly<Record<Change['effect'], string>> = {
  opens: 'Opens',
  closes: 'Closes',
  changes: 'Changes',
};
const effects = ['opens', 'closes', 'changes'] as const;

/** Writes changes for people, what opens first; nothing where nothing is otherwise. */
export function prettyChanges(changes: readonly Change[], paint: Paint): string {
  const paints = { opens: paint.error, closes: paint.strong, changes: (text: string): string => text };
  return effects
    .flatMap((effect) =>
      changes
        .filter((one) => one.effect === effect)
        .map((one) => paints[effect](`${marks[effect]} ${printable(changeWords(one))}`)),
    )
    .map((line) => `${line}\n`)
    .join('');
}

/** Writes changes for a comment on a pull request. */
export function markdownChanges(
  changes: readonly Change[],
  names: { readonly before: string; readonly after: string },
): string {
  const head = `### What ${code(names.after)} does otherwise than ${code(names.before)}\n`;
  if (changes.length === 0) return `${head}\nNothing: the behaviour is the same.\n`;
  const parts = effects.flatMap((effect) => {
    const own = changes.filter((one) => one.effect === effect);
    if (own.length === 0) return [];
    return [`\n**${titles[effect]}**\n\n${own.map((one) => `- ${escaped(changeWords(one))}\n`).join('')}`];
  });
  return `${head}${parts.join('')}`;
}

function code(text: string): string {
  return `\`${printable(text).replaceAll('`', "'")}\``;
}

/** Keeps names from being read as markup. Source: CommonMark §2.4 (backslash escapes). */
function escaped(text: string): string {
  return printable(text).replaceAll(/[\\`*_{}[\]<>#|~!&@]/g, '\\$&');
}

/** Writes changes for programs. */
export function jsonChanges(changes: readonly Change[]): string {
  const value = {
    version: 1,
    changes: changes.map((one) => ({
      effect: one.effect,
      about: one.about,
      what: one.key,
      before: one.before,
      after: one.after,
      ...(one.about === 'clients'
        ? { addresses: one.addresses.map(intervalText) }
        : { domains: one.domains }),
      places: one.places,
      text: changeWords(one),
    })),
  };
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
