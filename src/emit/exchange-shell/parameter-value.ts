import { printByteSize } from '../../mail/byte-size.ts';
import { printTimeSpan } from '../../mail/time-span.ts';
import type { ParameterValue } from '../../plan/step.ts';
import { quote, quoteList } from './quote.ts';

/** More items than this stand one to a line. */
const itemsInOneLine = 4;

/**
 * Writes the value of a parameter as a PowerShell constant.
 *
 * Sizes and durations are quoted texts with their unit, which Exchange reads the same in every version: to
 * Set-TransportConfig of 2010 a bare number is kilobytes.
 * Source: EXCH Set-TransportConfig -MaxSendSize.
 */
export function literal(value: ParameterValue): string {
  switch (value.kind) {
    case 'text':
      return quote(value.text);
    case 'enum':
      return value.multi ? quoteList(value.names) : quote(value.names.join(', '));
    case 'boolean':
      return value.value ? '$true' : '$false';
    case 'number':
      return String(value.value);
    case 'size':
      return quote(value.bytes === 'unlimited' ? 'unlimited' : printByteSize(value.bytes));
    case 'limit':
      return value.value === 'unlimited' ? quote('unlimited') : String(value.value);
    case 'time-span':
      return quote(printTimeSpan(value.seconds));
    case 'list':
      return value.items.length > itemsInOneLine ? longList(value.items) : quoteList(value.items);
    case 'null':
      return '$null';
  }
}

function longList(items: readonly string[]): string {
  return `@(\n${items.map((item) => `    ${quote(item)}`).join(',\n')}\n)`;
}
