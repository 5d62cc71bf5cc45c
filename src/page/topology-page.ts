import { receiveConnectorsSection, sendConnectorsSection } from './connectors-section.ts';
import { contentPolicy } from './content-policy.ts';
import { certificatesSection, organizationSection, serversSection } from './declared-sections.ts';
import { drawingSection } from './drawing-section.ts';
import { findingsSection } from './findings-section.ts';
import { lines, made, tag, words, wordsIn, type Html } from './html.ts';
import { pageStyle } from './page-style.ts';
import { partnersSection } from './partners-section.ts';
import { proofsSection } from './proofs-section.ts';
import { sectionHtml, type Section } from './section.ts';
import type { TopologyFacts } from './topology-facts.ts';
import { traceSection } from './trace-section.ts';

/**
 * Writes what a topology comes to as one page that needs nothing else and asks for nothing.
 *
 * The script is ours, and runs in the page: nothing of the topology becomes a part of it.
 */
export function topologyPage(facts: TopologyFacts, script: string): string {
  const sections = [
    drawingSection(facts),
    findingsSection(facts),
    proofsSection(facts),
    traceSection(facts),
    organizationSection(facts),
    serversSection(facts),
    receiveConnectorsSection(facts),
    sendConnectorsSection(facts),
    certificatesSection(facts),
    partnersSection(facts),
  ];
  const title = `Mail of ${facts.plan.organization}`;
  const body = lines(
    wordsIn('a', 'To the content', { class: 'skip', href: '#content' }),
    pageHeader(title, facts),
    contents(sections),
    tag('main', { id: 'content', tabindex: -1 }, lines(...sections.map(sectionHtml))),
    wordsIn('footer', `Made by mailtopo ${facts.version}. This page asks nothing of the network.`),
    tag('script', {}, made(script)),
  );
  const policy = contentPolicy(pageStyle, script);
  const head = lines(
    tag('meta', { charset: 'utf-8' }),
    tag('meta', { 'http-equiv': 'Content-Security-Policy', content: policy }),
    tag('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    tag('meta', { name: 'color-scheme', content: 'light dark' }),
    tag('meta', { name: 'referrer', content: 'no-referrer' }),
    wordsIn('title', title),
    tag('style', {}, made(pageStyle)),
  );
  return `<!doctype html>\n${tag('html', { lang: 'en' }, lines(tag('head', {}, head), tag('body', {}, body)))}\n`;
}

function pageHeader(title: string, { plan, judgedAt }: TopologyFacts): Html {
  const when =
    judgedAt === undefined
      ? 'certificates as of the day on which you read this'
      : `certificates as of ${new Date(judgedAt).toISOString().slice(0, 10)}`;
  const about = `${plan.file} · Exchange ${plan.version} · ${when}`;
  return tag('header', {}, lines(wordsIn('h1', title), wordsIn('p', about, { class: 'quiet' })));
}

function contents(sections: readonly Section[]): Html {
  const links = sections.map(({ id, title }) => tag('li', {}, wordsIn('a', title, { href: `#${id}` })));
  return tag('nav', { 'aria-label': 'Contents' }, tag('ul', {}, words('\n'), lines(...links)));
}
