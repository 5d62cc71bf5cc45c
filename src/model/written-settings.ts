import type { Located } from '../base/span.ts';
import { settingOf } from '../exchange/cmdlets.ts';
import type { Setting as ExchangeSetting, SettingObject } from '../exchange/setting.ts';
import type { ExchangeVersion } from '../exchange/version.ts';
import type { Topology, WrittenParameter } from './topology.ts';

/** A parameter that the file writes, with what the catalogue knows of it and the versions that it is written for. */
export interface WrittenSetting {
  /** As in `Send connector "To Fabrikam"`. */
  readonly owner: string;
  readonly setting: ExchangeSetting;
  readonly written: WrittenParameter;
  /** One entry for each version: of the servers that the connector is on, else of the organization. */
  readonly versions: readonly Located<ExchangeVersion>[];
}

const asked = new WeakMap<Topology, readonly WrittenSetting[]>();

/**
 * Lists the Exchange parameters that the file writes on connectors and for the organization; unknown keys are left out.
 * Many rules ask, so the answer is kept with the topology.
 */
export function writtenSettings(topology: Topology): readonly WrittenSetting[] {
  const known = asked.get(topology) ?? listSettings(topology);
  asked.set(topology, known);
  return known;
}

function listSettings(topology: Topology): readonly WrittenSetting[] {
  const { sendConnectors, receiveConnectors, transportConfig, organization } = topology;
  const ofOrganization = [organization.exchangeVersion];
  return [
    ...sendConnectors.flatMap(({ name, server, sourceTransportServers, written }) => {
      const sources = [...sourceTransportServers, ...(server ? [server] : [])];
      const versions = sources.flatMap(({ target }) => target?.version ?? []);
      return settingsOf('sendConnector', `Send connector "${name.value}"`, written, [
        ...(versions.length > 0 ? versions : ofOrganization),
      ]);
    }),
    ...receiveConnectors.flatMap(({ name, server, written }) =>
      settingsOf('receiveConnector', `Receive connector "${name.value}"`, written, [
        server.target?.version ?? organization.exchangeVersion,
      ]),
    ),
    ...settingsOf('transportConfig', '"transportConfig"', transportConfig.written, ofOrganization),
  ];
}

function settingsOf(
  object: SettingObject,
  owner: string,
  parameters: readonly WrittenParameter[],
  versions: readonly Located<ExchangeVersion>[],
): readonly WrittenSetting[] {
  const different = versions.filter(
    ({ value }, index) => versions.findIndex((one) => one.value === value) === index,
  );
  return parameters.flatMap((written) => {
    const setting = settingOf(object, written.key.value);
    return setting ? [{ owner, setting, written, versions: different }] : [];
  });
}
