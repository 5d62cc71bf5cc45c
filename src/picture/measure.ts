import type { Box } from './picture.ts';
import { textWidth, wrapped } from './text-lines.ts';

/** Unit: pixels. */
export const sizes = {
  name: 14,
  line: 12,
  lineHeight: 17,
  padding: 9,
  gap: 18,
  margin: 24,
  betweenColumns: 96,
  framePadding: 14,
  widestBox: 260,
  narrowestBox: 110,
} as const;

/** Bold letters are wider by so much. */
export const bold = 1.14;

/** A box with its text broken into lines, and how much room it takes. Unit: pixels. */
export interface MeasuredBox {
  readonly box: Box;
  readonly name: readonly string[];
  readonly lines: readonly string[];
  readonly alarm: readonly string[];
  readonly width: number;
  readonly height: number;
}

/** Breaks the text of a box into lines. */
export function measure(box: Box): MeasuredBox {
  const inner = sizes.widestBox - 2 * sizes.padding;
  const name = wrapped(box.name, inner / sizes.name / bold);
  const lines = box.lines.flatMap((line) => wrapped(line, inner / sizes.line));
  const alarm = box.alarm === undefined ? [] : wrapped(box.alarm, inner / sizes.line / bold);
  const widths = [
    ...name.map((line) => textWidth(line) * sizes.name * bold),
    ...lines.map((line) => textWidth(line) * sizes.line),
    ...alarm.map((line) => textWidth(line) * sizes.line * bold),
  ];
  const widest = widths.reduce((most, width) => Math.max(most, width), 0);
  const rows = name.length + lines.length + alarm.length;
  return {
    box,
    name,
    lines,
    alarm,
    width: Math.max(sizes.narrowestBox, Math.ceil(widest) + 2 * sizes.padding),
    height: rows * sizes.lineHeight + 2 * sizes.padding,
  };
}

/** The width that suits all boxes of a column. Unit: pixels; none for no boxes. */
export function columnWidth(boxes: readonly MeasuredBox[]): number {
  return boxes.reduce((most, { width }) => Math.max(most, width), 0);
}

/** How high boxes are that stand one above the other. Unit: pixels. */
export function stackHeight(boxes: readonly MeasuredBox[]): number {
  return boxes.reduce((sum, { height }) => sum + height + sizes.gap, 0);
}
