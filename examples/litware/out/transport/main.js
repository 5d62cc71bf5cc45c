#!/usr/bin/env node
// Starts the SMTP transport of this folder; "node main.js --help" lists what it takes.
import { fileURLToPath } from 'node:url';
import { main } from './runtime/main.js';
import { topology } from './topology.js';

process.exitCode = await main(topology, fileURLToPath(new URL('.', import.meta.url)), process.argv.slice(2));
