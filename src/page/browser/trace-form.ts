import { readScenario } from '../../trace/read-scenario.ts';
import { trace } from '../../trace/trace.ts';
import { singleKeys, type ScenarioKey, type WrittenScenario } from '../../trace/written-scenario.ts';
import type { PlaceOf } from '../../trace/pretty.ts';
import type { World } from '../../trace/world.ts';
import { UnjudgedDomain } from '../stand-in/node-url.ts';
import { placeIn, worldOf, type TraceModel } from '../trace-model.ts';
import { clear, partOf } from './parts.ts';
import { tellFault, tellTrace } from './tell-trace.ts';

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const keys: readonly ScenarioKey[] = ['to', ...singleKeys];

/** Lets the reader ask what happens to a message; the answer is made here, by the functions of the command line. */
export function startTrace(page: Document): void {
  const text = partOf(page, 'trace-model', HTMLScriptElement).textContent ?? '';
  const model = JSON.parse(text) as TraceModel;
  const form = partOf(page, 'trace-form', HTMLFormElement);
  const placeOf = placeIn(model);
  const world = judged(page, () => worldOf(model, Date.now()));
  if (world === undefined) return;
  const example = partOf(page, 'trace-example', HTMLSelectElement);
  example.addEventListener('change', () => {
    const chosen = model.examples[Number(example.value)];
    if (example.value !== '' && chosen !== undefined) fill(page, chosen.written);
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void ask(page, world, placeOf).catch((thrown: unknown) => tellUnjudged(page, thrown));
  });
  form.hidden = false;
}

async function ask(page: Document, world: World, placeOf: PlaceOf): Promise<void> {
  for (const key of keys) controlOf(page, key).removeAttribute('aria-invalid');
  const scenario = readScenario(world, writtenIn(page), () => undefined);
  if ('message' in scenario) {
    const control = controlOf(page, scenario.key);
    control.setAttribute('aria-invalid', 'true');
    const label = page.querySelector(`label[for="trace-${scenario.key}"]`)?.textContent ?? scenario.key;
    tellFault(page, `${label}: ${scenario.message}`);
    control.focus();
    return;
  }
  clear(partOf(page, 'trace-story', HTMLElement));
  tellTrace(page, await trace(world, scenario), placeOf);
}

/** Makes what it can; where a name keeps it from that, the page says so and answers nothing. */
function judged<T>(page: Document, make: () => T): T | undefined {
  try {
    return make();
  } catch (thrown) {
    tellUnjudged(page, thrown);
    return undefined;
  }
}

/** Says which name is not judged here; whatever else was thrown is a bug of ours, and goes on. */
function tellUnjudged(page: Document, thrown: unknown): void {
  if (!(thrown instanceof UnjudgedDomain)) throw thrown;
  tellFault(page, thrown.message);
}

function controlOf(page: Document, key: ScenarioKey): Control {
  return partOf(page, `trace-${key}`, HTMLElement) as Control;
}

/** Reads the form; what is left empty is not said, but for the sender of a message, who is then the null one. */
function writtenIn(page: Document): WrittenScenario {
  const said = keys
    .filter((key) => key !== 'to' && key !== 'from')
    .flatMap((key) => {
      const value = controlOf(page, key).value.trim();
      return value === '' ? [] : [[key, value] as const];
    });
  const to = controlOf(page, 'to')
    .value.split('\n')
    .filter((line) => line.trim() !== '');
  const from = controlOf(page, 'from').value.trim();
  return {
    ...Object.fromEntries(said),
    ...((from !== '' || to.length > 0) && { from }),
    ...(to.length > 0 && { to }),
  };
}

function fill(page: Document, written: WrittenScenario): void {
  for (const key of keys) {
    const value = written[key];
    controlOf(page, key).value = typeof value === 'string' ? value : (value ?? []).join('\n');
  }
}
