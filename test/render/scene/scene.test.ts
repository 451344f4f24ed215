import { NO_PICTURES } from "../../../src/render/shapes/bitmaps.ts";
import { describe, expect, it } from "vitest";
import { boundsOf, overlaps, unionOf, type Box, type Point } from "../../../src/base/geometry.ts";
import { boxThrough, translation } from "../../../src/base/matrix.ts";
import { createPrng, type Prng } from "../../../src/base/prng.ts";
import type { Item, ItemId, TextItem } from "../../../src/board/document/board.ts";
import type { Preview } from "../../../src/board/previews/preview.ts";
import { createPreviewedBoard, type PreviewedBoard } from "../../../src/board/previews/previewed-board.ts";
import { createItemBoxes } from "../../../src/board/spatial/item-boxes.ts";
import { createItemIndex, type ItemIndex } from "../../../src/board/spatial/item-index.ts";
import { createScene, type Scene } from "../../../src/render/scene/scene.ts";
import type { Words } from "../../../src/render/shapes/words.ts";
import { createPair, createPeer, drawn, HEADER, sync, type Peer } from "../../board/peers.ts";
import { RandomChanges, REACH } from "../../board/random-changes.ts";

/** No scene of this test shapes words. */
const WORDS: Words = {
  layoutOf({ text }) {
    return { size: 8, padding: 0, breaksAt: undefined, width: 10 * text.length, height: 20, lines: [] };
  },
  inkOf: () => undefined,
  blankOf: (text) => text,
  baseline: () => 1,
};
const textBox = (text: TextItem): Box => {
  const { width, height } = WORDS.layoutOf(text);
  return boxThrough(text.matrix, { minX: -3, minY: -3, maxX: width, maxY: height });
};

interface Watched {
  readonly index: ItemIndex;
  readonly previewed: PreviewedBoard;
  readonly scene: Scene;
}

/** Time passes with each question, so that no ink is held back. */
function watch({ board }: Peer): Watched {
  const index = createItemIndex(board, textBox);
  const previewed = createPreviewedBoard(board);
  let time = 0;
  const scene = createScene({
    board: previewed,
    index,
    words: WORDS,
    pictures: NO_PICTURES,
    now: () => (time += 1000),
  });
  previewed.onChange((change) => scene.apply(change));
  return { index, previewed, scene };
}

const boxOf = (item: Item): Box | undefined => createItemBoxes(textBox).painted(item);

function shownBox(previewed: PreviewedBoard, item: Item): Box | undefined {
  const box = boxOf(item);
  const matrix = previewed.movedBy(item.id);
  return box && matrix ? boxThrough(matrix, box) : box;
}

function anyPreview(prng: Prng, ids: readonly ItemId[]): Preview | undefined {
  const some = ids.filter(() => prng.chance(0.2));
  const place = (): Point => ({ x: REACH * prng.next(), y: REACH * prng.next() });
  const kind = prng.below(5);
  if (kind === 0) return { kind: "erase", ids: some, cuts: new Map() };
  if (kind === 1) {
    const from = prng.next();
    return {
      kind: "erase",
      ids: [],
      cuts: new Map(some.map((id) => [id, [{ from, to: from + 1 }]] as const)),
    };
  }
  if (kind === 2) return { kind: "transform", ids: some, matrix: translation(90 * prng.next(), -50) };
  if (kind === 3) return { kind: "shape", header: { ...HEADER, tool: "line" }, from: place(), to: place() };
  return undefined;
}

function expectTheSame({ scene, previewed }: Watched, prng: Prng): void {
  scene.takeDamage();
  const items = previewed.items();
  const bounds = items.reduce<Box | undefined>(
    (around, item) => unionOf(around, shownBox(previewed, item)),
    undefined,
  );
  expect(scene.bounds()).toEqual(bounds);
  const place = (): Point => ({ x: REACH * (2 * prng.next() - 1), y: REACH * (2 * prng.next() - 1) });
  for (let i = 0; i < 3; i++) {
    const box = boundsOf([place(), place()])!;
    const finished = items.filter((item) => {
      const own = boxOf(item);
      return item.ended && !previewed.movedBy(item.id) && own !== undefined && overlaps(own, box);
    });
    expect(scene.finished.within(box)).toEqual(finished.map(({ id }) => id));
  }
}

describe("the scene", () => {
  it.each(Array.from({ length: 10 }, (_, seed) => seed))(
    "has every item where it is shown, whatever people do and are about to do (seed %i)",
    (seed) => {
      const prng = createPrng(seed + 70);
      const changes = new RandomChanges(prng);
      const watched = watch(changes.own);
      let compared = 0;
      for (let n = 0; n < 120; n++) {
        if (prng.chance(0.6)) changes.step();
        else {
          const ids = changes.own.board.items().map(({ id }) => id);
          const preview = anyPreview(prng, ids);
          changes.told.push(preview?.kind ?? "no preview");
          watched.previewed.setPreview(prng.chance(0.5) ? "a" : "b", preview);
        }
        if (!prng.chance(0.5)) continue;
        compared++;
        try {
          expectTheSame(watched, prng);
        } catch (error) {
          throw new Error(`after ${changes.told.join(", ")}`, { cause: error });
        }
      }
      expect(compared).toBeGreaterThan(20);
    },
  );

  it("paints the items of layers anew that change places", () => {
    const peer = createPeer(1);
    const { board } = peer;
    const top = board.addLayer("top");
    const below = drawn(peer, 0, 100);
    board.setActiveLayer(top);
    const above = drawn(peer, 0, 50);
    const { scene } = watch(peer);
    const everywhere = { minX: -1000, minY: -1000, maxX: 1000, maxY: 1000 };
    expect(scene.finished.within(everywhere)).toEqual([below, above]);
    board.changeLayer(top, { at: 0 });
    expect(scene.takeDamage().boxes).toHaveLength(1);
    expect(scene.finished.within(everywhere)).toEqual([above, below]);
    board.setBackground("dots");
    expect(scene.takeDamage().boxes).toEqual([]);
  });

  it("has a highlighter's long stroke as one, on the board of who draws it and of who sees it come", () => {
    const [own, contact] = createPair();
    const scenes = [own, contact].map((peer) => watch(peer).scene);
    const writer = own.board.startStroke({ ...HEADER, tool: "highlighter" });
    const everywhere = { minX: -1000, minY: -1000, maxX: 1000, maxY: 1000 };
    for (let part = 0; part < 10; part++) {
      const turns = Array.from({ length: 300 }, (_, i) => part * 300 + i);
      writer.add(turns.map((i) => ({ x: (i * 37) % 400, y: (i * 91) % 300, pressure: 0.5 })));
      own.flush();
      sync(own, contact);
      const count = own.board.items().length;
      for (const scene of scenes) {
        scene.takeDamage();
        expect(scene.finished.within(everywhere)).toEqual([]);
        const [shape, ...others] = scene.unfinished();
        expect(others).toEqual([]);
        // All but what may still change is painted once.
        expect(shape!.shape.pieces.length - shape!.shape.settled).toBeLessThan(4);
        expect(shape!.shape.pieces.length).toBeGreaterThanOrEqual((part * 300) / 64 + count - 1);
      }
    }
    expect(own.board.items().length).toBeGreaterThan(2);
    writer.end();
    sync(own, contact);
    for (const scene of scenes) {
      scene.takeDamage();
      expect(scene.unfinished()).toEqual([]);
      expect(scene.finished.within(everywhere)).toEqual([own.board.items()[0]!.id]);
    }
  });
});
