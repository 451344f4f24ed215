/*
 * npm run bench:session -- [--people N] [--items N] [--rate N] [--seconds N]
 *
 * What a session costs the page it runs in, while all of N people draw on a large board: the share of one
 * core that is spent on reading what the others say, applying and storing it, digests, contacts, what each of
 * them lacks, and on telling whoever shows it, who reads all that. Nothing is painted. Time and network are
 * simulated; the figure is the time that the processor really worked for this process (garbage collection
 * and what a host and a clock cost included, what the others do not), so other programs hardly matter.
 */
import { parseArgs } from "node:util";
import { measureSession } from "./session-cost.ts";
import { markdownTable } from "./table.ts";

/** Of one core. */
const LIMIT = 0.1;

/** True where it stays under the limit. */
export async function main(args: readonly string[]): Promise<boolean> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      people: { type: "string", default: "20" },
      items: { type: "string", default: "10000" },
      rate: { type: "string", default: "6" },
      seconds: { type: "string", default: "30" },
    },
  });
  const settings = {
    people: Number(values.people),
    items: Number(values.items),
    rate: Number(values.rate),
    seconds: Number(values.seconds),
  };
  const { share, told, heard, missing } = await measureSession(settings);
  const rows = [
    ["share of a core", `${(100 * share).toFixed(1)} % (limit ${100 * LIMIT} %)`],
    ["messages heard, a second", heard.toFixed(0)],
    ["changes told, a second", told.toFixed(1)],
    ["strokes that a contact lacked, at most", String(missing)],
  ];
  console.log(`${settings.people} people, ${settings.items} items, ${settings.rate} updates a second each`);
  console.log(markdownTable(["one page's session", ""], rows));
  return share < LIMIT;
}
