/** Names that would do something in HTML, in attributes, in scripts or in Markdown. */
export const hostileNames: readonly string[] = [
  '<img src=x onerror=alert(1)>',
  '</script><script>alert(1)</script>',
  '</style><b>',
  '"onmouseover="alert(1)',
  "'-->]]>",
  '&lt;b&gt;',
  '\u202ereversed',
  '$(a) `b` {{c}}',
];

/** Makes a topology in which everything that may have any name has this one. */
export function namedTopology(name: string): string {
  const key = JSON.stringify(name);
  return `mailtopo: 1
organization: { name: ${key}, exchangeVersion: "2016", acceptedDomains: { contoso.com: authoritative } }
servers:
  MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [192.0.2.1], site: ${key} }
certificates:
  ${key}: { issuedBy: public, domains: [mbx1.contoso.com], installedOn: [MBX1], services: [SMTP], file: ${key} }
partners:
  ${key}: { domains: [fabrikam.com], addresses: [198.51.100.0/24], certificate: { issuedBy: public, domains: [fabrikam.com] } }
sendConnectors:
  ${key}: { partner: ${key}, sourceTransportServers: [MBX1], comment: ${key} }
receiveConnectors:
  ${key}: { partner: ${key}, server: MBX1, bindings: ["192.0.2.1:2525"], permissionGroups: [AnonymousUsers], banner: ${key} }
`;
}
