/*
 * npm run bench:pages
 *
 * What pages cost: opening a board of one page and of a hundred with 1,000 strokes each, turning to another one, the
 * memory of a page that has seen many, and has drawn on some, and what a hello and a quiet minute say. Time behind the simulated messenger
 * is simulated; the work of turning, and the heap, are this machine's.
 */
import * as Y from "yjs";
import { concatBytes } from "../../src/base/bytes.ts";
import { createPrng } from "../../src/base/prng.ts";
import { createDocument } from "../../src/board/document/document.ts";
import type { PageId } from "../../src/board/pages/page-id.ts";
import { createPageIndex } from "../../src/board/pages/page-index.ts";
import { INDEX_NAME, storedNameOf } from "../../src/board/pages/stored-name.ts";
import { boardIdOf } from "../../src/board/storage/board-id.ts";
import { createSession } from "../../src/session.ts";
import type { Session } from "../../src/session.ts";
import { createSimulatedClock } from "../../src/simulator/simulated-clock.ts";
import type { SimulatedClock } from "../../src/simulator/simulated-clock.ts";
import { createWorld } from "../../src/simulator/world.ts";
import { createHandTime } from "../support/hand-time.ts";
import { createPage, TEST_APP } from "../support/phones.ts";
import { storedValues } from "../support/stored-values.ts";
import { generateStrokes, PEN } from "../support/strokes.ts";
import { drawnBoard, WRITER } from "./drawn-board.ts";

const STROKES = 1000;
const PEOPLE = ["ann", "bo"];
const OPEN_MS = 600;
const TURN_MS = 100;
const TURNS = 12;
/** Pages that are drawn on after that. */
const DRAWN = 10;
/** So many pages are in memory at most, and the heap may be so much larger than that of one. */
const MOST_PAGES = 3;
const MINUTE_MS = 60_000;

interface Figures {
  readonly openMs: number;
  readonly turnMs: number;
  readonly workMs: number;
  readonly hello: number;
  readonly quiet: number;
  /** MB, after turning to many. */
  readonly heap: number;
  /** The same after drawing on some, and how many of them are in memory then. */
  readonly heapDrawn: number;
  readonly inMemory: number;
}

/** True where all goals are met. */
export async function main(): Promise<boolean> {
  const strokes = generateStrokes(3, STROKES).map((samples) => ({ header: PEN, samples }));
  const page = Y.encodeStateAsUpdateV2(drawnBoard(strokes).doc);
  const one = await measure(1, page);
  // Of pages is spoken where there are any.
  const two = await measure(2, page);
  const many = await measure(100, page);
  let areMet = true;
  const judge = (what: string, value: number, most: number, unit: string): void => {
    areMet &&= value <= most;
    console.log(
      `${what}: ${value.toFixed(1)} ${unit}, at most ${most}: ${value <= most ? "met" : "NOT MET"}`,
    );
  };
  judge("opening 1 page of 1,000 strokes, simulated", one.openMs, OPEN_MS, "ms");
  judge("opening 100 pages of 1,000 strokes each, simulated", many.openMs, OPEN_MS, "ms");
  judge("turning to another page, simulated, the slowest of 12", many.turnMs, TURN_MS, "ms");
  judge("turning to another page, this machine's work, the middle of 12", many.workMs, TURN_MS, "ms");
  judge("heap after that, as much as so many pages", many.heap / one.heap, MOST_PAGES, "times one page's");
  judge("pages in memory after drawing on ten more", many.inMemory, MOST_PAGES, "pages");
  judge(
    "heap after that, as much as so many pages",
    many.heapDrawn / one.heap,
    MOST_PAGES,
    "times one page's",
  );
  judge("a quiet minute with 100 pages, against 2", many.quiet / two.quiet, 1.2, "times");
  console.log(`heap: ${one.heap.toFixed(1)} MB with 1 page, ${many.heap.toFixed(1)} MB with 100`);
  const said = (of: "hello" | "quiet"): string =>
    `${one[of]} characters with 1 page, ${two[of]} with 2, ${many[of]} with 100`;
  console.log(`a hello: ${said("hello")}`);
  console.log(`a quiet minute: ${said("quiet")}`);
  return areMet;
}

function indexOf(count: number): { readonly doc: Y.Doc; readonly ids: readonly PageId[] } {
  const doc = createDocument();
  doc.clientID = WRITER;
  const index = createPageIndex({
    doc,
    time: createHandTime(),
    onError(error) {
      throw error;
    },
  });
  const ids = Array.from({ length: count - 1 }, () => index.add()!);
  return { doc, ids };
}

async function measure(count: number, page: Uint8Array): Promise<Figures> {
  const clock = createSimulatedClock();
  const world = createWorld({ clock, prng: createPrng(count) });
  const { doc: indexDoc, ids } = indexOf(count);
  const doc = createDocument();
  Y.applyUpdateV2(doc, page);
  const [own, ...remotes] = PEOPLE;
  const boardId = boardIdOf({ own, remotes });
  for (const name of PEOPLE) {
    const storage = world.phone(name).storage(TEST_APP);
    const put = (document: Y.Doc, id: string): void => {
      for (const { table, key, value } of storedValues(document, id))
        storage.set(table, key, withFirstByte(value));
    };
    put(doc, boardId);
    if (count > 1) put(indexDoc, boardId + INDEX_NAME);
    for (const id of ids) put(doc, boardId + storedNameOf(id));
  }
  const heapBefore = heap();
  let sent: string[] = [];
  world.onEvent((event) => {
    if (event.type === "sent" && event.from === "ann") sent.push(event.text);
  });
  const from = clock.now();
  const ann = open("ann");
  await untilReady(ann, clock);
  const openMs = clock.now() - from;
  const bo = open("bo");
  await untilReady(bo, clock);
  await clock.advance(1000);
  for (const session of [ann, bo]) look(session);
  const hello = Math.max(...sent.map((text) => text.length));
  // Both compare all pages first.
  await clock.runUntil(() => ann.digest() === bo.digest(), 10 * MINUTE_MS);
  await clock.advance(2 * MINUTE_MS);
  sent = [];
  await clock.advance(MINUTE_MS);
  const quiet = sent.reduce((sum, text) => sum + text.length, 0);
  const turns: { readonly simulated: number; readonly work: number }[] = [];
  for (const id of ids.slice(0, TURNS)) turns.push(await turn(ann, id, clock));
  const heapTurned = heap() - heapBefore;
  for (const id of ids.slice(TURNS, TURNS + DRAWN)) {
    await turn(ann, id, clock);
    drawOn(ann);
    await clock.advance(3000);
  }
  const pages = ann.pages()!;
  return {
    openMs,
    turnMs: Math.max(0, ...turns.map(({ simulated }) => simulated)),
    workMs: turns.map(({ work }) => work).sort((a, b) => a - b)[TURNS / 2] ?? 0,
    hello,
    quiet,
    heap: heapTurned,
    heapDrawn: heap() - heapBefore,
    // Of no other one it is known how full it is.
    inMemory: pages.list().filter((each) => pages.share(each.id) !== undefined).length,
  };

  function open(name: string): Session {
    const others = PEOPLE.filter((each) => each !== name);
    return createSession(createPage(world, name, others, { platform: "android" }).env);
  }
}

/** As the bridge stores it (src/spixi/spixi-storage.ts). */
function withFirstByte(value: Uint8Array): Uint8Array {
  return concatBytes([new Uint8Array([1]), value]);
}

async function untilReady(session: Session, clock: SimulatedClock): Promise<void> {
  if (!(await clock.runUntil(() => session.phase() === "ready", MINUTE_MS, 1)))
    throw new Error("The board did not open.");
}

async function turn(
  session: Session,
  id: PageId,
  clock: SimulatedClock,
): Promise<{ readonly simulated: number; readonly work: number }> {
  const from = clock.now();
  const start = performance.now();
  session.pages()!.show(id);
  await clock.runUntil(() => session.pages()!.current() === id, MINUTE_MS, 1);
  look(session);
  const work = performance.now() - start;
  const simulated = clock.now() - from;
  await clock.advance(3000);
  return { simulated, work };
}

function drawOn(session: Session): void {
  const writer = session.board()!.startStroke(PEN);
  writer.add([1, 2, 3].map((x) => ({ x, y: x, pressure: 0.5 })));
  writer.end();
}

/** Reads the page that is shown, as painting does. */
function look(session: Session): void {
  const items = session.board()!.items();
  if (items.length !== STROKES || items.some((item) => "points" in item && item.points.length === 0))
    throw new Error(`A page has ${items.length} strokes.`);
}

/** MB */
function heap(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 2 ** 20;
}
