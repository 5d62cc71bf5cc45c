import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { build } from 'esbuild';
import fc from 'fast-check';
import { asciiDomain } from '../../runtime/decide/domain-match.ts';
import { standInsPlugin } from '../../src/dev/stand-ins-plugin.ts';
import { Browser } from './browser.ts';
import { Page } from './page.ts';

const browser = new Browser();
after(() => browser.close());

/** The decision on domains as it stands in the page. */
const { outputFiles } = await build({
  entryPoints: ['runtime/decide/domain-match.ts'],
  bundle: true,
  format: 'iife',
  globalName: 'decide',
  platform: 'browser',
  write: false,
  plugins: [standInsPlugin],
});
const script = outputFiles[0]?.text ?? '';

const within = (first: number, last: number): fc.Arbitrary<string> =>
  fc.integer({ min: first, max: last }).map((code) => String.fromCodePoint(code));

const letter = fc.oneof(
  within(0xa1, 0x24f),
  within(0x300, 0x6ff),
  within(0xe01, 0xe5b),
  within(0x1e00, 0x1fff),
  within(0x3041, 0x30ff),
  within(0x4e00, 0x9fa5),
  within(0xac00, 0xd7a3),
  within(0xff01, 0xff5e),
  within(0xa0, 0xffff),
);
const sign = fc.constantFrom('a', 'Z', '0', '256', '-', '.', '_', '*', ' ', '%', 'xn--', '。', '@', '/', '"');
const names = fc
  .array(fc.oneof(letter, { weight: 2, arbitrary: sign }), { minLength: 1, maxLength: 8 })
  .map((parts) => parts.join(''));

/** Every letter of the Basic Multilingual Plane alone, before, behind and between others. */
const letters: readonly string[] = Array.from({ length: 0xff80 }, (_, index) =>
  String.fromCharCode(0x80 + index),
).flatMap((one) => [one, `a${one}`, `${one}b`, `a${one}b`]);

const cases: readonly (readonly [what: string, asked: readonly string[], judged: number])[] = [
  ['each letter', letters, 100_000],
  ['names', fc.sample(fc.oneof(names, fc.domain(), fc.string({ unit: 'binary' })), { numRuns: 6000 }), 2000],
];

for (const [what, asked, least] of cases) {
  test(`pages: a browser thinks of ${what} as the transport does, or says that it does not know`, async () => {
    const page = await Page.open(browser);
    const answers = await page.ask<readonly (string | null | false)[]>(`(() => {
      ${script}
      return ${JSON.stringify(asked)}.map((one) => {
        try {
          return decide.asciiDomain(one) ?? null;
        } catch (thrown) {
          if (thrown.name !== 'UnjudgedDomain') throw thrown;
          return false;
        }
      });
    })()`);
    const judged = asked.flatMap((one, index) => {
      const answer = answers[index];
      return answer === false ? [] : [[one, answer ?? undefined] as const];
    });
    assert.ok(judged.length > least, `only ${judged.length} of ${asked.length} were judged`);
    const otherwise = judged.filter(([one, answer]) => answer !== asciiDomain(one));
    assert.deepEqual(otherwise, []);
  });
}
