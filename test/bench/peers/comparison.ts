import { markdownTable } from "../table.ts";

/** One thing that was measured of several apps; less is better. */
export interface ComparedRow {
  readonly what: string;
  /** The first app's figure is ours. */
  readonly figures: readonly number[];
  readonly digits: number;
}

/** Our figures, and those of the others with how many times ours they are. */
export function comparisonTable(
  title: string,
  apps: readonly string[],
  rows: readonly ComparedRow[],
): string {
  return markdownTable(
    [title, ...apps],
    rows.map(({ what, figures, digits }) => [
      what,
      ...figures.map((figure, i) => {
        const said = figure.toLocaleString("en", {
          minimumFractionDigits: digits,
          maximumFractionDigits: digits,
        });
        return i === 0 ? said : `${said} (${(figure / figures[0]!).toFixed(1)} ×)`;
      }),
    ]),
  );
}

/** What is not ahead of every other app, as far as the digits that are shown tell. */
export function notAhead(rows: readonly ComparedRow[]): ComparedRow[] {
  return rows.filter(({ figures: [own, ...others], digits }) => {
    const shown = (figure: number): number => Number(figure.toFixed(digits));
    return others.some((other) => shown(own!) >= shown(other));
  });
}
