import * as fc from "fast-check";
import { apply, invert, scaleOf } from "../../src/base/matrix.ts";
import type { Matrix } from "../../src/base/matrix.ts";
import type { Item, ItemId } from "../../src/board/document/board.ts";
import { createDocument, REMOTE_ORIGIN } from "../../src/board/document/document.ts";
import { createBoard } from "../../src/board/yjs-board.ts";
import { ACTIONS, deliver } from "./model-actions.ts";
import type { ModelOperation } from "./model-actions.ts";
import { Person } from "./model-person.ts";
import type { ItemFact, ShownLayer } from "./model.ts";
import { colorOf, HEADER, matrixOf, same, SPAN } from "./model-step.ts";
import type { Peer, Run } from "./model-step.ts";
import { createHandTime } from "../support/hand-time.ts";

const WEIGHTS: Partial<Record<keyof typeof ACTIONS, number>> = {
  sync: 8,
  meet: 8,
  undo: 16,
  redo: 6,
  pen: 6,
  lift: 3,
  move: 4,
  turn: 3,
  restack: 3,
  layer: 2,
  reorder: 4,
  recolor: 5,
  erase: 5,
  cut: 5,
  type: 5,
  shift: 3,
  clear: 2,
  undoClear: 2,
};

/** Ink and words of the one, and all of it with the other. */
const BEGINNING: readonly ModelOperation[] = [
  { who: 0, what: "draw", a: 3, b: 0 },
  { who: 0, what: "write", a: 2, b: 0 },
  { who: 1, what: "draw", a: 1, b: 0 },
  { who: 1, what: "sync", a: 0, b: 1 },
  { who: 0, what: "sync", a: 1, b: 1 },
];

/** Operations of two or three people. */
export const modelOperations: fc.Arbitrary<ModelOperation[]> = fc.array(
  fc.record({
    who: fc.nat(2),
    what: fc.oneof(
      ...(Object.keys(ACTIONS) as (keyof typeof ACTIONS)[]).map((what) => ({
        arbitrary: fc.constant(what),
        weight: WEIGHTS[what] ?? 1,
      })),
    ),
    a: fc.nat(20),
    b: fc.nat(20),
  }),
  { maxLength: 100, size: "max" },
);

/** Runs the operations on boards and on the model; throws where a board shows what it must not. */
export function runModel(count: number, operations: readonly ModelOperation[]): void {
  let next = 0;
  const run: Run = {
    peers: Array.from({ length: count }, (_, i) => createPeer(1 + i, () => next++)),
    steps: [],
    next: () => next++,
  };
  // Something to meet over.
  for (const operation of [...BEGINNING, ...operations]) {
    const peer = run.peers[operation.who % count]!;
    ACTIONS[operation.what](run, peer, operation);
    finishStep(run, peer);
    compare(peer);
  }
  for (const peer of run.peers) deliver(run, peer, run.steps.keys());
  for (const peer of run.peers) {
    compare(peer);
    same(peer.board.items().map(plainText), run.peers[0]!.board.items().map(plainText));
  }
}

function createPeer(client: number, next: () => number): Peer {
  const doc = createDocument();
  doc.clientID = client;
  const updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array, origin: unknown) => {
    if (origin !== REMOTE_ORIGIN) updates.push(update);
  });
  const { board, flush } = createBoard({
    doc,
    time: createHandTime(),
    isPresent: () => true,
    onError(error) {
      throw error;
    },
  });
  const person = new Person(client, next);
  return { doc, board, person, known: new Set(), updates, pen: undefined, flush };
}

function finishStep(run: Run, { person, known, updates }: Peer): void {
  const step = { updates: updates.splice(0), facts: person.takeFacts() };
  if (step.updates.length === 0) return same(step.facts, []);
  known.add(run.steps.length);
  run.steps.push(step);
}

/** What can be seen of an item, however it was placed. */
interface PlainItem {
  readonly id: ItemId;
  readonly layer: string;
  readonly color: number;
  /** Of ink: with how it was scaled. */
  readonly width: number;
  /** Where its points are; of words: what its matrix makes of three corners. */
  readonly places: readonly (readonly number[])[];
  readonly spans: readonly number[];
  readonly chars: readonly string[];
}

function compare({ board, person }: Peer): void {
  const { view } = person;
  const items = new Map(view.visible().map((item) => [item.id, item] as const));
  const expected = [...view.stacks().values()].flat().map((id) => expectedItem(person, items.get(id)!));
  same(
    board.items().map((item) => plainItem(item, matrixOf(person, item.id))),
    expected,
  );
  for (const item of board.items()) compareWords(person, item);
  const layers = board
    .layers()
    .map(({ id, name, hidden, locked, opacity }): ShownLayer => ({ id, name, hidden, locked, opacity }));
  same(layers, view.layers());
  same(board.background(), view.value("background") ?? "plain");
  same([board.history.canUndo(), board.history.canRedo()], [person.can("undo"), person.can("redo")]);
}

function expectedItem(person: Person, item: ItemFact): PlainItem {
  const { view } = person;
  const { id, isText, x } = item;
  const matrix = matrixOf(person, id);
  const points = Array.from({ length: view.spanCount(id) + 1 }, (_, i) => ({ x: x + i * SPAN, y: 0 }));
  const chars = view.chars(id).map(({ char }) => char);
  return {
    id,
    layer: view.layerOf(id).id,
    color: colorOf(person, item),
    width: isText ? HEADER.width : HEADER.width * scaleOf(matrix),
    places: placesOf(matrix, isText ? CORNERS : points),
    spans: isText ? [] : view.spansOf(id),
    chars: chars.sort(),
  };
}

const CORNERS = [
  { x: 0, y: 0 },
  { x: 1, y: 0 },
  { x: 0, y: 1 },
];

function placesOf(matrix: Matrix, points: readonly { readonly x: number; readonly y: number }[]): number[][] {
  return points.map((point) => {
    const { x, y } = apply(matrix, point);
    return [x, y];
  });
}

function plainItem(item: Item, matrix: Matrix): PlainItem {
  const { id, layer } = item;
  const { color, width } = item.header;
  if (item.kind === "text") {
    const chars = Array.from(item.text).sort();
    return { id, layer, color, width, places: placesOf(item.matrix, CORNERS), spans: [], chars };
  }
  if (item.kind !== "stroke") throw new Error("no picture is put on these boards");
  const places = item.points.map(({ x, y }) => [x, y]);
  // Along the stroke as it was drawn.
  const back = invert(matrix)!;
  const along = (point: { readonly x: number; readonly y: number }): number => apply(back, point).x;
  const start = along(item.points[0]!);
  const spans = (item.parts ?? [item.points]).flatMap((part) => {
    const [from, to] = [(along(part[0]!) - start) / SPAN, (along(part.at(-1)!) - start) / SPAN];
    return Array.from({ length: to - from }, (_, i) => from + i);
  });
  return { id, layer, color, width, places, spans, chars: [] };
}

/** What anybody saw in an order is in that order for everybody: of one author that is the whole text. */
function compareWords({ view }: Person, item: Item): void {
  if (item.kind !== "text") return;
  const chars = Array.from(item.text);
  for (const words of view.words(item.id)) {
    const common = new Set(words);
    same(
      chars.filter((char) => common.has(char)),
      words.filter((char) => chars.includes(char)),
    );
  }
}

function plainText(item: Item): readonly string[] {
  return [item.id, item.layer, item.kind === "text" ? item.text : ""];
}
