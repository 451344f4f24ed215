/*
 * What the app writes, chosen by dice that a test throws.
 */
import * as Y from "yjs";
import type { WriteId } from "../../../src/board/document/write-id.ts";
import { encodeMark, markKey, undoneKey } from "../../../src/board/document/marks.ts";
import type { Mark } from "../../../src/board/document/marks.ts";
import { stateVectorOf } from "../../../src/board/document/state.ts";
import type { Cursor, Peer } from "./honest-peer.ts";
import { itemKey, labelKey, layerKey } from "./lab.ts";

export type Dice = (sides: number) => number;

/** The bytes say the same again and again, so that long runs of choices shrink well. */
export function createDice(bytes: readonly number[]): Dice {
  let at = 0;
  return (sides) => (bytes.length === 0 ? 0 : bytes[at++ % bytes.length]! % sides);
}

function itemsOf({ roots }: Peer): Y.Item[] {
  const found: Y.Item[] = [];
  for (let item = roots.items._start; item; item = item.right) found.push(item);
  return found;
}

function pick<T>(dice: Dice, list: readonly T[]): T | undefined {
  return list[dice(Math.max(1, list.length))];
}

function idOf({ id }: Y.Item): WriteId {
  return { client: id.client, clock: id.clock };
}

function type(peer: Peer, { label, at }: Cursor, text: string): void {
  label.insert(at, text);
  peer.cursor = { label, at: at + text.length };
}

/** One thing that the app does. */
export function write(peer: Peer, dice: Dice): void {
  const { roots, doc } = peer;
  const own = doc.clientID;
  switch (dice(12)) {
    case 0: {
      const stroke = new Y.Text("x".repeat(1 + dice(5)));
      roots.items.push([stroke]);
      if (dice(3) === 0) roots.attrs.set(itemKey(idOf(stroke._item!), "l"), Uint8Array.of(dice(9)));
      break;
    }
    case 1: {
      const newest = itemsOf(peer)
        .filter((item) => item.id.client === own)
        .at(-1);
      const stroke = newest && (newest.content as Y.ContentType).type;
      if (stroke instanceof Y.Text) stroke.insert(stroke.length, "y".repeat(1 + dice(3)));
      break;
    }
    case 2: {
      const ink = new Y.Text("text");
      roots.items.push([ink]);
      roots.labels.set(labelKey(idOf(ink._item!)), new Y.Text("words".slice(0, dice(6))));
      break;
    }
    case 3: {
      const label = pick(dice, [...roots.labels.values()]) as Y.Text | undefined;
      if (label) type(peer, { label, at: dice(label.length + 1) }, "abcdef".slice(0, 1 + dice(6)));
      break;
    }
    case 4:
    case 5:
      // Words typed in a row are one run, of which others may have a part.
      if (peer.cursor) type(peer, peer.cursor, "uvwxyz".slice(0, 1 + dice(6)));
      break;
    case 6: {
      const item = pick(dice, itemsOf(peer));
      const key = item ? itemKey(idOf(item), "tczl"[dice(4)]!) : "p.b";
      roots.attrs.set(key, new Uint8Array(dice(129)).fill(dice(4)));
      break;
    }
    case 8:
      // Again and again: what was replaced travels as one deleted run.
      roots.attrs.set(["p.b", "l.h", "l.n"][dice(3)]!, Uint8Array.of(dice(9)));
      break;
    case 7:
    case 9: {
      const layers = [...roots.attrs.keys()].filter((key) => /^l.+\..*o$/.test(key) && key !== "l.o");
      const layer = dice(4) > 0 ? pick(dice, layers) : undefined;
      const field = "nohkax"[dice(6)]!;
      if (layer) roots.attrs.set(layer.slice(0, -1) + field, Uint8Array.of(dice(9)));
      else for (const each of "no") roots.attrs.set(layerKey(own, peer.layers, each), Uint8Array.of(dice(9)));
      if (!layer) peer.layers++;
      break;
    }
    case 10:
      roots.marks.set(markKey(own, peer.marks++), encodeMark(anyMark(peer, dice)));
      break;
    default:
      if (peer.marks > 0) roots.marks.set(undoneKey(markKey(own, dice(peer.marks))), dice(2) === 0);
  }
  if (Number(roots.meta.get("format") ?? 0) < 2) roots.meta.set("format", 2);
}

function anyMark({ doc }: Peer, dice: Dice): Mark {
  const state = [...stateVectorOf(doc)];
  if (dice(3) === 0) return { kind: "clear", page: "", below: new Map(state.slice(dice(3))) };
  const kind = dice(2) === 0 ? "erase" : "cut";
  const steps = kind === "cut" ? 4096 : 1;
  const ranges = state.map(([client, end]) => {
    const start = dice(end);
    return [
      client,
      [{ start: start * steps, end: (start + 1 + dice(end - start)) * steps - dice(steps) }],
    ] as const;
  });
  return { kind, ranges: new Map(ranges) };
}
