import type { Setting } from '../exchange/setting.ts';
import { formatJson } from './format-json.ts';
import { gatherSettings, type Settings } from './gen-settings.ts';
import { closedObject, mapOf, text, word, type SchemaForm, type SchemaForms } from './json-schema-form.ts';
import { settingSchema } from './setting-schema.ts';
import {
  declaredObjects,
  receiveConnectorKeys,
  sendConnectorKeys,
  versionSchema,
} from './topology-schema.ts';

/**
 * Makes the published JSON Schema of the topology language from the catalogue and the objects that are ours.
 *
 * It says what the shape is and what an editor may offer; whether a value is one for the version is for rules.
 */
export function genSchema(root: string): Promise<string> {
  return formatJson(topologySchema(gatherSettings(root)));
}

function topologySchema(settings: Settings): SchemaForm {
  return {
    $comment: 'Generated from the catalogue and src/dev/topology-schema.ts by npm run gen; do not edit.',
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'mailtopo topology, version 1',
    ...closedObject('The mail topology of one Exchange organization.', topLevel(), [
      ...['mailtopo', 'organization', 'servers'],
    ]),
    $defs: {
      ...declaredObjects,
      sendConnector: connector('A gateway for outgoing mail.', sendConnectorKeys, settings.sendConnector),
      receiveConnector: connector(
        'A gateway for incoming mail.',
        receiveConnectorKeys,
        settings.receiveConnector,
      ),
      transportConfig: connector('Values of the whole organization.', {}, settings.transportConfig),
    },
  };
}

function connector(description: string, ours: SchemaForms, settings: readonly Setting[]): SchemaForm {
  const theirs = settings.map((setting) => [setting.key, settingSchema(setting)] as const);
  return closedObject(description, { ...ours, ...Object.fromEntries(theirs) });
}

function topLevel(): SchemaForms {
  return {
    mailtopo: { description: 'The version of the topology language.', const: 1 },
    organization: organization(),
    servers: { ...named('Servers by name.', 'server'), minProperties: 1 },
    certificates: named('Our certificates, by a name of your choice.', 'certificate'),
    authorities: named('Roots that are not public ones, by a name of your choice.', 'authority'),
    partners: named('Third parties, by a name of your choice.', 'partner'),
    credentials: named('Credentials, by a name of your choice.', 'credential'),
    networks: named('NAT devices and load balancers, by a name of your choice.', 'network'),
    sendConnectors: named('Send connectors by name.', 'sendConnector'),
    receiveConnectors: named('Receive connectors by name, or by SERVER\\Name.', 'receiveConnector'),
    transportConfig: reference('transportConfig'),
    dns: named('Facts that are used instead of real DNS, by name.', 'dnsFact'),
    delivery: named('By accepted domain. Default: a Maildir under the data folder.', 'delivery'),
    rehearsal: reference('rehearsal'),
    lint: closedObject('How to lint this file.', {
      rules: mapOf(
        'By rule; locked rules cannot be lowered.',
        word('A severity.', ['off', 'info', 'warning', 'error']),
      ),
    }),
    policies: named('Properties that mailtopo verify proves, by a name of your choice.', 'policy'),
    tests: named('What mailtopo test expects of traces, by a name of your choice.', 'traceTest'),
    ...reserved(),
  };
}

function organization(): SchemaForm {
  const types = ['authoritative', 'internalRelay', 'externalRelay'];
  return closedObject(
    'The organization.',
    {
      name: text('Its name.'),
      exchangeVersion: versionSchema('The Exchange version; a server may have its own.'),
      acceptedDomains: mapOf(
        'The domains that it takes mail for; *.contoso.com is the subdomains only.',
        word('Where mail for unknown recipients goes: back, to another server of ours, or outside.', types),
      ),
    },
    ['name', 'exchangeVersion'],
  );
}

function reserved(): SchemaForms {
  const later = ['users', 'runtime'];
  const form: SchemaForm = { description: 'Reserved for a later version.', type: ['object', 'array'] };
  return Object.fromEntries(later.map((key) => [key, form]));
}

function named(description: string, object: string): SchemaForm {
  return mapOf(description, reference(object));
}

function reference(object: string): SchemaForm {
  return { $ref: `#/$defs/${object}` };
}
