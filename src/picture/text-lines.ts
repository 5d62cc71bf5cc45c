import { printable } from '../base/printable.ts';
import { cellsOf, type Cell } from '../report/terminal-cells.ts';

const narrow = /^[iljtfrI.,:;'|!()[\] \u00a0-]$/;
const broad = /^[A-Z%0-9_]$/;
const broadest = /^[mwMW@]$/;

/** Unit: parts of the font size. Browsers have different fonts; the figures are wide enough for the usual ones. */
function widthOf({ text, width }: Cell): number {
  if (width !== 1) return 0.55 * width;
  if (narrow.test(text)) return 0.4;
  if (broadest.test(text)) return 0.98;
  return broad.test(text) ? 0.68 : 0.6;
}

function cellsIn(text: string): readonly Cell[] {
  return cellsOf(printable(text), 0);
}

function widthOfAll(cells: readonly Cell[]): number {
  return cells.reduce((sum, cell) => sum + widthOf(cell), 0);
}

/** Estimates how wide a text is drawn. Unit: parts of the font size. */
export function textWidth(text: string): number {
  return widthOfAll(cellsIn(text));
}

/** Breaks a text into lines that are no wider than allowed, at blanks where there are any. Unit: parts of the font size. */
export function wrapped(text: string, widest: number): readonly string[] {
  const lines: string[] = [];
  let line: Cell[] = [];
  for (const cell of cellsIn(text)) {
    if (line.length > 0 && widthOfAll(line) + widthOf(cell) > widest) {
      const blank = line.findLastIndex((one) => one.text === ' ');
      const end = blank > 0 ? blank + 1 : line.length;
      lines.push(
        line
          .slice(0, end)
          .map((one) => one.text)
          .join('')
          .trimEnd(),
      );
      line = line.slice(end);
    }
    line.push(cell);
  }
  lines.push(
    line
      .map((one) => one.text)
      .join('')
      .trimEnd(),
  );
  return lines;
}
