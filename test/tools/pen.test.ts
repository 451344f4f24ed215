import { describe, expect, it } from "vitest";
import type { Point } from "../../src/base/geometry.ts";
import type { Board, ItemId, StrokeWriter } from "../../src/board/document/board.ts";
import { createSimplifier } from "../../src/ink/simplify.ts";
import type { InkPoint, InkSample, StrokeHeader } from "../../src/ink/stroke.ts";
import { createPen } from "../../src/tools/pen.ts";
import { strokeHeader } from "../../src/tools/stroke-header.ts";
import { createFakeBoard } from "./support/fake-board.ts";

const header: StrokeHeader = strokeHeader({ tool: "pen", color: 0x1f2328, size: 4 }, "mouse", 1);

const samples: readonly InkSample[] = Array.from({ length: 40 }, (_, i) => ({
  x: i * 6,
  y: Math.sin(i / 3) * 40,
  pressure: 0.5,
  time: i * 16,
}));

interface Written {
  readonly header: StrokeHeader;
  readonly points: InkPoint[];
  ended: boolean;
  replaced?: { readonly shape: StrokeHeader; readonly from: Point; readonly to: Point };
}

/** A board that remembers what was written to it; its items appear when `flush` is called. */
function createPaper(): { board: Board; strokes: Written[]; flush(): void } {
  const strokes: Written[] = [];
  let flushed = 0;
  const board: Board = {
    ...createFakeBoard(),
    startStroke(given): StrokeWriter {
      const stroke: Written = { header: given, points: [], ended: false };
      const index = strokes.push(stroke) - 1;
      return {
        header: given,
        points: stroke.points,
        itemId: (): ItemId | undefined => (index < flushed ? `1.${index}` : undefined),
        add: (points) => void stroke.points.push(...points),
        end: () => {
          stroke.ended = true;
        },
        cancel: () => false,
        replace(shape, from, to) {
          stroke.replaced = { shape, from, to };
          return "1.9";
        },
      };
    },
  };
  return {
    board,
    strokes,
    flush: () => {
      flushed = strokes.length;
    },
  };
}

/** What the simplifier keeps of all samples at once. */
function simplified(): InkPoint[] {
  const simplifier = createSimplifier(header, 1);
  return [...samples.flatMap((sample) => simplifier.push(sample)), ...simplifier.end()];
}

describe("pen", () => {
  it("writes what the simplifier keeps, and ends the stroke", () => {
    const { board, strokes } = createPaper();
    const pen = createPen({ board });
    pen.down(header, samples[0]!, { zoom: 1, provisional: false });
    expect(strokes).toHaveLength(1);
    pen.move(samples.slice(1, 20));
    pen.move(samples.slice(20));
    expect(strokes[0]!.ended).toBe(false);
    pen.up();
    expect(strokes).toEqual([{ header, points: simplified(), ended: true }]);
  });

  it("a provisional stroke reaches the document at its commit, whole", () => {
    const { board, strokes } = createPaper();
    const pen = createPen({ board });
    pen.down(header, samples[0]!, { zoom: 1, provisional: true });
    pen.move(samples.slice(1, 15));
    expect(strokes).toEqual([]);
    pen.commit();
    pen.commit();
    expect(strokes).toHaveLength(1);
    pen.move(samples.slice(15));
    pen.up();
    expect(strokes).toEqual([{ header, points: simplified(), ended: true }]);
  });

  it("a provisional stroke that is lifted is a stroke, a dot too", () => {
    const { board, strokes } = createPaper();
    const pen = createPen({ board });
    pen.down(header, samples[0]!, { zoom: 1, provisional: true });
    pen.up();
    expect(strokes).toEqual([{ header, points: [{ x: 0, y: 0, pressure: 0.5 }], ended: true }]);
  });

  it("a dropped stroke leaves no trace, a committed one is ended", () => {
    const { board, strokes } = createPaper();
    const pen = createPen({ board });
    pen.down(header, samples[0]!, { zoom: 1, provisional: true });
    pen.move(samples.slice(1, 9));
    pen.drop();
    expect(strokes).toEqual([]);
    expect(pen.preview()).toBeUndefined();
    pen.down(header, samples[0]!, { zoom: 1, provisional: false });
    pen.drop();
    expect(strokes[0]).toMatchObject({ ended: true });
  });

  it("the preview always leads to the newest sample, provisional or not, and names its item", () => {
    const { board, flush } = createPaper();
    const pen = createPen({ board });
    expect(pen.preview()).toBeUndefined();
    pen.down(header, samples[0]!, { zoom: 1, provisional: true });
    for (const [i, sample] of samples.slice(1).entries()) {
      pen.move([sample]);
      if (i === 12) pen.commit();
      const tip = pen.preview()!.points.at(-1)!;
      expect(Math.hypot(tip.x - sample.x, tip.y - sample.y)).toBeLessThan(0.25);
    }
    expect(pen.preview()).not.toHaveProperty("itemId");
    flush();
    expect(pen.preview()).toMatchObject({ header, itemId: "1.0" });
    pen.up();
    expect(pen.preview()).toBeUndefined();
  });

  it("a second pen-down ends the stroke before it, and movements without a stroke are ignored", () => {
    const { board, strokes } = createPaper();
    const pen = createPen({ board });
    pen.move(samples);
    pen.up();
    expect(strokes).toEqual([]);
    pen.down(header, samples[0]!, { zoom: 1, provisional: false });
    pen.down(header, samples[5]!, { zoom: 1, provisional: false });
    expect(strokes.map(({ ended }) => ended)).toEqual([true, false]);
  });

  it("a shape takes the place of the stroke, and of a provisional one's", () => {
    const { board, strokes } = createPaper();
    const pen = createPen({ board });
    const shape = { ...header, tool: "line" } as const;
    const ends = [
      { x: 0, y: 0 },
      { x: 90, y: 0 },
    ] as const;
    pen.down(header, samples[0]!, { zoom: 1, provisional: false });
    pen.replace(shape, ...ends);
    pen.up();
    expect(strokes).toMatchObject([{ ended: false, replaced: { shape, from: ends[0], to: ends[1] } }]);
    pen.down(header, samples[0]!, { zoom: 1, provisional: true });
    pen.replace(shape, ...ends);
    pen.replace(shape, ...ends);
    expect(strokes).toHaveLength(2);
    expect(strokes[1]).toMatchObject({ points: [{ x: 0, y: 0 }], replaced: { shape } });
    expect(board.items()).toEqual([]);
  });
});
