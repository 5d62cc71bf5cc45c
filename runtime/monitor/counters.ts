import type { Occurrence, Tracked, Witness } from '../witness.ts';
import { noWitness } from '../witness.ts';
import type { Family, Labels } from './metrics-text.ts';

const help = {
  mailtopo_received_messages_total: 'Messages taken into the queue over SMTP.',
  mailtopo_refused_replies_total: 'Replies of 4yz and 5yz to SMTP clients, by code.',
  mailtopo_delivered_recipients_total: 'Recipients whose message went on to a server or into a mailbox.',
  mailtopo_deferred_recipients_total: 'Recipients put off, to be tried again; once for each reason.',
  mailtopo_queue_retries_total:
    'Times that a next hop was out of reach, and its queue waits for another try.',
  mailtopo_failed_recipients_total: 'Recipients that will not get their message.',
  mailtopo_dsns_total: 'Delivery status notifications written.',
  mailtopo_bad_mail_total: 'Messages that could be neither delivered nor returned.',
  mailtopo_poison_messages_total: 'Messages whose processing crashed twice.',
} as const;

type CounterName = keyof typeof help;

/** Counts what happens, since the start of the process. */
export class Counters implements Witness {
  readonly #counts = new Map<CounterName, Map<string, { readonly labels: Labels; value: number }>>();
  readonly transcript: Witness['transcript'] = noWitness.transcript;
  readonly connect: Witness['connect'] = noWitness.connect;

  track({ event, server, source, connector = '', recipients }: Tracked): void {
    switch (event) {
      case 'RECEIVE':
        return this.#add('mailtopo_received_messages_total', { server, connector });
      case 'SEND':
      case 'DELIVER':
        return this.#add(
          'mailtopo_delivered_recipients_total',
          { server, source, connector },
          recipients.length,
        );
      case 'DEFER':
        return this.#add('mailtopo_deferred_recipients_total', { server, source }, recipients.length);
      case 'FAIL':
        return this.#add('mailtopo_failed_recipients_total', { server, source }, recipients.length);
      case 'DSN':
        return this.#add('mailtopo_dsns_total', { server });
      case 'BADMAIL':
        return this.#add('mailtopo_bad_mail_total', { server });
      case 'POISONMESSAGE':
        return this.#add('mailtopo_poison_messages_total', { server });
    }
  }

  count(occurrence: Occurrence): void {
    const { server } = occurrence;
    switch (occurrence.kind) {
      case 'refusal': {
        const { connector, code } = occurrence;
        return this.#add('mailtopo_refused_replies_total', { server, connector, code: String(code) });
      }
      case 'queue retry':
        return this.#add('mailtopo_queue_retries_total', { server });
    }
  }

  /** All counters; one that has counted nothing yet is named all the same. */
  families(): readonly Family[] {
    return (Object.keys(help) as CounterName[]).map((name) => ({
      name,
      type: 'counter',
      help: help[name],
      samples: [...(this.#counts.get(name)?.values() ?? [])],
    }));
  }

  /** Servers, connectors, sources and codes are few, so what is kept here does not grow with the mail. */
  #add(name: CounterName, labels: Labels, by = 1): void {
    const counts = this.#counts.get(name) ?? new Map<string, { labels: Labels; value: number }>();
    this.#counts.set(name, counts);
    const key = Object.values(labels).join('\0');
    const known = counts.get(key);
    if (known === undefined) counts.set(key, { labels, value: by });
    else known.value += by;
  }
}
