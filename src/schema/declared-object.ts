/** How messages speak of the objects that a topology declares. */
interface Wording {
  /** As in "is not a key of a server". */
  readonly kind: string;
  /** As in "Server "HUB01" has no"; `name` is the key that the object stands under. */
  subject(name: string, owner: string): string;
}

const named = (kind: string, noun: string): Wording => ({ kind, subject: (name) => `${noun} "${name}"` });
const only = (kind: string, noun: string): Wording => ({ kind, subject: () => noun });

/** By the way to the object; `*` is a name. */
const wordings: ReadonlyMap<string, Wording> = new Map([
  ['', only('a topology', 'The topology')],
  ['organization', only('the organization', 'The organization')],
  ['servers/*', named('a server', 'Server')],
  ['certificates/*', named('a certificate', 'Certificate')],
  ['authorities/*', named('an authority', 'Authority')],
  ['partners/*', named('a partner', 'Partner')],
  [
    'partners/*/certificate',
    { kind: 'the certificate of a partner', subject: (_, owner) => `The certificate of partner "${owner}"` },
  ],
  [
    'credentials/*/passwordFrom',
    { kind: '"passwordFrom"', subject: (_, owner) => `"passwordFrom" of credential "${owner}"` },
  ],
  ['credentials/*', named('a credential', 'Credential')],
  ['networks/*', named('a network', 'Network')],
  ['sendConnectors/*', named('a Send connector', 'Send connector')],
  ['receiveConnectors/*', named('a Receive connector', 'Receive connector')],
  ['transportConfig', only('"transportConfig"', '"transportConfig"')],
  ['dns/*', named('a DNS fact', 'The DNS fact')],
  ['delivery/*', named('a delivery', 'The delivery of')],
  ['rehearsal', only('the rehearsal', 'The rehearsal')],
]);

function wordingOf(way: readonly string[]): Wording {
  const found = wordings.get(way.map((step, index) => (index === 1 ? '*' : step)).join('/'));
  return found ?? only(`"${way.at(-1)}"`, `"${way.at(-1)}"`);
}

/** Names the kind of the object that a way leads to, as in "is not a key of …". */
export function kindOf(way: readonly string[]): string {
  return wordingOf(way).kind;
}

/** Names the object that a way leads to, as in "… has no …". */
export function subjectOf(way: readonly string[]): string {
  return wordingOf(way).subject(way.at(-1) ?? '', way[1] ?? '');
}
