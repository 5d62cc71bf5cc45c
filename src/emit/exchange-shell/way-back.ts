import { indent, mark, type Block } from './block.ts';
import { objectKey } from './object-key.ts';
import { quote } from './quote.ts';
import type { SettingStep } from './steps.ts';

/** How an object that apply may have made or changed goes back to what the backup holds. */
export interface WayBack {
  readonly step: SettingStep;
  /** Such as `ReceiveConnector`, as its cmdlets have it. */
  readonly noun: string;
  /** What the object is called when it is asked whether something shall be done to it; quoted. */
  readonly called: string;
  /** The variable that holds the object. */
  readonly variable: string;
  readonly find: string;
  /** What `-Identity` of its Remove- cmdlet is. */
  readonly identity: string;
  /** What has to be known before `isChanged`, the condition under which somebody has changed it since. */
  readonly before: Block;
  readonly isChanged: string;
  /** What brings the former values of an object back that was there. */
  readonly restore: Block;
}

/** Objects that are in each other's way are all removed before the first one is restored. */
export type WayBackPart = 'whole' | 'removal' | 'restoral';

/** Writes the way back of one object: removed where it was not, its former values where it was. */
export function wayBack(way: WayBack, part: WayBackPart = 'whole'): Block {
  const { step, variable } = way;
  const key = objectKey(step);
  const look = [`$saved = Get-Saved -Backup $kept -Key ${quote(key)}`, `${variable} = ${way.find}`];
  const gone = [
    `if ($null -eq ${variable} -and $saved['Present']) {`,
    `    Write-Finding -Text ${quote(`${key} is gone, and apply does not remove any: make it by hand`)}`,
    '}',
  ];
  if (part === 'removal') return [...look, ...removal(way, 'if')];
  if (part === 'restoral')
    return [
      ...look,
      ...gone,
      `elseif ($null -ne ${variable} -and $saved['Present']) {`,
      ...indent(way.restore),
      '}',
    ];
  return [
    ...look,
    ...gone,
    ...removal(way, 'elseif'),
    `elseif ($null -ne ${variable}) {`,
    ...indent(way.restore),
    '}',
  ];
}

function removal(way: WayBack, word: 'if' | 'elseif'): Block {
  const { step, noun, called, variable, identity } = way;
  const key = objectKey(step);
  return [
    `${word} ($null -ne ${variable} -and -not $saved['Present']) {`,
    ...indent([
      ...way.before,
      `if (-not $RemoveChanged -and ${way.isChanged}) {`,
      `    Write-Finding -Text ${quote(`${key} was changed after apply made it, so it stays; -RemoveChanged removes it`)}`,
      '}',
      `elseif ($PSCmdlet.ShouldProcess(${called}, 'Remove-${noun}')) {`,
      ...indent([
        mark(
          `Remove-${noun} -Identity ${identity} -Confirm:$false -ErrorAction Stop`,
          step.origin,
          `Remove-${noun}`,
        ),
        `Write-Change -Text ${quote(`${key}: removed`)}`,
      ]),
      '}',
    ]),
    '}',
  ];
}
