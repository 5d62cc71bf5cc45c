import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';

/** Modules of Node that take long to load and are seldom needed, such as the one with which commander starts other programs. */
const lazy: readonly string[] = ['node:child_process', 'node:crypto', 'node:net', 'node:os'];

/** The validator beside the bundles: a topology that has the shape of one needs none. */
export const validatorFile = 'validate-topology.cjs';

const require = createRequire(import.meta.url);

/** All of the project that is bundled; both bundles ask for each module. */
const texts: readonly string[] = ['dist/src', 'dist/rules', 'dist/runtime'].flatMap((folder) =>
  readdirSync(folder, { encoding: 'utf8', recursive: true })
    .filter((file) => file.endsWith('.js'))
    .map((file) => readFileSync(join(folder, file), 'utf8')),
);

/** Names what the project itself takes of a module; all of it would cost more than it saves. */
function importedOf(module: string): readonly string[] {
  const imports = new RegExp(`^import \\{([^}]*)\\} from '${module}';$`, 'gm');
  const names = texts.flatMap((text) =>
    [...text.matchAll(imports)].flatMap(([, list = '']) => list.split(',')),
  );
  const whole = new RegExp(`^import \\* as (\\w+) from '${module}';$`, 'm');
  const members = texts.flatMap((text) => {
    const name = whole.exec(text)?.[1];
    if (name === undefined) return [];
    return [...text.matchAll(new RegExp(`\\b${name}\\.(\\w+)`, 'g'))].map(([, member = '']) => member);
  });
  const all = [...names.map((name) => name.trim().replace(/ as .*/, '')), ...members];
  return [...new Set(all)].toSorted();
}

/** Loads the validator and some modules of Node when something of them is first used, and not when the program starts. */
export const lazyModulesPlugin: Plugin = {
  name: 'lazy-modules',
  setup(build) {
    build.onResolve({ filter: /^node:/ }, ({ path, namespace, kind }) => {
      if (!lazy.includes(path) || namespace !== 'file') return undefined;
      return { path, namespace: kind === 'require-call' ? 'lazy-whole' : 'lazy' };
    });
    build.onResolve({ filter: /\/validate-topology\.(js|cjs)$/ }, ({ path, kind }) =>
      kind === 'require-call' ? { path, external: true } : { path, namespace: 'lazy-validator' },
    );
    build.onLoad({ filter: /.*/, namespace: 'lazy-validator' }, () => ({
      contents: `module.exports = { get validate() { return require('./${validatorFile}').validate; } };`,
    }));
    const load = (path: string, names: readonly string[]): { readonly contents: string } => {
      const getters = names.map(
        (name) => `get ${name}() { return require(${JSON.stringify(path)}).${name}; }`,
      );
      return { contents: `module.exports = { ${getters.join(', ')} };` };
    };
    build.onLoad({ filter: /.*/, namespace: 'lazy' }, ({ path }) => load(path, importedOf(path)));
    build.onLoad({ filter: /.*/, namespace: 'lazy-whole' }, ({ path }) =>
      load(path, Object.keys(require(path) as object)),
    );
  },
};
