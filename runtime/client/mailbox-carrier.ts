import type { NextHop } from '../decide/next-hop.ts';
import type { Disk } from '../queue/disk.ts';
import { pathName } from '../queue/path-name.ts';
import { domainOf } from '../decide/domain-match.ts';
import type { Carrier, CarrierSession } from './carrier.ts';
import type { Parcel } from './deliver.ts';
import { deliverToMaildir, maildirOf, OutsideDataFolder } from './maildir.ts';
import type { RecipientOutcome } from './transaction-answer.ts';

/**
 * Makes the carrier for mail that has arrived at a server and goes into Maildirs.
 *
 * Servers that share the data folder share the Maildirs, so the server's name keeps their files apart. A message that comes
 * again after a crash takes the same name, and replaces itself.
 */
export function mailboxCarrier(
  disk: Disk,
  dataFolder: string,
  hop: Extract<NextHop, { kind: 'delivery' }>,
  server: string,
): Carrier {
  const delivery = hop.delivery?.kind === 'maildir' ? hop.delivery : undefined;
  const deliver = async (parcel: Parcel, place: number): Promise<RecipientOutcome> => {
    const { forwardPath } = parcel.envelope.recipients[place] ?? { forwardPath: '' };
    try {
      const folder = maildirOf(dataFolder, delivery, domainOf(forwardPath) ?? hop.domain);
      await deliverToMaildir(disk, folder, {
        forwardPath,
        reversePath: parcel.envelope.reversePath,
        receivedAt: parcel.envelope.receivedAt,
        unique: `${parcel.id}_${place}.${pathName(server)}`,
        pieces: () => parcel.pieces(),
      });
      return { place, kind: 'delivered', reply: '250 2.1.5 Delivered' };
    } catch (thrown) {
      if (thrown instanceof OutsideDataFolder)
        return { place, kind: 'put off', reply: `451 4.3.5 ${thrown.message}` };
      const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : undefined;
      if (code === undefined) throw thrown;
      return { place, kind: 'put off', reply: `451 4.3.0 The mailbox cannot be written: ${code}` };
    }
  };
  const session: CarrierSession = {
    isOpen: true,
    left: Number.POSITIVE_INFINITY,
    async carry(deliveries) {
      let answered = 0;
      for (;;) {
        const parcel = await deliveries.take();
        if (parcel === undefined) return answered;
        try {
          const recipients: RecipientOutcome[] = [];
          for (const place of parcel.places) recipients.push(await deliver(parcel, place));
          deliveries.settle(parcel, { kind: 'answered', recipients });
        } catch (error) {
          // Only the message itself can be at fault here.
          deliveries.settle(parcel, { kind: 'unreadable', error });
        }
        answered += 1;
      }
    },
    onLost: () => undefined,
    close: () => undefined,
    // A file is soon written, and what is written by half would have to be written again.
    breakOff: () => undefined,
  };
  return { keepOpen: 0, open: () => Promise.resolve({ kind: 'open', session }) };
}
