import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sourceLink } from '../../src/dev/source-link.ts';

const reference = 'https://learn.microsoft.com/powershell/module/exchangepowershell';

const cases: readonly (readonly [source: string, address: string | undefined])[] = [
  ['EXCH New-SendConnector -TlsDomain', `${reference}/new-sendconnector#-tlsdomain`],
  ['EXCH Set-TransportConfig', `${reference}/set-transportconfig`],
  ['EXCH event 12016', undefined],
  ['RFC 6125 §6.4.3', 'https://www.rfc-editor.org/rfc/rfc6125#section-6.4.3'],
  ['RFC 5321', 'https://www.rfc-editor.org/rfc/rfc5321'],
  ['DOC S10', undefined],
  [
    'OfficeDocs-Exchange mail-flow/connectors/send-connectors',
    'https://learn.microsoft.com/exchange/mail-flow/connectors/send-connectors',
  ],
  ['OfficeDocs-Exchange ExchangeServer2013/receive-connectors-exchange-2013-help', undefined],
  [
    'PS about_Quoting_Rules',
    'https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_quoting_rules',
  ],
  ['https://www.postfix.org/TLS_README.html', undefined],
];

for (const [source, address] of cases) {
  test(`${source} leads to ${address ?? 'no page of its own'}`, () => {
    assert.equal(sourceLink(source), address === undefined ? source : `[${source}](${address})`);
  });
}
