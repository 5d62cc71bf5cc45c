import type { Artefact, Emitter } from '../emitter.ts';
import { agreements } from './agreement.ts';
import type { PemFile } from '../../certificate/pem-file.ts';
import { letterFor } from './letter.ts';
import { readmeFor } from './readme.ts';

/** The partner's side in plain words, and our roots: what a partner needs whatever mail system it runs. */
export const emitter: Emitter = {
  unsupported: () => [],
  emit: async (plan, _lineOf, certificateOf = noCertificates) =>
    agreements(plan).flatMap((agreement): readonly Artefact[] => [
      {
        kind: 'text',
        path: `${agreement.folder}/README.md`,
        text: readmeFor(agreement, plan.version),
        encoding: 'utf-8',
      },
      {
        kind: 'text',
        path: `${agreement.folder}/letter.txt`,
        text: letterFor(agreement, { servers: plan.servers, certificateOf }),
        encoding: 'utf-8',
      },
      ...agreement.ourRoots.flatMap(({ sourceFile, path, origin }): readonly Artefact[] =>
        sourceFile === undefined
          ? []
          : [
              {
                kind: 'source-file',
                path: `${agreement.folder}/${path}`,
                sourceFile,
                origin,
                secret: false,
              },
            ],
      ),
    ]),
};

function noCertificates(): PemFile {
  return { kind: 'missing' };
}
