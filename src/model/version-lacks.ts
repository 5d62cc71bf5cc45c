import type { Located, Span } from '../base/span.ts';
import { versionsWithValue } from '../exchange/cmdlets.ts';
import { serviceVersions } from '../exchange/certificate-service.ts';
import { roleVersions } from '../exchange/server-role.ts';
import { holdsIn, type ExchangeVersion, type VersionFact } from '../exchange/version.ts';
import { explainSetting } from './setting-faults.ts';
import type { Topology } from './topology.ts';
import { writtenSettings } from './written-settings.ts';

/** Something that the file writes and that a version lacks. */
export interface VersionLack {
  readonly kind: 'parameter' | 'value' | 'role' | 'service';
  readonly at: Span;
  /** As in `Send connector "To Fabrikam"`. */
  readonly owner: string;
  /** The parameter; for a role or a service the key that it stands under. */
  readonly key: string;
  /** The value at fault; empty for a parameter. */
  readonly value: string;
  /** The version that lacks it, and where that is written. */
  readonly version: Located<ExchangeVersion>;
  /** The versions that have it. */
  readonly known: VersionFact;
}

/** Finds all parameters, values, roles and services that the version they are written for lacks. */
export function versionLacks(topology: Topology): readonly VersionLack[] {
  return [...settingLacks(topology), ...roleLacks(topology), ...serviceLacks(topology)];
}

function settingLacks(topology: Topology): readonly VersionLack[] {
  return writtenSettings(topology).flatMap(
    ({ owner, setting, written, versions }): readonly VersionLack[] => {
      const { key } = setting;
      const version = versions.find(({ value }) => !holdsIn(value, setting));
      if (version) {
        const { at } = written.key;
        return [{ kind: 'parameter', at, owner, key, value: '', version, known: setting }];
      }
      return versions.flatMap((one) =>
        explainSetting(setting, one.value, written.node)
          .filter(({ kind }) => kind === 'word-of-other-version')
          .map(({ at, text }) => {
            const known = spanOf(versionsWithValue(setting, text));
            return { kind: 'value', at, owner, key, value: text, version: one, known };
          }),
      );
    },
  );
}

function roleLacks({ servers }: Topology): readonly VersionLack[] {
  return servers.flatMap(({ name, role, version }): readonly VersionLack[] => {
    const known = roleVersions[role.value];
    if (holdsIn(version.value, known)) return [];
    const owner = `Server "${name.value}"`;
    return [{ kind: 'role', at: role.at, owner, key: 'role', value: role.value, version, known }];
  });
}

function serviceLacks({ certificates }: Topology): readonly VersionLack[] {
  return certificates.flatMap(({ name, services, installedOn }) =>
    services.flatMap(({ value, at }): readonly VersionLack[] => {
      const known = serviceVersions.get(value) ?? {};
      const server = installedOn.find(
        ({ target }) => target && !holdsIn(target.version.value, known),
      )?.target;
      if (!server) return [];
      const owner = `Certificate "${name.value}"`;
      return [{ kind: 'service', at, owner, key: 'services', value, version: server.version, known }];
    }),
  );
}

function spanOf(versions: readonly ExchangeVersion[]): VersionFact {
  const [since] = versions;
  const until = versions.at(-1);
  return { ...(since && { since }), ...(until && { until }) };
}
