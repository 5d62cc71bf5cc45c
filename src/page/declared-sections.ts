import { groupOf, roleWords } from '../picture/own-servers.ts';
import type { PlannedServer } from '../plan/step.ts';
import { daysLeft } from './days-left.ts';
import { lines, nothing, tag, words, wordsIn, type Html } from './html.ts';
import { pairsHtml, tableHtml, type Section } from './section.ts';
import type { TopologyFacts } from './topology-facts.ts';

/** Tells what goes for the organization as a whole: its domains, and who is to use Domain Security. */
export function organizationSection({ plan, config, lineOf }: TopologyFacts): Section {
  const lineOfDomain = (domain: string): Html => {
    const step = plan.steps.find((one) => one.kind === 'accepted-domain' && one.domain === domain);
    return step === undefined ? nothing : words(`line ${lineOf(step.origin)}`);
  };
  const domains = tableHtml({
    caption: 'Accepted domains',
    columns: ['Domain', 'Type', 'From'],
    rows: plan.acceptedDomains.map(({ domain, type }) => [words(domain), words(type), lineOfDomain(domain)]),
  });
  const listed = (domains: readonly string[]): Html =>
    domains.length === 0 ? wordsIn('span', 'empty', { class: 'quiet' }) : words(domains.join(', '));
  const lists = pairsHtml([
    ['TLSSendDomainSecureList', listed(config.tlsSendDomainSecureList)],
    ['TLSReceiveDomainSecureList', listed(config.tlsReceiveDomainSecureList)],
    ['Sender of delivery status notifications', words(config.postmasterAddress)],
  ]);
  return { id: 'organization', title: 'Organization', body: lines(domains, lists) };
}

/** Lists the servers. */
export function serversSection({ plan, lineOf }: TopologyFacts): Section {
  const row = (server: PlannedServer): readonly Html[] => [
    words(server.name),
    words(`${roleWords[server.role]} ${server.version}`),
    words(server.fqdn),
    words(server.addresses.join(', ')),
    words(groupOf(server)),
    words(`line ${lineOf(server.origin)}`),
  ];
  const columns = ['Server', 'Role and version', 'FQDN', 'Addresses', 'Where', 'From'];
  const table = tableHtml({ caption: 'Servers of the organization', columns, rows: plan.servers.map(row) });
  return { id: 'servers', title: 'Servers', body: table };
}

/** Who issued a certificate, in words. */
function issuerWords(issuedBy: string | undefined): string {
  if (issuedBy === 'public') return 'a public authority';
  return issuedBy === 'selfSigned' ? 'itself' : (issuedBy ?? '');
}

/** Lists certificates and roots, ours and the partners', with what is left of those whose files are there. */
export function certificatesSection(facts: TopologyFacts): Section {
  const { plan, lineOf } = facts;
  const dates = (file: string | undefined): readonly [Html, Html] => datesHtml(file, facts);
  const ours = plan.certificates.map(({ name, domains, issuedBy, installedOn, file, origin }) => [
    words(name),
    words(domains.join(', ')),
    words(issuerWords(issuedBy)),
    words(installedOn.join(', ')),
    ...dates(file),
    words(`line ${lineOf(origin)}`),
  ]);
  const roots = plan.authorities.map(({ name, trustedOn, file, origin }) => [
    words(name),
    words('root of an authority'),
    words(''),
    words(trustedOn.length === 0 ? '' : `trusted on ${trustedOn.join(', ')}`),
    ...dates(file),
    words(`line ${lineOf(origin)}`),
  ]);
  const theirs = plan.partners
    .filter(({ issuedBy }) => issuedBy !== undefined)
    .map(({ name, certificateDomains, issuedBy, origin }) => [
      words(`of partner ${name}`),
      words(certificateDomains.join(', ')),
      words(issuerWords(issuedBy)),
      words('the partner'),
      words('not known here'),
      nothing,
      words(`line ${lineOf(origin)}`),
    ]);
  const rows = [...ours, ...roots, ...theirs];
  const columns = ['Certificate', 'Names', 'Issued by', 'Where', 'Valid until', 'Days left', 'From'];
  const body =
    rows.length === 0
      ? wordsIn('p', 'The topology declares none.')
      : tableHtml({ caption: 'Certificates and roots', columns, rows });
  return { id: 'certificates', title: 'Certificates', body };
}

/** The day on which a certificate ends, and what is left; without a moment to judge by, the script of the page fills it in. */
function datesHtml(file: string | undefined, { datesIn, judgedAt }: TopologyFacts): readonly [Html, Html] {
  if (file === undefined) return [words('no file named'), nothing];
  const dates = datesIn(file);
  if (dates === undefined) return [words('file not read'), nothing];
  const { notBefore, notAfter } = dates;
  const moment = new Date(notAfter).toISOString();
  const until = wordsIn('time', moment.slice(0, 10), { datetime: moment });
  if (judgedAt === undefined) {
    const empty = { class: 'days', 'data-not-before': notBefore, 'data-not-after': notAfter };
    return [until, tag('span', empty)];
  }
  const { text, look } = daysLeft(notBefore, notAfter, judgedAt);
  return [until, wordsIn('span', text, { class: look })];
}
