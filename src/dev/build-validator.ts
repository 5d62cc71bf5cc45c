/** Writes `validate-topology.js` and `expanded-schema.js` beside the compiled src/schema, so that no run compiles the schema or loads ajv. */
import { readFileSync, writeFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { expandSchema, type WrittenSchema } from './expand-schema.ts';

const folder = new URL('../schema/', import.meta.url);
const written = JSON.parse(readFileSync(new URL('topology.schema.json', folder), 'utf8')) as WrittenSchema;
const schema = expandSchema(written, written);

const ajv = new Ajv({
  allErrors: true,
  strict: true,
  // A choice between required keys names keys that its parent declares.
  strictRequired: false,
  allowUnionTypes: true,
  messages: false,
  code: { source: true, esm: true, lines: true },
});
const code = standalone.default(ajv, ajv.compile(schema));
if (code.includes('require(')) throw new Error('the validator needs a part of ajv when running');
writeFileSync(new URL('validate-topology.js', folder), `${code}\n`);
writeFileSync(
  new URL('expanded-schema.js', folder),
  // Text is read faster as JSON than as JavaScript, at each start.
  `export const schema = JSON.parse(${JSON.stringify(JSON.stringify(schema))});\n`,
);
