import { totalmem } from 'node:os';
import { getHeapStatistics } from 'node:v8';

/** The share of the machine's memory that a process may take. Source: EXCH back pressure (private bytes). */
const shareOfMachine = 0.75;

/**
 * How much memory the queues of this process may take together: half of what the process may take. The choice is ours.
 *
 * Unit: bytes.
 */
export function memoryShare(): number {
  // A container may take less than the machine has; 0, or more than there is, says that nothing constrains it.
  const constrained = process.constrainedMemory();
  const machine = constrained > 0 && constrained < totalmem() ? constrained : totalmem();
  return Math.min(getHeapStatistics().heap_size_limit, machine * shareOfMachine) / 2;
}
