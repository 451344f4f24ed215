/*
 * Two people do anything to one board, and one of the two is now and then not shown what the other does: the
 * screen stands still until an own change, or the end of that, shows it all.
 */
import { expect, test } from "vitest";
import * as Y from "yjs";
import { createPrng } from "../../src/base/prng.ts";
import type { Board } from "../../src/board/document/board.ts";
import { LOCAL_ORIGIN } from "../../src/board/document/document.ts";
import { createPeer } from "./peers.ts";
import { RandomChanges } from "./random-changes.ts";

const RUNS = 8;
const STEPS = 120;

/** All that can be seen, by value. */
function lookOf(board: Board): unknown {
  const ids = board.items().map(({ id }) => id);
  const items = ids.map((id) => {
    const item = board.item(id);
    if (item?.kind !== "stroke") return item;
    const { header, points, parts, cuts, ended, layer } = item;
    return { id, header, points, parts, cuts, ended, layer };
  });
  const [layers, background] = [board.layers(), board.background()];
  return structuredClone({ items, order: board.inOrder([...ids].sort()), layers, background });
}

/** As a page sees it that opens this document. */
function lookAnew(update: Uint8Array): unknown {
  const anew = createPeer(1000);
  Y.applyUpdate(anew.doc, update);
  const look = lookOf(anew.board);
  anew.close();
  return look;
}

test.each(Array.from({ length: RUNS }, (_, seed) => seed))("a held board stands still (seed %i)", (seed) => {
  const prng = createPrng(seed);
  const changes = new RandomChanges(prng);
  const { own } = changes;
  /** As it was right after each own change of a step, and the document then. */
  let shown: { readonly look: unknown; readonly update: Uint8Array }[] = [];
  own.doc.on("afterTransaction", ({ origin }: { readonly origin: unknown }) => {
    if (origin !== LOCAL_ORIGIN) return;
    shown.push({ look: lookOf(own.board), update: Y.encodeStateAsUpdate(own.doc) });
  });
  let isHeld = false;
  for (let i = 0; i < STEPS; i++) {
    if (prng.chance(0.15)) {
      isHeld = !isHeld;
      own.hold(isHeld);
      changes.told.push(isHeld ? "held" : "released");
    }
    const before = lookOf(own.board);
    shown = [];
    changes.step();
    const stood = shown.at(-1)?.look ?? before;
    const wanted = isHeld ? stood : lookAnew(Y.encodeStateAsUpdate(own.doc));
    expect(lookOf(own.board), changes.told.join(", ")).toEqual(wanted);
    for (const { look, update } of shown) expect(look, changes.told.join(", ")).toEqual(lookAnew(update));
  }
  if (isHeld) own.hold(false);
  changes.settle();
  expect(lookOf(own.board)).toEqual(lookOf(changes.contact.board));
});
