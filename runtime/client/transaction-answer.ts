import { outcomeOf, replyText, type Reply } from './reply-reader.ts';

/** What became of one recipient. */
export interface RecipientOutcome {
  readonly place: number;
  readonly kind: 'delivered' | 'relayed' | 'put off' | 'refused';
  readonly reply: string;
}

/** What the server said to an envelope. */
export interface Answer {
  readonly accepted: readonly number[];
  readonly settled: readonly RecipientOutcome[];
  /** `go` where mail data may follow; `empty` where it must, though nobody gets it. */
  readonly data: 'go' | 'empty' | 'no';
}

/** Puts the replies to MAIL, RCPT and DATA together. */
export function answerOf(places: readonly number[], said: readonly Reply[], body: 'DATA' | 'BDAT'): Answer {
  const [mail, ...others] = said as [Reply, ...Reply[]];
  const rcpt = others.slice(0, places.length);
  const data = body === 'DATA' ? others[places.length] : undefined;
  const mayFollow = data?.code === 354;
  if (outcomeOf(mail) !== 'accepted') {
    return { accepted: [], settled: outcomesOf(places, [], mail), data: mayFollow ? 'empty' : 'no' };
  }
  const accepted = places.filter(
    (_, index) => rcpt[index] !== undefined && outcomeOf(rcpt[index]) === 'accepted',
  );
  const settled = places.flatMap((place, index) => {
    const reply = rcpt[index];
    return reply === undefined || accepted.includes(place) ? [] : outcomesOf([place], [], reply);
  });
  if (accepted.length === 0) return { accepted, settled, data: mayFollow ? 'empty' : 'no' };
  if (body === 'BDAT' || mayFollow) return { accepted, settled, data: 'go' };
  // A 2yz here is no promise: no mail data has been sent.
  const kind = data !== undefined && outcomeOf(data) === 'refused' ? 'refused' : 'put off';
  const refusal = data === undefined ? [] : everyPlace(accepted, kind, replyText(data));
  return { accepted: [], settled: [...settled, ...refusal], data: 'no' };
}

/** Gives recipients the outcome that a reply means; those in `relayed` get no DSN from that server. */
export function outcomesOf(
  places: readonly number[],
  relayed: readonly number[],
  reply: Reply,
): RecipientOutcome[] {
  const outcome = outcomeOf(reply);
  // Nothing but 2yz is a success here, and 3yz means that the server has lost its place.
  if (outcome === 'accepted' && reply.code >= 300) return everyPlace(places, 'put off', replyText(reply));
  if (outcome !== 'accepted') return everyPlace(places, outcome, replyText(reply));
  return places.map((place) => ({
    place,
    kind: relayed.includes(place) ? 'relayed' : 'delivered',
    reply: replyText(reply),
  }));
}

/** Gives recipients the same outcome. */
export function everyPlace(
  places: readonly number[],
  kind: RecipientOutcome['kind'],
  reply: string,
): RecipientOutcome[] {
  return places.map((place) => ({ place, kind, reply }));
}
