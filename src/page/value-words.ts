import { unreachable } from '../base/failure.ts';
import { printByteSize } from '../mail/byte-size.ts';
import { printTimeSpan } from '../mail/time-span.ts';
import type { ParameterValue } from '../plan/step.ts';

/** Writes the value of a parameter as the topology would. */
export function valueWords(value: ParameterValue): string {
  switch (value.kind) {
    case 'text':
      return value.text;
    case 'enum':
      return value.names.join(', ');
    case 'boolean':
    case 'number':
    case 'limit':
      return String(value.value);
    case 'size':
      return value.bytes === 'unlimited' ? 'unlimited' : printByteSize(value.bytes);
    case 'time-span':
      return printTimeSpan(value.seconds);
    case 'list':
      return value.items.join(', ');
    case 'null':
      return '';
    default:
      return unreachable(value);
  }
}
