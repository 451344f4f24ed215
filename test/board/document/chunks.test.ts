import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { createPrng } from "../../../src/base/prng.ts";
import { createDocument } from "../../../src/board/document/document.ts";
import { stateVectorOf } from "../../../src/board/document/state.ts";
import { causalChunks } from "../../../src/board/document/chunks.ts";

/** A document that several sessions wrote at once, with appended texts, a map and deletions. */
function createBusyDocument(seed: number, sessions: number, steps: number): { doc: Y.Doc; early: Y.Doc } {
  const prng = createPrng(seed);
  const docs = Array.from({ length: sessions }, (_, i) => {
    const doc = createDocument();
    doc.clientID = 1000 + i * 7;
    return doc;
  });
  const early = createDocument();
  for (let step = 0; step < steps; step++) {
    const doc = docs[prng.below(sessions)]!;
    const items = doc.getArray<Y.Text>("items");
    if (items.length > 0 && prng.chance(0.4)) {
      const text = items.get(prng.below(items.length));
      text.insert(text.length, `+${step}`);
    } else if (prng.chance(0.2)) {
      doc.getMap("marks").set(`k${prng.below(4)}`, step);
    } else {
      items.insert(prng.below(items.length + 1), [new Y.Text(`stroke ${step}`)]);
    }
    if (prng.chance(0.3)) Y.applyUpdate(docs[prng.below(sessions)]!, Y.encodeStateAsUpdate(doc));
    if (step === steps >> 1) Y.applyUpdate(early, Y.encodeStateAsUpdate(doc));
  }
  const all = docs[0]!;
  for (const doc of docs) Y.applyUpdate(all, Y.encodeStateAsUpdate(doc));
  return { doc: all, early };
}

describe("[S5] causal chunks", () => {
  test.each([1, 2, 3, 4, 5, 6])(
    "each can be applied when it comes, and together they are the diff (seed %i)",
    (seed) => {
      const { doc, early } = createBusyDocument(seed, 5, 400);
      for (const start of [createDocument(), early]) {
        const chunks = causalChunks(doc, stateVectorOf(start), true, 300);
        expect(chunks.length).toBeGreaterThan(3);
        for (const chunk of chunks) {
          Y.applyUpdate(start, chunk);
          expect(start.store.pendingStructs).toBeNull();
          expect(start.store.pendingDs).toBeNull();
        }
        expect(stateVectorOf(start)).toEqual(stateVectorOf(doc));
        expect(contentOf(start)).toEqual(contentOf(doc));
        expect(Y.equalDeleteSets(deletions(start), deletions(doc))).toBe(true);
      }
    },
  );

  test("keep to the limit, except for a single write that is longer", () => {
    const { doc } = createBusyDocument(7, 3, 300);
    const limit = 200;
    for (const chunk of causalChunks(doc, new Map(), false, limit)) {
      const { structs } = Y.decodeUpdate(chunk);
      expect(chunk.length <= limit + 64 || structs.length === 1).toBe(true);
    }
  });

  test("are none for somebody who has everything", () => {
    const { doc } = createBusyDocument(8, 3, 50);
    expect(causalChunks(doc, stateVectorOf(doc), false)).toEqual([]);
  });

  test("bring a deletion that was lost, and only the asker's part of it", () => {
    const doc = createDocument();
    const items = doc.getArray("items");
    items.push(["a", "b", "c", "d"]);
    const behind = createDocument();
    Y.applyUpdate(behind, Y.encodeStateAsUpdate(doc));
    items.delete(1, 2);
    expect(causalChunks(doc, stateVectorOf(behind), false)).toEqual([]);
    for (const chunk of causalChunks(doc, stateVectorOf(behind), true)) Y.applyUpdate(behind, chunk);
    expect(behind.getArray("items").toArray()).toEqual(["a", "d"]);
    expect(causalChunks(doc, new Map([[doc.clientID, 1]]), true).length).toBe(1);
  });
});

function contentOf(doc: Y.Doc): unknown {
  return [doc.getArray("items").toJSON(), doc.getMap("marks").toJSON()];
}

function deletions(doc: Y.Doc) {
  return Y.createDeleteSetFromStructStore(doc.store);
}
