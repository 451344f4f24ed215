import * as fc from "fast-check";
import type { Board, Item, ItemId } from "../../src/board/board.ts";
import { createDocument, REMOTE_ORIGIN } from "../../src/board/document.ts";
import { createBoard } from "../../src/board/yjs-board.ts";
import { ACTIONS, colorOf, deliver, movedBy, same, SPAN } from "./model-actions.ts";
import type { ModelOperation, Peer, Run } from "./model-actions.ts";
import { Person } from "./model.ts";
import type { ShownLayer } from "./model.ts";

const WEIGHTS: Partial<Record<keyof typeof ACTIONS, number>> = {
  sync: 8,
  meet: 8,
  undo: 16,
  redo: 6,
  move: 5,
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
    same(
      peer.board.items().map(({ id, layer }) => [id, layer]),
      run.peers[0]!.board.items().map(({ id, layer }) => [id, layer]),
    );
    same(peer.board.layers(), run.peers[0]!.board.layers());
    same(wordsOn(peer.board), wordsOn(run.peers[0]!.board));
  }
}

function createPeer(client: number, next: () => number): Peer {
  const doc = createDocument();
  doc.clientID = client;
  const updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array, origin: unknown) => {
    if (origin !== REMOTE_ORIGIN) updates.push(update);
  });
  const { board } = createBoard({
    doc,
    isPresent: () => true,
    onError(error) {
      throw error;
    },
  });
  return { doc, board, person: new Person(client, next), known: new Set(), updates };
}

function finishStep(run: Run, { person, known, updates }: Peer): void {
  const step = { updates: updates.splice(0), facts: person.takeFacts() };
  if (step.updates.length === 0) return same(step.facts, []);
  known.add(run.steps.length);
  run.steps.push(step);
}

/** What the model says of an item. */
interface PlainItem {
  readonly id: ItemId;
  readonly layer: string;
  readonly color: number;
  readonly x: number;
  readonly spans: readonly number[];
  readonly chars: readonly string[];
}

function compare({ board, person }: Peer): void {
  const { view } = person;
  const expected = view.visible().map((item): PlainItem => ({
    id: item.id,
    layer: view.layerOf(item.id).id,
    color: colorOf(person, item),
    x: item.x + movedBy(person, item.id),
    spans: view.spansOf(item),
    chars: view
      .chars(item.id)
      .map(({ char }) => char)
      .sort(),
  }));
  same(sorted(board.items().map(plainItem)), sorted(expected));
  const layers = board
    .layers()
    .map(({ id, name, hidden, locked }): ShownLayer => ({ id, name, hidden, locked }));
  same(sorted(layers), sorted(view.layers()));
  same(board.background(), view.value("background") ?? "plain");
  same([board.history.canUndo(), board.history.canRedo()], [person.can("undo"), person.can("redo")]);
}

function plainItem(item: Item): PlainItem {
  const { id, layer } = item;
  const { color } = item.header;
  if (item.kind === "text") {
    return { id, layer, color, x: item.matrix.e, spans: [], chars: Array.from(item.text).sort() };
  }
  const { x } = item.points[0]!;
  const spans = (item.parts ?? [item.points]).flatMap((part) => {
    const [from, to] = [(part[0]!.x - x) / SPAN, (part.at(-1)!.x - x) / SPAN];
    return Array.from({ length: to - from }, (_, i) => from + i);
  });
  return { id, layer, color, x, spans, chars: [] };
}

function wordsOn(board: Board): unknown[] {
  return board.items().map((item) => (item.kind === "text" ? item.text : ""));
}

function sorted<T extends { readonly id: string }>(list: readonly T[]): T[] {
  return [...list].sort((a, b) => (a.id < b.id ? -1 : 1));
}
