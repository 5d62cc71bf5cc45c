import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, test } from 'node:test';
import type { ScenarioKey } from '../../src/trace/written-scenario.ts';
import { cliFolder } from '../support/run-cli.ts';
import { hostileNames, namedTopology } from '../support/named-topology.ts';
import { Browser } from './browser.ts';
import { looks, pictures } from './looks.ts';
import { Page } from './page.ts';
import { questions, type Question } from './questions.ts';

const cli = cliFolder();
const browser = new Browser();
after(() => browser.close());

/** Makes the page of a topology by the command line, and gives its address. */
function pageOf(topology: string, name: string): string {
  const { err } = cli.run(['report', topology, '-o', `${name}.html`, '--now', '2026-11-24']);
  const file = join(cli.folder, `${name}.html`);
  assert.match(readFileSync(file, 'utf8'), /<\/html>\n$/, err);
  return pathToFileURL(file).href;
}

const fileOf = (example: string): string => resolve(`examples/${example}/topology.yaml`);

/** Something with findings, and with connectors of every state of TLS. */
const warned = `mailtopo: 1
organization: { name: Contoso, exchangeVersion: "2016", acceptedDomains: { contoso.com: authoritative } }
servers:
  MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [192.0.2.1], site: Main }
partners:
  fabrikam: { domains: [fabrikam.com], addresses: [198.51.100.0/24] }
receiveConnectors:
  Printers:
    server: MBX1
    bindings: ["192.0.2.1:2526"]
    remoteIPRanges: [192.168.1.0]
    permissionGroups: [AnonymousUsers]
sendConnectors:
  To Fabrikam: { partner: fabrikam, addressSpaces: ["*fabrikam.com"], sourceTransportServers: [MBX1] }
`;

const page = await Page.open(browser);

/** The larger one in two ways alone: axe-core is slow on a slow machine. */
const shownIn: Readonly<Record<string, readonly string[]>> = {
  contoso: Object.keys(looks),
  northwind: ['dark', 'phone'],
};

for (const [example, names] of Object.entries(shownIn)) {
  for (const name of names) {
    test(`pages: axe-core finds nothing in ${example}, ${name}`, async () => {
      await page.show(looks[name]!);
      await page.go(pageOf(fileOf(example), example));
      await page.ask("for (const one of document.querySelectorAll('details')) one.open = true");
      await page.shoot(`${pictures}/${example}-${name}.png`);
      assert.deepEqual(await page.axe(), []);
      const wider = await page.ask<number>('document.documentElement.scrollWidth - innerWidth');
      assert.ok(wider <= 0, `the page is ${wider} pixels too wide`);
    });
  }
}

test('pages: axe-core finds nothing where lint does', async () => {
  cli.write('warned.yaml', warned);
  for (const name of ['light', 'dark', 'phone'] as const) {
    await page.show(looks[name]!);
    await page.go(pageOf('warned.yaml', 'warned'));
    await page.shoot(`${pictures}/findings-${name}.png`);
    assert.deepEqual(await page.axe(), []);
  }
  assert.match(await page.ask('document.getElementById("findings").innerText'), /"\*fabrikam\.com"/);
});

test('pages: a violation shows the message that does it, in every look', async () => {
  cli.write('relays.yaml', readFileSync(fileOf('contoso'), 'utf8').replace('10.0.8.0/24', '0.0.0.0/0'));
  for (const name of ['light', 'phone-dark'] as const) {
    await page.show(looks[name]!);
    await page.go(pageOf('relays.yaml', 'relays'));
    await page.ask('document.getElementById("proofs").scrollIntoView()');
    await page.shoot(`${pictures}/proofs-${name}.png`);
    assert.deepEqual(await page.axe(), []);
    const wider = await page.ask<number>('document.documentElement.scrollWidth - innerWidth');
    assert.ok(wider <= 0, `the page is ${wider} pixels too wide`);
  }
  const said = await page.ask<string>('document.querySelector("#proofs details").innerText');
  assert.match(said, /to HUB01 at 10\.0\.0\.11:2526, without TLS\n[^]*may relay to anyone/);
});

test('pages: days are counted by the clock of the reader where nothing else is said', async () => {
  const { code } = cli.run(['report', fileOf('contoso'), '-o', 'undated.html']);
  assert.equal(code, 0);
  await page.go(pathToFileURL(join(cli.folder, 'undated.html')).href);
  const said = await page.ask<string>('document.getElementById("certificates").innerText');
  assert.equal([...said.matchAll(/\b\d{5} days left/g)].length, 3);
});

const labels: Partial<Record<ScenarioKey, string>> = { clientCertificate: 'client-certificate' };

/** What the command line says: the answer, or what keeps it from answering. */
function saidByCommand({ example, written }: Question): string {
  const options = Object.entries(written).flatMap(([key, value]: [string, string | readonly string[]]) =>
    [value].flat().flatMap((one) => [`--${labels[key as ScenarioKey] ?? key}`, one]),
  );
  const { code, out, err } = cli.run(['trace', fileOf(example), ...options, '--now', '2026-11-24']);
  if (code === 0) return out.replaceAll(`${fileOf(example)}:`, 'topology.yaml:');
  return err.replace(/^mailtopo: --[a-z-]+: /, '').trimEnd();
}

/** Fills the form, sends it, and gives the answer laid out as the command line does. */
async function saidByPage({ written }: Question): Promise<string> {
  return page.ask(`(async () => {
    const written = ${JSON.stringify(written)};
    for (const control of document.querySelectorAll('#trace-form [name]')) {
      const value = written[control.name] ?? '';
      control.value = Array.isArray(value) ? value.join('\\n') : value;
    }
    const verdict = document.getElementById('trace-verdict');
    verdict.replaceChildren();
    const told = new Promise((resolve) => {
      new MutationObserver((_, observer) => {
        observer.disconnect();
        resolve();
      }).observe(verdict, { childList: true });
    });
    document.getElementById('trace-form').requestSubmit();
    await told;
    await new Promise((resolve) => setTimeout(resolve));
    const before = { fact: '  ', not: '    ', said: '  > ', bad: '  ' };
    const chapters = [...document.querySelectorAll('#trace-story article')].map((one) => {
      const lines = [...one.querySelectorAll('li')].map((li) => before[li.className] + li.textContent + '\\n');
      return '\\n' + one.querySelector('h3').textContent + '\\n' + lines.join('');
    });
    if (chapters.length === 0) return verdict.textContent.replace(/^[^:]*: /, '');
    return verdict.textContent + '\\n' + chapters.join('');
  })()`);
}

let shown = '';
for (const question of questions) {
  test(`pages: page and command line answer alike: ${JSON.stringify(question)}`, async () => {
    if (shown !== question.example) await page.go(pageOf(fileOf(question.example), question.example));
    shown = question.example;
    assert.equal(await saidByPage(question), saidByCommand(question));
  });
}

test('pages: a name that a browser may judge otherwise is not judged', async () => {
  await page.go(pageOf(fileOf('contoso'), 'contoso'));
  const written = { server: 'HUB01', from: 'a@contoso.com', to: ['x@\u{13460}.example'] };
  assert.match(
    await saidByPage({ example: 'contoso', written }),
    /ask "mailtopo trace" on the command line$/,
  );
  shown = '';
});

test('pages: the trace works with the keyboard alone, and its verdict is announced', async () => {
  await page.show(looks['light']!);
  await page.go(pageOf(fileOf('contoso'), 'contoso'));
  await page.press('Tab');
  assert.equal(await page.ask('document.activeElement.textContent'), 'To the content');
  await page.press('Enter');
  assert.equal(await page.ask('document.activeElement.id'), 'content');
  await page.tabTo('trace-from');
  await page.type('a@fabrikam.com');
  await page.press('Tab');
  await page.type('bob@contoso.com');
  await page.press('Tab');
  await page.type('198.51.100.77');
  await page.press('Tab');
  assert.equal(await page.ask('document.activeElement.id'), 'trace-server');
  await page.press('ArrowDown', 2);
  assert.equal(await page.ask('document.activeElement.value'), 'EDGE01');
  await page.press('Enter');
  const outline = await page.ask<string>('getComputedStyle(document.activeElement).outlineStyle');
  assert.equal(outline, 'solid');
  const verdict = 'document.getElementById("trace-verdict")';
  await page.tabTo('trace-button');
  await page.press('Enter');
  await page.ask(`new Promise((resolve) => {
    const look = () => (${verdict}.textContent === '' ? requestAnimationFrame(look) : resolve());
    look();
  })`);
  assert.equal(
    await page.ask(`${verdict}.textContent`),
    'rejected: 451 5.7.3 Must issue a STARTTLS command first',
  );
  assert.equal(await page.ask(`${verdict}.getAttribute('role')`), 'status');
  assert.equal(await page.ask('document.activeElement.id'), 'trace-button', 'the focus stays');
  await page.shoot(`${pictures}/trace-light.png`);
  assert.deepEqual(await page.axe(), []);
  await page.show(looks['phone-dark']!);
  await page.shoot(`${pictures}/trace-phone-dark.png`);
  assert.deepEqual(await page.axe(), []);
});

test('pages: a question that cannot be asked leads to its part of the form', async () => {
  await page.tabTo('trace-client');
  await page.ask('document.activeElement.select()');
  await page.type('nobody');
  await page.press('Enter');
  assert.equal(await page.ask('document.activeElement.id'), 'trace-client');
  assert.equal(await page.ask('document.activeElement.getAttribute("aria-invalid")'), 'true');
  assert.match(
    await page.ask('document.getElementById("trace-verdict").textContent'),
    /^Client: "nobody" is no address/,
  );
  assert.deepEqual(await page.axe(), []);
});

for (const [index, name] of hostileNames.entries()) {
  test(`pages: ${JSON.stringify(name)} stays text in the browser`, async () => {
    cli.write('named.yaml', namedTopology(name));
    await page.go(pageOf('named.yaml', `named${index}`));
    assert.equal(
      await page.ask('document.querySelectorAll("img, b, i, iframe, object, a[href^=javascript]").length'),
      0,
    );
    assert.equal(await page.ask('document.scripts.length'), 2);
    await page.ask(`(() => {
      const example = document.getElementById('trace-example');
      example.value = '0';
      example.dispatchEvent(new Event('change'));
      document.getElementById('trace-form').requestSubmit();
    })()`);
    await page.ask(`new Promise((resolve) => {
      const look = () => (document.getElementById('trace-verdict').textContent === '' ? requestAnimationFrame(look) : resolve());
      look();
    })`);
    assert.equal(await page.ask('document.querySelectorAll("img, b, i, iframe, object").length'), 0);
    const client = await page.ask<string>('document.getElementById("trace-client").value');
    assert.equal(client, name);
  });
}

test('pages: it can be printed', async () => {
  await page.show(looks['print']!);
  cli.write('relays.yaml', readFileSync(fileOf('contoso'), 'utf8').replace('10.0.8.0/24', '0.0.0.0/0'));
  await page.go(pageOf('relays.yaml', 'contoso'));
  const paper = await page.ask<string>('getComputedStyle(document.body).backgroundColor');
  assert.equal(paper, 'rgb(255, 255, 255)', 'on paper it is light, though the screen is dark');
  const { data } = await page.send('Page.printToPDF', { printBackground: true, preferCSSPageSize: true });
  const pdf = Buffer.from(data as string, 'base64');
  assert.match(pdf.toString('latin1', 0, 5), /%PDF-/);
  writeFileSync(join(pictures, 'contoso.pdf'), pdf);
});

test('pages: nothing was asked of the network, and nothing was thrown or refused', () => {
  const elsewhere = page.requests.filter((url) => !url.startsWith(pathToFileURL(cli.folder).href));
  assert.deepEqual([elsewhere, page.complaints], [[], []]);
  assert.ok(page.requests.length > 10);
});
