/*
 * How soon a board is there behind the simulated messenger, after different lives, and in how many values: what
 * is wanted of it, what it was, and the table that says so. Time is simulated.
 */
import type { Platform } from "../../src/simulator/engine.ts";
import { createLife } from "./storage-life.ts";
import type { Life, Opening } from "./storage-life.ts";
import { markdownTable } from "./table.ts";

const MOST_VALUES = 6;
const READY_MS = 600;
const EMPTY_READY_MS = 250;
const OPENINGS = 300;
const OPENED_OFTEN = `${OPENINGS} openings with one stroke each`;

/** As it was measured of 0.3.0 before any of this. */
const FORMER: Readonly<Record<string, string>> = {
  "0 strokes": "400 ms",
  "100 strokes": "1,350 ms",
  "1,000 strokes": "7,700 ms, 120 values, 569 kB",
  "5,000 strokes": "14,400 ms, 277 values, 1.9 MB",
  [OPENED_OFTEN]: "21,300 ms",
};

/** A line of what bench:storage prints. */
export interface Judged {
  readonly name: string;
  readonly figures: string;
  readonly former?: string;
  readonly goal: string;
  readonly isMet: boolean;
}

/** What it takes to open boards of several sizes, and one that was opened again and again. */
export async function judgeOpenings(platform: Platform): Promise<Judged[]> {
  const judged: Judged[] = [];
  for (const count of [0, 100, 1000, 5000]) {
    const opening = await reopen(createLife(1, platform), count);
    judged.push(judgeOpening(`${count.toLocaleString("en")} strokes`, opening, count === 0));
  }
  const life = createLife(2, platform);
  for (let i = 0; i < OPENINGS; i++) {
    await life.open();
    await life.draw(1, 700, true);
    await life.leave(1500);
  }
  const often = judgeOpening(OPENED_OFTEN, await life.open());
  return [...judged, { ...often, isMet: often.isMet && life.strokes() === OPENINGS }];
}

export function judgeOpening(name: string, { readyMs, values, bytes }: Opening, isEmpty = false): Judged {
  const most = isEmpty ? EMPTY_READY_MS : READY_MS;
  return {
    name,
    figures: `${readyMs} ms, ${values} values, ${kB(bytes)}`,
    former: FORMER[name] ?? "",
    goal: `${most} ms, ${MOST_VALUES} values`,
    isMet: readyMs <= most && values <= MOST_VALUES,
  };
}

/** Opens a board that so many strokes were drawn on. */
export async function reopen(life: Life, count: number): Promise<Opening> {
  await life.open();
  await life.draw(count, 100, false);
  await life.leave();
  return life.open();
}

export function judgedTable(title: string, judged: readonly Judged[]): string {
  const rows = judged.map(({ name, figures, former = "", goal, isMet }) => [
    name,
    figures,
    former,
    goal,
    isMet ? "met" : "NOT MET",
  ]);
  return markdownTable([title, "now", "0.3.0", "goal", ""], rows);
}

export function kB(bytes: number): string {
  return `${(bytes / 1000).toFixed(bytes < 10_000 ? 1 : 0)} kB`;
}
