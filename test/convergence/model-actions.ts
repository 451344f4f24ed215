import * as Y from "yjs";
import { encodeBase64 } from "../../src/base/bytes.ts";
import { translation } from "../../src/base/matrix.ts";
import { itemKey, layerKey } from "../../src/board/attributes.ts";
import { BACKGROUNDS, FIRST_LAYER } from "../../src/board/board.ts";
import type { Board, ItemId } from "../../src/board/board.ts";
import { REMOTE_ORIGIN } from "../../src/board/document.ts";
import type { StrokeHeader } from "../../src/ink/stroke.ts";
import { charTarget, spanTarget } from "./model.ts";
import type { Fact, ItemFact, Part, Person } from "./model.ts";

/** Something that one person does, or that gets from one to another; what exactly is up to `a` and `b`. */
export interface ModelOperation {
  readonly who: number;
  readonly what: keyof typeof ACTIONS;
  readonly a: number;
  readonly b: number;
}

/** A person with a board, and what the model says of it. */
export interface Peer {
  readonly doc: Y.Doc;
  readonly board: Board;
  readonly person: Person;
  /** The steps that got here, by their numbers. */
  readonly known: Set<number>;
  /** What this person wrote since the last step. */
  readonly updates: Uint8Array[];
}

/** What one operation did: what goes to the others, as a whole. */
interface SentStep {
  readonly updates: readonly Uint8Array[];
  readonly facts: readonly Fact[];
}

export interface Run {
  readonly peers: readonly Peer[];
  readonly steps: SentStep[];
  /** A number that no other thing of the run has. */
  next(): number;
}

const HEADER: StrokeHeader = { tool: "pen", input: "mouse", color: 1, width: 4, pressure: false, scale: 0 };
/** Between two points of a stroke. */
export const SPAN = 10;
const AT = { x: 0, y: 0 };

export const ACTIONS = {
  draw(run, { board, person }, { a, b }) {
    const layer = oneOf(person.view.layers(), b)!;
    const spans = 1 + (a % 4);
    board.setActiveLayer(layer.id);
    const writer = board.startStroke(HEADER);
    writer.add(Array.from({ length: spans + 1 }, (_, i) => ({ x: i * SPAN, y: 0, pressure: 0.5 })));
    writer.end();
    board.setActiveLayer(FIRST_LAYER);
    const id = writer.itemId()!;
    record(person, [makeInk(person, id, spans, 0, HEADER.color)]);
    if (layer.id !== FIRST_LAYER) person.write(`${id} layer`, layer.id);
  },
  shape(run, { board, person }) {
    const id = board.addShape({ ...HEADER, tool: "line" }, AT, { x: SPAN, y: 0 });
    record(person, [makeInk(person, id, 1, 0, HEADER.color)]);
  },
  erase(run, { board, person }, { a, b }) {
    const items = some(person.view.visible(), a, b);
    const gone = touchableAmong(person, items).map(({ id }) => id);
    same(board.erase(items.map(({ id }) => id)), gone.length > 0);
    if (gone.length > 0) record(person, [person.hide(gone)]);
  },
  cut(run, { board, person }, { a, b }) {
    const item = oneOf(inkOf(person).slice(0, 3), a);
    if (!item) return;
    const from = b % item.spans;
    const to = Math.min(from + 1 + (b % 3), item.spans);
    const stretch = Array.from({ length: to - from }, (_, i) => spanTarget(item.id, from + i));
    const gone = person.view.layerOf(item.id).locked
      ? []
      : stretch.filter((target) => !person.view.hides(target));
    same(board.cut(new Map([[item.id, [{ from, to }]]])), gone.length > 0);
    if (gone.length > 0) record(person, [person.hide(gone)]);
  },
  move(run, { board, person }, { a, b }) {
    const items = some(person.view.visible(), a, b);
    const moved = touchableAmong(person, items);
    same(
      board.transform(
        items.map(({ id }) => id),
        translation(1 + a, 0),
      ),
      moved.length > 0,
    );
    record(
      person,
      moved.map(({ id }) => person.set(`${id} x`, movedBy(person, id) + 1 + a, id)),
    );
  },
  recolor(run, { board, person }, { a, b }) {
    const color = 1 + (b % 3);
    const items = some(person.view.visible(), a, b);
    const changed = touchableAmong(person, items).filter((item) => colorOf(person, item) !== color);
    same(
      board.recolor(
        items.map(({ id }) => id),
        color,
      ),
      changed.length > 0,
    );
    record(
      person,
      changed.map(({ id }) => person.set(`${id} color`, color, id)),
    );
  },
  restack(run, { board, person, doc }, { a, b }) {
    const item = oneOf(person.view.touchable(), a);
    if (!item) return;
    const how = b % 2 === 0 ? "front" : "back";
    const order = board.items().filter(({ layer }) => layer === person.view.layerOf(item.id).id);
    const place = order.findIndex(({ id }) => id === item.id);
    const did = board.restack([item.id], how);
    same(did, place !== (how === "front" ? order.length - 1 : 0));
    if (!did) return;
    const bytes = doc.getMap<Uint8Array>("attrs").get(itemKey(item.id, "z"))!;
    record(person, [person.set(`${item.id} place`, encodeBase64(bytes), item.id)]);
    const after = board.items().filter(({ layer }) => layer === person.view.layerOf(item.id).id);
    same(after.at(how === "front" ? -1 : 0)?.id, item.id);
    same(
      after.filter(({ id }) => id !== item.id).map(({ id }) => id),
      order.filter(({ id }) => id !== item.id).map(({ id }) => id),
    );
  },
  paste(run, { board, person }, { a, b }) {
    const item = oneOf(
      inkOf(person)
        .slice(0, 3)
        .filter((each) => person.view.spansOf(each).length === each.spans),
      a,
    );
    if (!item) return;
    const [id] = board.paste(board.copy([item.id]), translation(b, 0));
    const parts = [makeInk(person, id!, item.spans, item.x, colorOf(person, item))];
    const by = movedBy(person, item.id) + b;
    if (by !== 0) parts.push(person.set(`${id!} x`, by));
    record(person, parts);
  },
  write(run, { board, person }, { a }) {
    const text = Array.from({ length: 1 + (a % 3) }, () => newCharacter(run));
    const id = board.addText({ ...HEADER, tool: "text" }, AT, undefined, text.join(""));
    const made = makeText(person, id);
    for (const char of text) person.say({ kind: "char", item: id, char, author: person.client });
    record(person, [made]);
  },
  note(run, { board, person }, { a }) {
    const first = person.view.layerOf("");
    // Nobody types on a layer that is not to be touched.
    if (first.locked || first.hidden) return;
    const id = board.addText({ ...HEADER, tool: "note" }, AT, { width: 50, height: 30 }, "");
    const made = makeText(person, id);
    const typed = Array.from({ length: a % 3 }, () => newCharacter(run));
    const editor = board.editText(id)!;
    if (typed.length > 0) editor.change("", typed.join(""));
    editor.end();
    if (typed.length === 0) person.hide([id]);
    else {
      for (const char of typed) person.say({ kind: "char", item: id, char, author: person.client });
      const chars: Part = { kind: "made", targets: typed.map(charTarget), text: undefined };
      person.record({ parts: [made, chars], typedIn: id });
    }
  },
  type(run, { board, person }, { a, b }) {
    const item = oneOf(
      person.view
        .visible()
        .filter(({ isText }) => isText)
        .slice(0, 2),
      a,
    );
    if (!item) return;
    const editor = board.editText(item.id);
    same(editor === undefined, person.view.layerOf(item.id).locked);
    if (!editor) return;
    const before = Array.from(editor.text());
    const from = b % (before.length + 1);
    const gone = before.slice(from, from + (a % 4));
    const typed = Array.from({ length: b % 3 }, () => newCharacter(run));
    const after = [...before.slice(0, from), ...typed, ...before.slice(from + gone.length)];
    editor.change(before.join(""), after.join(""));
    same(editor.text(), after.join(""));
    editor.end();
    const parts: Part[] = [];
    if (gone.length > 0) parts.push(person.hide(gone.map(charTarget)));
    for (const char of typed) person.say({ kind: "char", item: item.id, char, author: person.client });
    if (after.length === 0) {
      person.record({ parts: [...parts, person.hide([item.id])], emptied: item.id });
      return;
    }
    if (typed.length > 0) parts.push({ kind: "made", targets: typed.map(charTarget), text: undefined });
    person.record({ parts, typedIn: item.id });
  },
  layer(run, { board, person, doc }, { a }) {
    const id = board.addLayer(`n${a}`);
    const place = encodeBase64(doc.getMap<Uint8Array>("attrs").get(layerKey(id, "o"))!);
    record(person, [person.set(`layer ${id} place`, place), person.set(`layer ${id} name`, `n${a}`)]);
  },
  name: (run, peer, { a, b }) => changeLayer(peer, a, "name", `n${b}`),
  hide: (run, peer, { a, b }) => changeLayer(peer, a, "hidden", b % 4 === 0),
  lock: (run, peer, { a, b }) => changeLayer(peer, a, "locked", b % 4 === 0),
  remove(run, { board, person }, { a }) {
    const { id } = oneOf(person.view.layers(), a)!;
    same(board.removeLayer(id), id !== FIRST_LAYER);
    if (id !== FIRST_LAYER) record(person, [person.set(`layer ${id} removed`, true)]);
  },
  shift(run, { board, person }, { a, b }) {
    const layer = oneOf(person.view.layers(), b)!;
    const items = some(person.view.visible(), a, b);
    const moved = layer.locked
      ? []
      : touchableAmong(person, items).filter(({ id }) => person.view.layerOf(id).id !== layer.id);
    same(
      board.moveToLayer(
        items.map(({ id }) => id),
        layer.id,
      ),
      moved.length > 0,
    );
    record(
      person,
      moved.map(({ id }) => person.set(`${id} layer`, layer.id, id)),
    );
  },
  background(run, { board, person }, { a }) {
    const background = BACKGROUNDS[a % BACKGROUNDS.length]!;
    const isOther = (person.view.value("background") ?? "plain") !== background;
    same(board.setBackground(background), isOther);
    if (isOther) record(person, [person.set("background", background)]);
  },
  clear(run, { board, person }) {
    const gone = person.view.touchable();
    same(board.clear(), gone.length > 0);
    if (gone.length === 0) return;
    const about = gone.map(({ id }) => id);
    const isPlain = person.view.layers().every(({ hidden, locked }) => !hidden && !locked);
    // All that somebody drew up to the last thing that is there, also what is hidden otherwise.
    const reach = isPlain ? [...person.view.items.values()].filter((item) => isUpTo(item, gone)) : gone;
    person.recordClear({
      parts: [
        person.hide(
          reach.map(({ id }) => id),
          about,
        ),
      ],
    });
  },
  undoClear: (run, { board, person }) => same(board.undoClear(), person.undoClear()),
  undo: (run, { board, person }) => same(board.history.undo(), person.step("undo")),
  redo: (run, { board, person }) => same(board.history.redo(), person.step("redo")),
  /** Everybody gets everything. */
  meet(run) {
    for (const peer of run.peers) deliver(run, peer, run.steps.keys());
  },
  /** All steps that the one has and the other has not, or the next few of them. */
  sync(run, to, { a, b }) {
    const from = oneOf(run.peers, a)!;
    const lacking = [...from.known].filter((step) => !to.known.has(step)).sort((x, y) => x - y);
    deliver(run, to, b % 3 > 0 ? lacking : lacking.slice(0, 1 + (b % 5)));
  },
} as const satisfies Record<string, (run: Run, peer: Peer, operation: ModelOperation) => void>;

export function deliver(run: Run, to: Peer, numbers: Iterable<number>): void {
  for (const number of numbers) {
    if (to.known.has(number)) continue;
    to.known.add(number);
    const { updates, facts } = run.steps[number]!;
    for (const update of updates) Y.applyUpdate(to.doc, update, REMOTE_ORIGIN);
    for (const fact of facts) to.person.view.add(fact);
  }
}

function makeInk(person: Person, id: ItemId, spans: number, x: number, color: number): Part {
  person.say({ kind: "item", id, author: person.client, spans, x, color, isText: false });
  return { kind: "made", targets: [id], text: undefined };
}

function makeText(person: Person, id: ItemId): Part {
  person.say({ kind: "item", id, author: person.client, spans: 0, x: 0, color: HEADER.color, isText: true });
  return { kind: "made", targets: [id], text: id };
}

function record(person: Person, parts: readonly Part[]): void {
  person.record({ parts });
}

function changeLayer(
  { board, person }: Peer,
  a: number,
  field: "name" | "hidden" | "locked",
  value: string | boolean,
): void {
  const layer = oneOf(person.view.layers(), a)!;
  same(board.changeLayer(layer.id, { [field]: value }), layer[field] !== value);
  if (layer[field] !== value) record(person, [person.set(`layer ${layer.id} ${field}`, value)]);
}

function isUpTo({ id, author }: ItemFact, gone: readonly ItemFact[]): boolean {
  const clock = (of: string): number => Number(of.split(".")[1]);
  return gone.some((other) => other.author === author && clock(other.id) >= clock(id));
}

function inkOf({ view }: Person): ItemFact[] {
  return view.visible().filter(({ isText }) => !isText);
}

function touchableAmong({ view }: Person, items: readonly ItemFact[]): ItemFact[] {
  return items.filter(({ id }) => !view.layerOf(id).locked);
}

export function movedBy({ view }: Person, id: string): number {
  return Number(view.value(`${id} x`) ?? 0);
}

export function colorOf({ view }: Person, { id, color }: ItemFact): number {
  return Number(view.value(`${id} color`) ?? color);
}

/** One code point each, also some beyond U+FFFF, and no two the same in a run. */
function newCharacter(run: Run): string {
  const n = run.next();
  return String.fromCodePoint((n % 3 === 0 ? 0x1f300 : 0x4e00) + n);
}

function oneOf<T>(list: readonly T[], n: number): T | undefined {
  return list[n % list.length];
}

/** One of the first, or two: people meet over the same things. */
function some<T>(list: readonly T[], a: number, b: number): T[] {
  const few = list.slice(0, 3);
  const [one, two] = [few[a % few.length], few[(a + (b % 2)) % few.length]];
  return [...new Set([one, two])].filter((each) => each !== undefined);
}

export function same(actual: unknown, expected: unknown): void {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== b) throw new Error(`the board says ${a}, the model ${b}`);
}
