import { randomInt } from 'node:crypto';

/**
 * Makes session ids of 16 hexadecimal digits, as protocol logs show them: the second of the start, then a number.
 * Unit of `startedAt`: milliseconds since 1970.
 */
export function sessionIds(startedAt: number): () => string {
  const prefix = hexadecimal(Math.floor(startedAt / 1000));
  // Processes that start in the same second begin at different numbers.
  let number = randomInt(2 ** 32);
  return () => {
    number = (number + 1) % 2 ** 32;
    return prefix + hexadecimal(number);
  };
}

function hexadecimal(number: number): string {
  return (number >>> 0).toString(16).toUpperCase().padStart(8, '0');
}
