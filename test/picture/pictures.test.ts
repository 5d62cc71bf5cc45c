import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { printable } from '../../src/base/printable.ts';
import { transportConfig } from '../../src/emit/node-smtp/config.ts';
import { lintSource } from '../../src/lint-source.ts';
import { dot } from '../../src/picture/dot.ts';
import { drawPlan } from '../../src/picture/draw-plan.ts';
import { mermaid } from '../../src/picture/mermaid.ts';
import type { Box, Picture } from '../../src/picture/picture.ts';
import { svg } from '../../src/picture/svg.ts';
import { makePlan } from '../../src/plan/make-plan.ts';
import { rules } from '../../rules/index.ts';
import { expectGolden } from '../support/golden.ts';
import { hostileText } from '../support/sample-findings.ts';

function pictureOf(text: string): Picture {
  const { topology } = lintSource('topology.yaml', text, { rules, fileExists: () => true });
  assert.ok(topology);
  const plan = makePlan(topology);
  return drawPlan(plan, transportConfig(plan).config);
}

const formats = { mermaid: [mermaid, 'mmd'], dot: [dot, 'dot'], svg: [svg, 'svg'] } as const;

for (const name of readdirSync('examples', { withFileTypes: true }).filter((one) => one.isDirectory())) {
  test(`pictures: examples/${name.name} in each format`, () => {
    const picture = pictureOf(readFileSync(`examples/${name.name}/topology.yaml`, 'utf8'));
    for (const [write, ending] of Object.values(formats)) {
      expectGolden(`test/picture/golden/${name.name}.${ending}`, write(picture));
    }
  });
}

test('pictures: the one in the README is real', () => {
  const picture = pictureOf(readFileSync('examples/document-domain-security/topology.yaml', 'utf8'));
  const shown = /^```mermaid\n([^]*?)^```$/m.exec(readFileSync('src/picture/README.md', 'utf8'))?.[1];
  assert.equal(shown, mermaid(picture));
});

const contoso = pictureOf(readFileSync('examples/contoso/topology.yaml', 'utf8'));

/** Puts other words into every place of the picture that holds words of a topology. */
function worded(picture: Picture, words: readonly string[]): Picture {
  let next = 0;
  const word = (): string => words[next++ % words.length] ?? '';
  const box = (one: Box): Box => ({ ...one, name: word(), lines: one.lines.map(word), alarm: word() });
  const boxes = (all: readonly Box[]): readonly Box[] => all.map(box);
  return {
    ...picture,
    title: word(),
    sentences: picture.sentences.map(word),
    organization: { name: word(), lines: picture.organization.lines.map(word) },
    groups: picture.groups.map((group) => ({ ...group, name: word(), servers: boxes(group.servers) })),
    senders: boxes(picture.senders),
    receiveConnectors: boxes(picture.receiveConnectors),
    sendConnectors: boxes(picture.sendConnectors),
    destinations: boxes(picture.destinations),
  };
}

const hostilePicture = fc
  .array(hostileText, { minLength: 1, maxLength: 8 })
  .map((words) => worded(contoso, words));

function allBoxes(picture: Picture): readonly Box[] {
  const { senders, receiveConnectors, groups, sendConnectors, destinations } = picture;
  const servers = groups.flatMap((group) => group.servers);
  return [...senders, ...receiveConnectors, ...servers, ...sendConnectors, ...destinations];
}

/** The lines that a flow chart of ours is made of; a label holds nothing that is not text. */
const mermaidLabel = `"(?:[\\p{L}\\p{M}\\p{N} .,()/_-]|#\\d+;|<br/>)*"`;
const mermaidLines: readonly RegExp[] = [
  /^flowchart LR$/,
  /^ {2}acc(Title|Descr): [\p{L}\p{M}\p{N} .,()/_-]*$/u,
  new RegExp(`^ {2,4}subgraph [a-zA-Z0-9]+\\[${mermaidLabel}\\]$`, 'u'),
  new RegExp(`^ {4,6}[a-z]+[0-9]*(\\[${mermaidLabel}\\]|\\(\\[${mermaidLabel}\\]\\))$`, 'u'),
  /^ {2,4}end$/,
  /^ {2}[a-z]+\d+ (-\.->|-->|==>) [a-z]+\d+$/,
  /^ {2}(%% [a-z]+ is [\w ,]+|classDef [a-z]+ stroke-[\w: -]+|class [\w,]+ [a-z]+|linkStyle [\d,]+ stroke-[\w: -]+)$/,
  /^$/,
];

test('mermaid: whatever the names, every line is one of ours, and boxes say what they should', () => {
  fc.assert(
    fc.property(hostilePicture, (picture) => {
      const lines = mermaid(picture).split('\n');
      for (const line of lines) {
        assert.ok(
          mermaidLines.some((form) => form.test(line)),
          line,
        );
      }
      for (const { id, name } of allBoxes(picture)) {
        const label = lines.find((line) => new RegExp(`^ +${id}[[(]`).test(line))?.split('"')[1] ?? '';
        const first = (label.split('<br/>')[0] ?? '').replaceAll(/#(\d+);/g, (_, code: string) =>
          String.fromCodePoint(Number(code)),
        );
        assert.equal(first, printable(name));
      }
    }),
    { numRuns: 60 },
  );
});

/** Cuts DOT into words, as its grammar does; anything that is none ends the test. */
function dotTokens(text: string): readonly string[] {
  const token = /\s+|[a-zA-Z_]\w*|->|[{}[\]=,]|"(?:[^"\\\n]|\\[\\"n])*"/y;
  const tokens: string[] = [];
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    const found = token.exec(text)?.[0];
    assert.ok(found !== undefined, `no word of DOT: ${text.slice(at, at + 60)}`);
    if (found.trim() !== '') tokens.push(found);
  }
  return tokens;
}

test('dot: whatever the names, the words of the language stay the same, and boxes say what they should', () => {
  const bones = (picture: Picture): readonly string[] =>
    dotTokens(dot(picture)).filter((word) => !word.startsWith('"'));
  const usual = bones(worded(contoso, ['a']));
  fc.assert(
    fc.property(hostilePicture, (picture) => {
      assert.deepEqual(bones(picture), usual);
      const tokens = dotTokens(dot(picture));
      for (const { id, name } of allBoxes(picture)) {
        const at = tokens.findIndex((word, index) => word === id && tokens[index + 1] === '[');
        const label = (tokens[at + 4] ?? '').slice(1, -1).replaceAll('&amp;', '&');
        const read = label.replaceAll(/\\(.)/g, (_, sign: string) => (sign === 'n' ? '\n' : sign));
        assert.equal(read.split('\n')[0], printable(name));
      }
    }),
    { numRuns: 60 },
  );
});

interface Drawn {
  readonly elements: readonly {
    readonly name: string;
    readonly attributes: Readonly<Record<string, string>>;
  }[];
  readonly text: string;
}

/** Reads a drawing with a parser that refuses what is not well-formed. */
function drawn(xml: string): Drawn {
  const elements: { name: string; attributes: Readonly<Record<string, string>> }[] = [];
  let text = '';
  const parser = new SaxesParser();
  parser.on('error', (error) => assert.fail(error));
  parser.on('opentag', ({ name, attributes }) => void elements.push({ name, attributes }));
  parser.on('text', (more) => void (text += more));
  parser.write(xml).close();
  return { elements, text };
}

const svgElements = ['svg', 'title', 'desc', 'style', 'defs', 'marker', 'g', 'rect', 'path', 'text'];

test('svg: whatever the names, it is well-formed, and holds nothing that runs or leads elsewhere', () => {
  fc.assert(
    fc.property(hostilePicture, (picture) => {
      const { elements, text } = drawn(svg(picture));
      for (const { name, attributes } of elements) {
        assert.ok(svgElements.includes(name), name);
        for (const [attribute, value] of Object.entries(attributes)) {
          assert.doesNotMatch(attribute, /^on|href|^style$/);
          if (attribute !== 'xmlns') assert.doesNotMatch(value, /[:"<]|url\((?!#head-)/);
        }
      }
      const solid = text.replaceAll(/\s/g, '');
      for (const { name } of allBoxes(picture)) {
        assert.ok(solid.includes(printable(name).replaceAll(/\s/g, '')), name);
      }
    }),
    { numRuns: 40 },
  );
});

test('svg: no box lies on another, and each lies within the drawing', () => {
  const { elements } = drawn(svg(contoso));
  const [, , height] = /^0 0 (\d+) (\d+)$/.exec(elements[0]?.attributes.viewBox ?? '') ?? [];
  const boxes = elements
    .filter(({ attributes }) => attributes.class?.startsWith('box '))
    .map(({ attributes }) => ['x', 'y', 'width', 'height'].map((side) => Number(attributes[side])))
    .map(([x = 0, y = 0, w = 0, h = 0]) => ({ x, y, right: x + w, bottom: y + h }));
  assert.equal(boxes.length, allBoxes(contoso).length);
  for (const [index, a] of boxes.entries()) {
    assert.ok(a.x >= 0 && a.y >= 0 && a.bottom <= Number(height));
    for (const b of boxes.slice(index + 1)) {
      const isApart = a.right <= b.x || b.right <= a.x || a.bottom <= b.y || b.bottom <= a.y;
      assert.ok(isApart, JSON.stringify([a, b]));
    }
  }
});

/** What a reader would look for, connector by connector. */
const cases: readonly (readonly [example: string, name: string, tls: string, words: RegExp])[] = [
  ['contoso', 'Printers', 'opportunistic', /relays for anyone who connects/],
  ['contoso', 'From Fabrikam', 'mutual', /relays for nobody/],
  ['contoso', 'To Fabrikam', 'mutual', /fabrikam\.net \(cost\u00a05\)/],
  ['northwind', 'From Trey Research', 'required', /port 25/],
  ['northwind', 'To Trey Research', 'required', /certificate must be valid/],
  ['litware', 'To Proseware', 'required', /certificate must hold mx\.proseware\.com/],
  ['tailspin', 'To the scanner cloud', 'required', /BasicAuthRequireTLS/],
  ['wingtip', 'Outward', 'opportunistic', /\* \(cost\u00a01\)/],
];

for (const [example, name, tls, words] of cases) {
  test(`pictures: ${example} shows "${name}" with TLS ${tls}`, () => {
    const picture = pictureOf(readFileSync(`examples/${example}/topology.yaml`, 'utf8'));
    const box = [...picture.receiveConnectors, ...picture.sendConnectors].find((one) => one.name === name);
    assert.ok(box);
    assert.equal(box.tls, tls);
    assert.match([...box.lines, box.alarm ?? ''].join('\n'), words);
    const ends = picture.lines.filter(({ from, to }) => from === box.id || to === box.id);
    assert.ok(ends.length > 1);
    assert.ok(ends.every((line) => line.tls === tls));
  });
}
