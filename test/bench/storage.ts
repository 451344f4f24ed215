/*
 * npm run bench:storage -- [--minutes N] [--runs N]
 *
 * What it takes to open a board and to keep it, with the simulated messenger around the page, and whether anything
 * is lost when the storage fails. Time is simulated: the figures are the same on every machine.
 */
import { parseArgs } from "node:util";
import { FAULTS, runFaults } from "./storage-faults.ts";
import { createLife } from "./storage-life.ts";
import type { Life, Opening } from "./storage-life.ts";
import { markdownTable } from "./table.ts";

const MOST_VALUES = 6;
const READY_MS = 600;
const EMPTY_READY_MS = 250;
const HANDED_OVER = 60_000;
const REWRITTEN = 2_000_000;
const STROKES_A_MINUTE = 50;
const OPENINGS = 300;

/** As it was measured of 0.3.0 before any of this. */
const FORMER: Readonly<Record<string, string>> = {
  "0 strokes": "400 ms",
  "100 strokes": "1,350 ms",
  "1,000 strokes": "7,700 ms, 120 values, 569 kB",
  "5,000 strokes": "14,400 ms, 277 values, 1.9 MB",
  [`${OPENINGS} openings with one stroke each`]: "21,300 ms",
};

/** True where all goals are met. */
export async function main(args: readonly string[]): Promise<boolean> {
  const { values } = parseArgs({
    args: [...args],
    options: { minutes: { type: "string", default: "60" }, runs: { type: "string", default: "40" } },
  });
  const rows: string[][] = [];
  let areMet = true;
  const tell = (name: string, figures: string, goal: string, isMet: boolean): void => {
    areMet &&= isMet;
    rows.push([name, figures, FORMER[name] ?? "", goal, isMet ? "met" : "NOT MET"]);
  };
  const print = (title: string): void => {
    console.log(markdownTable([title, "now", "0.3.0", "goal", ""], rows.splice(0)));
    console.log("");
  };

  for (const platform of ["android", "ios"] as const) {
    for (const count of [0, 100, 1000, 5000]) {
      const life = createLife(1, platform);
      tellOpening(`${count.toLocaleString("en")} strokes`, await reopen(life, count), count === 0);
    }
    const life = createLife(2, platform);
    for (let i = 0; i < OPENINGS; i++) {
      await life.open();
      await life.draw(1, 700, true);
      await life.leave(1500);
    }
    tellOpening(`${OPENINGS} openings with one stroke each`, await life.open(), false, life.strokes());
    print(`opening on ${platform}`);
  }

  for (const count of [0, 5000]) {
    const life = createLife(3);
    await reopen(life, count);
    life.written();
    const minutes = Number(values.minutes);
    await life.draw(STROKES_A_MINUTE * minutes, 60_000 / STROKES_A_MINUTE, true);
    const { handedOver, rewritten } = life.written();
    const name = `${minutes} minutes on ${count.toLocaleString("en")} strokes`;
    const isLittle = handedOver <= HANDED_OVER && rewritten <= REWRITTEN;
    rows.push([
      name,
      `${kB(handedOver)} handed over, ${(rewritten / 1e6).toFixed(2)} MB rewritten`,
      "190 to 400 kB, 17 to 21 MB",
      `${kB(HANDED_OVER)}, ${REWRITTEN / 1e6} MB`,
      isLittle ? "met" : "NOT MET",
    ]);
    areMet &&= isLittle;
    await life.leave();
    tellOpening("opened after that", await life.open(), false);
  }
  print("drawing 50 strokes a minute, each minute");

  for (const [name, fault] of Object.entries(FAULTS)) {
    const { runs, strokes, lost, told } = await runFaults(fault, Number(values.runs));
    const figures = `${lost} lost, ${told} alarms (${runs} runs, ${strokes} strokes)`;
    tell(name, figures, "0 lost, 0 alarms", lost === 0 && told === 0);
  }
  print("strokes that were safe");
  return areMet;

  function tellOpening(name: string, opening: Opening, isEmpty: boolean, strokes?: number): void {
    const { readyMs, values: read, bytes } = opening;
    const most = isEmpty ? EMPTY_READY_MS : READY_MS;
    const isMet = readyMs <= most && read <= MOST_VALUES && (strokes ?? OPENINGS) === OPENINGS;
    tell(name, `${readyMs} ms, ${read} values, ${kB(bytes)}`, `${most} ms, ${MOST_VALUES} values`, isMet);
  }
}

/** Opens a board that so many strokes were drawn on. */
async function reopen(life: Life, count: number): Promise<Opening> {
  await life.open();
  await life.draw(count, 100, false);
  await life.leave();
  return life.open();
}

function kB(bytes: number): string {
  return `${(bytes / 1000).toFixed(bytes < 10_000 ? 1 : 0)} kB`;
}
