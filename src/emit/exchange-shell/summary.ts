import { onOneLine } from '../readable-text.ts';
import type { Step } from '../../plan/step.ts';
import type { PlaceOfExecution } from './places.ts';

/** One thing and several of them, in the order in which they are told. */
const words: readonly (readonly [one: string, several: string, count: (step: Step) => number])[] = [
  ['root', 'roots', (step) => Number(step.kind === 'authority')],
  ['certificate', 'certificates', (step) => Number(step.kind === 'certificate')],
  ['Receive connector', 'Receive connectors', (step) => Number(step.kind === 'receive-connector')],
  [
    'extended right',
    'extended rights',
    (step) =>
      step.kind === 'receive-connector' ? step.extendedRights.flatMap(({ rights }) => rights).length : 0,
  ],
  [
    'list entry',
    'list entries',
    (step) =>
      step.kind === 'transport-config'
        ? step.tlsSendDomainSecureList.length + step.tlsReceiveDomainSecureList.length
        : 0,
  ],
  [
    'transport setting',
    'transport settings',
    (step) =>
      step.kind === 'transport-config'
        ? step.parameters.filter(({ source }) => source !== 'default').length
        : 0,
  ],
  ['accepted domain', 'accepted domains', (step) => Number(step.kind === 'accepted-domain')],
  ['Send connector', 'Send connectors', (step) => Number(step.kind === 'send-connector')],
  ['Edge synchronization', 'Edge synchronizations', (step) => Number(step.kind === 'edge-synchronization')],
  ['restart', 'restarts', (step) => (step.kind === 'restart' ? step.services.length : 0)],
];

/** Says in one line what is brought about in a place: `EDGE01: 2 roots, 1 certificate, 1 Receive connector, 1 restart`. */
export function summaryOf({ title, steps }: PlaceOfExecution): string {
  const counted = words.flatMap(([one, several, count]) => {
    const number = steps.reduce((sum, step) => sum + count(step), 0);
    return number === 0 ? [] : [`${number} ${number === 1 ? one : several}`];
  });
  return `${onOneLine(title)}: ${counted.join(', ')}`;
}
