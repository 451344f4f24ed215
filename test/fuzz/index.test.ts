/*
 * Hostile updates for the index of a board's pages, made of honest ones and of the schema's own words.
 */
import { expect, test } from "vitest";
import * as Y from "yjs";
import { createPrng } from "../../src/base/prng.ts";
import type { Prng } from "../../src/base/prng.ts";
import { LOCAL_ORIGIN } from "../../src/board/document/document.ts";
import { FIRST_PAGE } from "../../src/board/pages/page-id.ts";
import { expectIndexAlive } from "../board/guard/index-lab.ts";
import { CONTACT, OWN, OWN_EARLIER } from "../board/guard/lab.ts";
import { decodeRaw, encodeRaw } from "../board/guard/raw-update.ts";
import { createIndexPeer, ids, sync } from "../board/pages/index-peer.ts";
import type { IndexPeer } from "../board/pages/index-peer.ts";
import { HONEST } from "./guard-stage.ts";
import type { Material } from "./guard-stage.ts";
import { madeUp, mutateRaw } from "./guard-structures.ts";
import { anyUpdate, mutateBytes } from "./guard-values.ts";

const SEEDS = 6;
const CASES = 250;
/** A session of the contact that wrote what the page does not have yet. */
const AHEAD = 2600;

function use({ index }: IndexPeer): void {
  const [one, two] = [index.add(0, "a name")!, index.add()!];
  index.move(one, 2);
  index.rename(FIRST_PAGE, "first");
  index.setRemoved(two, true);
  index.setRemoved(one, true);
  index.setRemoved(one, false);
  index.empty([two]);
}

function createMaterial(): Material {
  const [earlier, ahead] = [createIndexPeer(OWN_EARLIER), createIndexPeer(AHEAD)];
  const contact = createIndexPeer(CONTACT);
  const [known, fresh]: Uint8Array[][] = [[], []];
  const collect = ({ doc }: IndexPeer, into: Uint8Array[]): void => {
    doc.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin === LOCAL_ORIGIN) into.push(update);
    });
  };
  collect(contact, known!);
  collect(ahead, fresh!);
  use(earlier);
  sync(earlier, contact);
  use(contact);
  const state = Y.encodeStateAsUpdate(contact.doc);
  sync(contact, ahead);
  use(ahead);
  for (const each of [earlier, contact, ahead]) each.close();
  return { state, known: known!, fresh: fresh! };
}

function hostile(prng: Prng, material: Material): Uint8Array {
  const dice = prng.below(10);
  if (dice < 1) return anyUpdate(prng, material);
  if (dice < 3) return mutateBytes(prng, anyUpdate(prng, material));
  if (dice < 6) return encodeRaw(madeUp(prng));
  const raw = decodeRaw(anyUpdate(prng, material));
  for (let left = 1 + prng.below(3); left > 0; left--) mutateRaw(prng, raw, material);
  return encodeRaw(raw);
}

/** How often each verdict was given. */
function run(seed: number, material: Material): Map<string, number> {
  const prng = createPrng(seed);
  const [page, contact] = [createIndexPeer(OWN, material.state), createIndexPeer(HONEST, material.state)];
  const kinds = new Map<string, number>();
  for (let i = 0; i < CASES; i++) {
    const emptied = [...page.index.emptied()];
    const { kind } = page.admit(hostile(prng, material));
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    expect(ids(page.index.list()).length, `seed ${seed}, case ${i}`).toBeGreaterThan(0);
    expect([...page.index.emptied()], `seed ${seed}, case ${i}`).toEqual(expect.arrayContaining(emptied));
    if (i % 25 === 24) expectIndexAlive({ page, contact });
  }
  // Nothing that a page holds came in, and nothing in this session's name.
  expect(page.doc.getArray("items").length + page.doc.getMap("marks").size).toBe(0);
  expect(page.index.emptied().has(FIRST_PAGE)).toBe(false);
  for (const each of [page, contact]) each.close();
  return kinds;
}

test("hundreds of hostile updates leave an index that lives", () => {
  const material = createMaterial();
  for (let seed = 1; seed <= SEEDS; seed++) {
    const kinds = run(seed, material);
    // Were nothing ever taken, nothing would be tested.
    for (const kind of ["ready", "refused", "waiting"]) expect([kind, kinds.get(kind) ?? 0]).not.toContain(0);
  }
});
