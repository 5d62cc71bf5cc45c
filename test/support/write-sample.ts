import { emitter } from '../../src/emit/node-smtp/index.ts';
import { writeArtefacts } from '../../src/write-artefacts.ts';
import { requestIn } from './output-folder.ts';
import { sampleLineOf, samplePlan } from './sample-plan.ts';

/** Compiles the sample in a folder of its own: a program, so that a test can run it in other surroundings. */
const [, , folder = ''] = process.argv;
const artefacts = await emitter.emit(samplePlan, sampleLineOf);
const open = artefacts.filter((artefact) => artefact.kind !== 'source-file' || !artefact.secret);
await writeArtefacts(requestIn(folder, open), 'refuse');
