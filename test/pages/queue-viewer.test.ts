import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { token, viewedTransport } from '../support/viewed-transport.ts';
import { Browser } from './browser.ts';
import { looks, pictures } from './looks.ts';
import { Page } from './page.ts';

const { transport, at, client } = await viewedTransport(60, 'by token');
const browser = new Browser();
after(async () => {
  await browser.close();
  client.socket.destroy();
  await transport.stop(1000);
});
const page = await Page.open(browser);
const home = `http://127.0.0.1:${at.port}`;

/** Follows the first link of the page that leads to such an address. */
async function follow(start: string): Promise<void> {
  const href = await page.ask<string>(`document.querySelector('a[href^="${start}"]').href`);
  await page.go(href);
}

for (const name of ['light', 'dark', 'phone'] as const) {
  test(`pages: axe-core finds nothing in the Queue Viewer, ${name}`, async () => {
    await page.show(looks[name]!);
    await page.go(`${home}/`);
    await page.shoot(`${pictures}/viewer-${name}.png`);
    assert.deepEqual(await page.axe(), []);
    await follow('/queue?server=MBX1&queue=');
    await page.shoot(`${pictures}/viewer-queue-${name}.png`);
    assert.deepEqual(await page.axe(), []);
    await follow('/message?');
    await page.shoot(`${pictures}/viewer-message-${name}.png`);
    assert.deepEqual(await page.axe(), []);
    const wider = await page.ask<number>('document.documentElement.scrollWidth - innerWidth');
    assert.ok(wider <= 0, `the page is ${wider} pixels too wide`);
  });
}

test('pages: what came from the network is text in the Queue Viewer', async () => {
  assert.match(await page.ask('document.querySelector("dl").innerText'), /<script>alert\(1\)<\/script>/);
  assert.equal(await page.ask('document.querySelectorAll("img, b, i").length'), 0);
  assert.equal(await page.ask('document.scripts.length'), 1);
});

test('pages: with the keyboard alone a message is chosen and suspended by the token', async () => {
  await page.show(looks['light']!);
  await page.go(`${home}/queue?server=MBX1`);
  for (let count = 0; count < 20; count += 1) {
    await page.press('Tab');
    if ((await page.ask<string>('document.activeElement.type')) === 'checkbox') break;
  }
  await page.press(' ');
  assert.equal(await page.ask('document.activeElement.checked'), true);
  await page.tabTo('token');
  await page.type(token);
  await page.press('Tab', 2);
  assert.equal(await page.ask('document.activeElement.textContent'), 'Suspend');
  const loaded = page.loaded();
  await page.press('Enter');
  await loaded;
  assert.equal(await page.ask('document.querySelector("h1").textContent'), 'What was done');
  await page.shoot(`${pictures}/viewer-done.png`);
  assert.deepEqual(await page.axe(), []);
  await page.go(`${home}/queue?server=MBX1`);
  assert.match(await page.ask('document.querySelector("tbody").innerText'), /suspended/);
});

test('pages: a form of elsewhere cannot act, with the right token either', async () => {
  await page.go('about:blank');
  const loaded = page.loaded();
  await page.ask(`(() => {
    const form = document.createElement('form');
    Object.assign(form, { method: 'post', action: '${home}/act' });
    const fields = { server: 'MBX1', action: 'remove-without-dsn', id: '1', token: '${token}' };
    for (const [name, value] of Object.entries(fields)) form.append(Object.assign(document.createElement('input'), { name, value }));
    document.body.append(form);
    form.submit();
  })()`);
  await loaded;
  assert.match(await page.ask('document.body.innerText'), /comes from a page of elsewhere/);
  assert.equal(transport.counts().get('MBX1')?.messages, 60);
});

test('pages: it looks again by itself where that is wanted, and only then', async () => {
  await page.go(`${home}/`);
  assert.equal(await page.ask('document.getElementById("again-line").hidden'), false);
  await page.tabTo('again');
  await page.press(' ');
  assert.equal(await page.ask('location.hash'), '#again');
  await page.press(' ');
  assert.equal(await page.ask('location.hash'), '');
});

test('pages: the Queue Viewer asks nobody but itself, and nothing is refused by its policy', () => {
  const elsewhere = page.requests.filter((url) => !url.startsWith(home) && url !== 'about:blank');
  // The answer to the form of elsewhere is meant to be a refusal.
  const complaints = page.complaints.filter((text) => !/403/.test(text));
  assert.deepEqual([elsewhere, complaints], [[], []]);
});
