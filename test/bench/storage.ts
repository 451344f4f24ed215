/*
 * npm run bench:storage -- [--minutes N] [--runs N]
 *
 * What it takes to open a board and to keep it, with the simulated messenger around the page, and whether anything
 * is lost when the storage fails. Time is simulated: the figures are the same on every machine.
 */
import { parseArgs } from "node:util";
import { FAULTS, runFaults } from "./storage-faults.ts";
import { createLife } from "./storage-life.ts";
import { judgedTable, judgeOpening, judgeOpenings, kB, reopen } from "./storage-openings.ts";
import type { Judged } from "./storage-openings.ts";

const HANDED_OVER = 60_000;
const REWRITTEN = 2_000_000;
const STROKES_A_MINUTE = 50;

/** True where all goals are met. */
export async function main(args: readonly string[]): Promise<boolean> {
  const { values } = parseArgs({
    args: [...args],
    options: { minutes: { type: "string", default: "60" }, runs: { type: "string", default: "40" } },
  });
  let areMet = true;
  const print = (title: string, judged: readonly Judged[]): void => {
    areMet &&= judged.every(({ isMet }) => isMet);
    console.log(judgedTable(title, judged));
    console.log("");
  };

  for (const platform of ["android", "ios"] as const) {
    print(`opening on ${platform}`, await judgeOpenings(platform));
  }

  const written: Judged[] = [];
  for (const count of [0, 5000]) written.push(...(await judgeWriting(count, Number(values.minutes))));
  print("drawing 50 strokes a minute, each minute", written);

  const safe: Judged[] = [];
  for (const [name, fault] of Object.entries(FAULTS)) {
    const { runs, strokes, lost, told } = await runFaults(fault, Number(values.runs));
    const figures = `${lost} lost, ${told} alarms (${runs} runs, ${strokes} strokes)`;
    safe.push({ name, figures, goal: "0 lost, 0 alarms", isMet: lost === 0 && told === 0 });
  }
  print("strokes that were safe", safe);
  return areMet;
}

/** What the device writes while somebody draws on a board of so many strokes, and opening it after that. */
async function judgeWriting(count: number, minutes: number): Promise<Judged[]> {
  const life = createLife(3);
  await reopen(life, count);
  life.written();
  await life.draw(STROKES_A_MINUTE * minutes, 60_000 / STROKES_A_MINUTE, true);
  const { handedOver, rewritten } = life.written();
  await life.leave();
  return [
    {
      name: `${minutes} minutes on ${count.toLocaleString("en")} strokes`,
      figures: `${kB(handedOver)} handed over, ${(rewritten / 1e6).toFixed(2)} MB rewritten`,
      former: "190 to 400 kB, 17 to 21 MB",
      goal: `${kB(HANDED_OVER)}, ${REWRITTEN / 1e6} MB`,
      isMet: handedOver <= HANDED_OVER && rewritten <= REWRITTEN,
    },
    judgeOpening("opened after that", await life.open()),
  ];
}
