import { yaml } from '../../src/base/yaml-tag.ts';

/** A topology without a fault. */
export const good: string = yaml`
  mailtopo: 1
  organization: { name: Contoso, exchangeVersion: "2016", acceptedDomains: { contoso.com: authoritative } }
  servers:
    MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [192.0.2.1], site: Main }
`;

/** The same with a Send connector in which two things are wrong. */
export const bad: string = `${good}sendConnectors:
  To Fabrikam: { addressSpaces: ["*fabrikam.com"], smartHosts: ["relay:25"], sourceTransportServers: [MBX1] }
`;

/** The same with a Receive connector that draws a warning. */
export const doubtful: string = `${good}receiveConnectors:
  Printers:
    server: MBX1
    bindings: ["192.0.2.1:2526"]
    remoteIPRanges: [192.168.1.0]
    permissionGroups: [AnonymousUsers]
`;

/** What is said first about the bad one. */
export const fault: RegExp = /topology\.yaml:6:\d+: error: .*\[malformed-address-space\]/;

/** Unsettling text for inputs that come from outside; wherever one of them is run or expanded, the file `harm` appears. */
export const hostile: readonly string[] = [
  '$(touch harm)',
  '`touch harm`',
  '; touch harm',
  '| touch harm',
  '&& touch harm',
  '"; touch harm; "',
  "'; touch harm; '",
  '$HOME',
  '${IFS}touch${IFS}harm',
  '~',
  '--version',
  '-',
  '\\',
  '../../../etc/passwd',
];
