/*
 * npm run bench -- [--recordings FOLDER] [--live N] [--brief | --layers]
 *
 * What ink costs: on recorded strokes, and on 10,000 generated ones at 60 and at 120 samples a second; of
 * the generated ones N are sent (by the app: from page to page), all are kept and opened. Everything is
 * measured in one run, and figures of different runs do not compare. `--brief` prints README's table,
 * `--layers` only what ink costs on the first layer and on the fifth.
 */
import { parseArgs } from "node:util";
import { generateStrokes, loadRecordings } from "../support/strokes.ts";
import { BASELINES } from "./baselines.ts";
import { deviationOf } from "./deviation.ts";
import { INKMESH, keepOnLayer } from "./inkmesh.ts";
import { measureLive } from "./live.ts";
import { measureScheme } from "./measure.ts";
import type { Figures } from "./measure.ts";
import type { Strokes } from "./scheme.ts";
import { markdownTable } from "./table.ts";

const GENERATED = 10_000;

interface StrokeSet {
  readonly name: string;
  readonly strokes: Strokes;
  /** How many of them are sent. */
  readonly live: number;
}

export async function main(args: readonly string[]): Promise<boolean> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      recordings: { type: "string" },
      live: { type: "string", default: "300" },
      brief: { type: "boolean", default: false },
      layers: { type: "boolean", default: false },
    },
  });
  const live = Number(values.live);
  if (values.brief) {
    const name = `generated, 60 Hz`;
    console.log(briefTable(await measureSet({ name, strokes: generateStrokes(1, GENERATED, 60), live })));
    return true;
  }
  const sets: StrokeSet[] = [
    ...loadRecordings(values.recordings).map((set) => ({ ...set, live: set.strokes.length })),
    ...([60, 120] as const).map((hz) => ({
      name: `generated, ${hz} Hz`,
      strokes: generateStrokes(1, GENERATED, hz),
      live,
    })),
  ];
  if (!values.layers) {
    const all: Figures[] = [];
    for (const set of sets) all.push(...(await measureSet(set)));
    console.log(wholeTable(all));
    console.log();
    console.log(deviationTable(sets));
    console.log();
  }
  console.log(await layerTable(sets));
  return true;
}

async function measureSet({ name, strokes, live }: StrokeSet): Promise<Figures[]> {
  const figures = [INKMESH, ...BASELINES].map((scheme) => measureScheme(scheme, name, strokes, live));
  const { charsPerSample, messagesPerSecond, isEqual } = await measureLive(strokes.slice(0, live));
  if (!isEqual) throw new Error(`${name}: the boards differ`);
  // What the app sends is more than its ink.
  return figures.map((each) =>
    each.scheme === INKMESH.name ? { ...each, charsPerSample, messagesPerSecond } : each,
  );
}

function wholeTable(all: readonly Figures[]): string {
  const head = [
    "strokes",
    "ink as",
    "base64 characters a sample, live",
    "messages a second",
    "bytes a sample, V1",
    "V2",
    "deflated",
    "encode, us a sample",
    "decode",
    "open, ms",
    "open and read all, ms",
    "heap, MB",
  ];
  return markdownTable(
    head,
    all.map((each) => [
      each.set,
      each.scheme,
      each.charsPerSample.toFixed(2),
      each.messagesPerSecond.toFixed(1),
      each.v1?.toFixed(2) ?? "",
      each.v2?.toFixed(2) ?? "",
      each.deflated.toFixed(2),
      each.encode.toFixed(2),
      each.decode.toFixed(2),
      each.open.toFixed(1),
      each.openAll.toFixed(1),
      each.heap.toFixed(1),
    ]),
  );
}

/** What the same strokes cost on different layers, of which all but the first are named by each session once. */
async function layerTable(sets: readonly StrokeSet[]): Promise<string> {
  const head = [
    "strokes",
    "on layer",
    "base64 characters a sample, live",
    "bytes at rest",
    "of these, a stroke",
  ];
  const rows: string[][] = [];
  for (const { name, strokes, live } of sets) {
    const some = strokes.slice(0, live);
    for (const layer of [1, 5]) {
      const { charsPerSample, isEqual } = await measureLive(some, layer);
      if (!isEqual) throw new Error(`${name}: the boards differ`);
      const { length } = keepOnLayer(some, layer).stored;
      rows.push([
        name,
        String(layer),
        charsPerSample.toFixed(2),
        String(length),
        (length / some.length).toFixed(1),
      ]);
    }
  }
  return markdownTable(head, rows);
}

function deviationTable(sets: readonly StrokeSet[]): string {
  const head = [
    "drawn curve from samples, both ways",
    "mean, px",
    "95th percentile of the stroke's worst, px",
  ];
  const rows = sets.map(({ name, strokes, live }) => {
    const { mean, worst95 } = deviationOf(strokes.slice(0, live));
    return [name, mean.toFixed(3), worst95.toFixed(2)];
  });
  return markdownTable(head, rows);
}

function briefTable(figures: readonly Figures[]): string {
  const head = [
    "ink as",
    "base64 characters a sample, live",
    "bytes a sample, stored",
    "open 10,000 strokes",
  ];
  const rows = figures.map((each) => [
    each.scheme,
    each.charsPerSample.toFixed(1),
    each.deflated.toFixed(1),
    `${each.open.toFixed(0)} ms`,
  ]);
  return markdownTable(head, rows);
}
