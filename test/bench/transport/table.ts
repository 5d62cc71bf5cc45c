import { median } from '../paired.ts';
import type { LoadResult } from './load.ts';

/** One load, by the name of the server. */
export interface Row {
  readonly title: string;
  readonly medians: ReadonlyMap<string, LoadResult>;
}

/** A ratio that the transport is to reach. */
export interface Goal {
  readonly what: string;
  readonly goal: string;
  readonly measured: number | undefined;
  readonly isMet: boolean;
}

/** Takes the middle of each figure. */
export function compare(title: string, results: ReadonlyMap<string, readonly LoadResult[]>): Row {
  const medians = new Map<string, LoadResult>();
  for (const [name, own] of results) {
    if (own.length === 0) continue;
    const middle = (of: (result: LoadResult) => number): number => median(own.map(of));
    medians.set(name, {
      rate: middle(({ rate }) => rate),
      p50: middle(({ p50 }) => p50),
      p99: middle(({ p99 }) => p99),
      cpu: middle(({ cpu }) => cpu),
      memory: middle(({ memory }) => memory),
    });
  }
  return { title, medians };
}

/** Prints Markdown: a line for each load and server, with what ours is a multiple of. */
export function printTable(rows: readonly Row[], names: readonly string[]): void {
  console.log('| load | server | messages/s | ours to it | 250: p50 / p99 ms | CPU ms/message | peak MiB |');
  console.log('| --- | --- | ---: | ---: | ---: | ---: | ---: |');
  for (const { title, medians } of rows) {
    const own = medians.get('mailtopo');
    for (const name of names) {
      const one = medians.get(name);
      if (one === undefined) {
        console.log(`| ${title} | ${name} | failed | | | | |`);
        continue;
      }
      const { rate, p50, p99, cpu, memory } = one;
      const ratio = own && one !== own ? (own.rate / rate).toFixed(2) : '';
      const figures = [
        figure(rate),
        ratio,
        `${figure(p50)} / ${figure(p99)}`,
        cpu.toFixed(2),
        memory.toFixed(0),
      ];
      console.log(`| ${title} | ${name} | ${figures.join(' | ')} |`);
    }
  }
}

function figure(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2);
}

type Wanted = readonly [row: string, peer: string, least: number];

const rates: readonly Wanted[] = [
  ['1 KB, 50 conn', 'Postfix', 20],
  ['1 KB, 50 conn', 'Haraka', 10],
  ['1 KB, 50 conn', 'smtp-server, discarding', 0.6],
  ['1 KB, 1 conn', 'Postfix', 3],
  ['1 KB, TLS in and out, 10 conn', 'Postfix', 10],
  ['1 KB, a TLS handshake each, 50 conn', 'Postfix', 5],
  ['1 KB, a TLS handshake each, 50 conn', 'raw-discard', 0.65],
  ['100 KB, 10 conn', 'Postfix', 4],
  ['5 MB, 1 conn', 'Postfix', 1.5],
  ['25 MB, 1 conn', 'Postfix', 1.2],
];

/** Sets what was measured beside what is wanted. Unit: KiB for what an idle connection costs. */
export function goals(rows: readonly Row[], idle: ReadonlyMap<string, number>): readonly Goal[] {
  const resultOf = (row: string, name: string): LoadResult | undefined =>
    rows.find(({ title }) => title === row)?.medians.get(name);
  const quotient = (row: string, name: string, of: (result: LoadResult) => number): number | undefined => {
    const [own, other] = [resultOf(row, 'mailtopo'), resultOf(row, name)];
    return own && other && of(own) / of(other);
  };
  const small = resultOf('5 MB, 1 conn', 'mailtopo')?.memory;
  const large = resultOf('100 MB, 1 conn', 'mailtopo')?.memory;
  return [
    ...rates.map(([row, peer, least]) =>
      atLeast(
        `${row}, to ${peer}`,
        least,
        quotient(row, peer, ({ rate }) => rate),
      ),
    ),
    atMost(
      '1 KB, 50 conn, p99 of 250, to Postfix',
      0.2,
      quotient('1 KB, 50 conn', 'Postfix', ({ p99 }) => p99),
    ),
    atMost('idle connection, plain, KiB', 15, idle.get('mailtopo, plain')),
    atMost('idle connection, tls, KiB', 45, idle.get('mailtopo, tls')),
    atMost('peak memory, 100 MB to 5 MB', 1.25, small && large && large / small),
  ];
}

function atLeast(what: string, least: number, measured: number | undefined): Goal {
  return { what, goal: `>= ${least}`, measured, isMet: measured !== undefined && measured >= least };
}

function atMost(what: string, limit: number, measured: number | undefined): Goal {
  return { what, goal: `<= ${limit}`, measured, isMet: measured !== undefined && measured <= limit };
}

/** Prints Markdown; a goal whose load was left out says so. */
export function printGoals(all: readonly Goal[]): void {
  console.log('\n| what | goal | measured | |\n| --- | --- | ---: | --- |');
  for (const { what, goal, measured, isMet } of all) {
    const said = measured === undefined ? 'not measured' : isMet ? 'met' : 'missed';
    console.log(`| ${what} | ${goal} | ${measured === undefined ? '' : figure(measured)} | ${said} |`);
  }
}
