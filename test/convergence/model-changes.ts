import { boundsOf, overlaps } from "../../src/base/geometry.ts";
import type { Box } from "../../src/base/geometry.ts";
import { apply, multiply, scaleOf, translation } from "../../src/base/matrix.ts";
import type { Matrix } from "../../src/base/matrix.ts";
import { STACK_PLACE } from "../../src/board/document/attributes.ts";
import { BACKGROUNDS } from "../../src/board/document/backgrounds.ts";
import type { Restack } from "../../src/board/document/board.ts";
import type { Person } from "./model-person.ts";
import {
  colorOf,
  HEADER,
  matrixOf,
  matrixText,
  oneOf,
  record,
  same,
  some,
  SPAN,
  touchableAmong,
} from "./model-step.ts";
import type { Action, Choice, Peer } from "./model-step.ts";
import { itemKey } from "../../src/board/document/keys.ts";

/** Turned, mirrored, larger, smaller, and out of proportion; about a place that is not where ink begins. */
const TURNS: readonly Matrix[] = [
  { a: 0, b: 1, c: -1, d: 0, e: 20, f: -20 },
  { a: -1, b: 0, c: 0, d: -1, e: 40, f: 0 },
  { a: -1, b: 0, c: 0, d: 1, e: 10, f: 0 },
  { a: 2, b: 0, c: 0, d: 2, e: -10, f: 0 },
  { a: 0.5, b: 0, c: 0, d: 0.5, e: 5, f: 0 },
  { a: 4, b: 0, c: 0, d: 1, e: -30, f: 0 },
];
const RESTACKS: readonly Restack[] = ["front", "back", "forward", "backward"];

/** What becomes of things that are there. */
export const CHANGES = {
  move: (run, peer, choice) => transform(peer, choice, translation(1 + choice.a, 0)),
  turn: (run, peer, choice) => transform(peer, choice, oneOf(TURNS, choice.a + choice.b)!),
  recolor(run, { board, person }, choice) {
    const color = 1 + (choice.b % 3);
    const items = some(person.view.visible(), choice);
    const changed = touchableAmong(person, items).filter((item) => colorOf(person, item) !== color);
    const ids = items.map(({ id }) => id);
    same(board.changeItems(ids, { color }), changed.length > 0);
    record(
      person,
      changed.map(({ id }) => person.set(`${id} color`, color, id)),
    );
  },
  restack(run, { board, person, doc }, choice) {
    const { view } = person;
    const items = some(view.visible(), { a: choice.a, b: choice.b >> 2 });
    const how = oneOf(RESTACKS, choice.b)!;
    const ids = new Set(touchableAmong(person, items).map(({ id }) => id));
    const stacks = [...view.stacks().values()];
    const expected = stacks.map((stack) => restacked(person, stack, ids, how));
    const changed = expected.filter((stack, i) => stack.join() !== stacks[i]!.join()).flat();
    const did = board.restack(
      items.map(({ id }) => id),
      how,
    );
    same(did, changed.length > 0);
    const parts = changed
      .filter((id) => ids.has(id))
      .map((id) => {
        const bytes = doc.getMap<Uint8Array>("attrs").get(itemKey(id, "z"))!;
        const { beside, offset } = STACK_PLACE.decode(bytes)!;
        return person.set(`${id} place`, `${beside} ${offset}`, id);
      });
    record(person, parts);
    same(
      board.items().map(({ id }) => id),
      expected.flat(),
    );
  },
  shift(run, { board, person }, choice) {
    const layer = oneOf(person.view.layers(), choice.b)!;
    const items = some(person.view.visible(), choice);
    const moved = touchableAmong(person, items).filter(({ id }) => person.view.layerOf(id).id !== layer.id);
    const does = !layer.locked && moved.length > 0;
    const ids = items.map(({ id }) => id);
    same(board.moveToLayer(ids, layer.id), does);
    if (!does) return;
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
} as const satisfies Record<string, Action>;

function transform({ board, person }: Peer, choice: Choice, matrix: Matrix): void {
  const items = some(person.view.visible(), choice);
  const moved = touchableAmong(person, items);
  const ids = items.map(({ id }) => id);
  same(board.transform(ids, matrix), moved.length > 0);
  record(
    person,
    moved.map(({ id }) => person.set(`${id} matrix`, matrixText(multiply(matrix, matrixOf(person, id))), id)),
  );
}

/** The order of a layer once some of it went to one of its ends, or past the next thing that it touches. */
function restacked(
  person: Person,
  stack: readonly string[],
  ids: ReadonlySet<string>,
  how: Restack,
): readonly string[] {
  const going = stack.filter((id) => ids.has(id));
  const staying = stack.filter((id) => !ids.has(id));
  if (going.length === 0) return stack;
  if (how === "front") return [...staying, ...going];
  if (how === "back") return [...going, ...staying];
  const isTouched = (id: string): boolean => going.some((other) => touch(person, id, other));
  const beyond =
    how === "forward"
      ? stack.slice(stack.indexOf(going.at(-1)!) + 1)
      : stack.slice(0, stack.indexOf(going[0]!)).reverse();
  const passed = beyond.find(isTouched);
  if (passed === undefined) return stack;
  const at = staying.indexOf(passed) + (how === "forward" ? 1 : 0);
  return [...staying.slice(0, at), ...going, ...staying.slice(at)];
}

/** Words, whose size only those who paint them know, touch everything. */
function touch(person: Person, one: string, other: string): boolean {
  const [a, b] = [boxOf(person, one), boxOf(person, other)];
  return !a || !b || overlaps(a, b);
}

function boxOf(person: Person, id: string): Box | undefined {
  const { isText, x } = person.view.items.get(id)!;
  if (isText) return undefined;
  const matrix = matrixOf(person, id);
  const ends = [x, x + person.view.spanCount(id) * SPAN].map((end) => apply(matrix, { x: end, y: 0 }));
  return boundsOf(ends, (HEADER.width / 2) * scaleOf(matrix));
}
