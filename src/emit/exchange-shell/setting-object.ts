import type { SettingObject } from '../../exchange/setting.ts';
import type { Step } from '../../plan/step.ts';

/** The Exchange object whose parameters a kind of step sets. */
export const settingObjectOf: { readonly [kind in Step['kind']]?: SettingObject } = {
  'receive-connector': 'receiveConnector',
  'send-connector': 'sendConnector',
  'transport-config': 'transportConfig',
};
