import type { PastStep } from "../../board/document/past.ts";
import { cssColor } from "../choices/colors.ts";

/** More stretches than this nobody can tell apart. */
const MOST = 240;

/** The colours of those who did the steps, from the first on, as a CSS image. `colorOf`: 0xRRGGBB. */
export function trackImage(
  steps: readonly PastStep[],
  colorOf: (step: PastStep) => number,
  direction: "ltr" | "rtl",
): string {
  const count = Math.min(steps.length, MOST);
  const colors = Array.from({ length: count }, (_, i) => {
    const [from, to] = [i, i + 1].map((each) => Math.floor((each * steps.length) / count)) as [
      number,
      number,
    ];
    return mostOf(steps.slice(from, to).map(colorOf));
  });
  const stops: string[] = [];
  for (let from = 0, to = 0; from < count; from = to) {
    while (to < count && colors[to] === colors[from]) to++;
    const [start, end] = [from, to].map((each) => `${((100 * each) / count).toFixed(2)}%`);
    stops.push(`${cssColor(colors[from]!)} ${start} ${end}`);
  }
  return `linear-gradient(to ${direction === "rtl" ? "left" : "right"}, ${stops.join(", ")})`;
}

/** That of which there is the most; the first of several. */
function mostOf(colors: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const color of colors) counts.set(color, (counts.get(color) ?? 0) + 1);
  return [...counts].reduce((best, each) => (each[1] > best[1] ? each : best))[0];
}
