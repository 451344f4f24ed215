/*
 * A board under many hands, painted step by step: in the end it must look as if somebody had opened it then.
 */
import * as fc from "fast-check";
import { multiply, translation, type Matrix } from "../../src/base/matrix.ts";
import { BACKGROUNDS } from "../../src/board/document/backgrounds.ts";
import { FIRST_LAYER, type ItemId } from "../../src/board/document/board.ts";
import type { Preview } from "../../src/board/previews/preview.ts";
import type { StrokePreview } from "../../src/render/scene/previews.ts";
import { PEN } from "../support/strokes.ts";
import { createFakeBoard, type FakeBoard } from "./fake-board.ts";
import {
  createStage,
  differences,
  freshPixels,
  HIGHLIGHTER,
  line,
  longLine,
  MARKER,
  seenOn,
  type Stage,
} from "./stage.ts";

/** What somebody does. What it is besides depends on which step of a row it is. */
export type Step =
  | {
      readonly do: "insert" | "start" | "write" | "long";
      readonly at: number;
      readonly x: number;
      readonly y: number;
    }
  | {
      readonly do:
        | "extend"
        | "end"
        | "hide"
        | "show"
        | "preview"
        | "cut"
        | "move"
        | "reorder"
        | "layer"
        | "drag"
        | "erase"
        | "continue"
        | "carve"
        | "settle";
      readonly at: number;
    }
  | { readonly do: "camera"; readonly x: number; readonly zoom: number }
  | { readonly do: "grow" | "unpreview" | "release" | "shape" | "fade" | "paper" | "frame" | "now" | "lose" };

const places = { at: fc.nat(30), x: fc.integer({ min: -40, max: 40 }), y: fc.integer({ min: -30, max: 30 }) };
/** What many hands do to a board, and what its painter is told besides. */
export const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    {
      weight: 7,
      arbitrary: fc.record({ do: fc.constantFrom("insert", "insert", "start", "write", "long"), ...places }),
    },
    {
      weight: 8,
      arbitrary: fc.record({
        do: fc.constantFrom("extend", "end", "hide", "show", "preview"),
        at: fc.nat(30),
      }),
    },
    {
      weight: 8,
      arbitrary: fc.record({
        do: fc.constantFrom(
          "cut",
          "move",
          "reorder",
          "layer",
          "drag",
          "erase",
          "carve",
          "settle",
          "continue",
          "continue",
        ),
        at: fc.nat(30),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant("camera"),
        x: fc.integer({ min: -20, max: 20 }),
        zoom: fc.constantFrom(0.5, 1, 2.5),
      }),
    },
    {
      weight: 8,
      arbitrary: fc.record({
        do: fc.constantFrom(
          "grow",
          "grow",
          "unpreview",
          "release",
          "shape",
          "fade",
          "paper",
          "frame",
          "frame",
          "frame",
          "now",
          "lose",
        ),
      }),
    },
  ),
  { maxLength: 60, size: "max" },
);

const HEADERS = [PEN, MARKER, HIGHLIGHTER] as const;

/** A board under many hands, and what its renderer was told besides. */
class Run {
  readonly board: FakeBoard = createFakeBoard();
  readonly stage: Stage = createStage(this.board);
  previews: StrokePreview[] = [];
  readonly gestures = new Map<string, Preview>();
  readonly #ids: ItemId[] = [];
  readonly #open = new Set<ItemId>();

  step(step: Step, n: number): void {
    const id = "at" in step ? this.#ids[step.at % Math.max(this.#ids.length, 1)] : undefined;
    if ("at" in step && "x" in step) this.#add(step, n);
    else if (step.do === "camera") this.stage.renderer.setCamera({ x: step.x, y: 3, zoom: step.zoom });
    else if ("at" in step && id !== undefined) this.#change(step.do, id, n);
    else if (!("at" in step)) this.#turn(step.do, n);
  }

  #add(
    step: { readonly do: string; readonly at: number; readonly x: number; readonly y: number },
    n: number,
  ) {
    const index = Math.min(step.at, this.board.items().length);
    if (step.do === "write") {
      const tool = n % 2 === 0 ? ("text" as const) : ("note" as const);
      const size = tool === "note" ? { width: 20, height: 16 } : undefined;
      const header = { ...PEN, tool, color: n * 997, width: 5 };
      const matrix = { ...translation(step.x, step.y), a: 0.8, b: 0.3 };
      this.#ids.push(this.board.insertText(index, { header, matrix, size, text: `a${n}\nb c` }));
      return;
    }
    if (step.do === "long") {
      this.#ids.push(this.board.insert(index, HIGHLIGHTER, longLine(step.x, step.y)));
      return;
    }
    const ended = step.do === "insert";
    const header = { ...HEADERS[n % 3]!, color: n * 997 };
    const added = this.board.insert(index, header, line(step.x, step.y), ended);
    this.#ids.push(added);
    if (!ended) this.#open.add(added);
  }

  #change(what: string, id: ItemId, n: number): void {
    const { board, stage } = this;
    const item = board.item(id);
    if ((what === "extend" || what === "end") && this.#open.has(id)) {
      if (what === "end") this.#open.delete(id);
      board.extend(id, line(n - 30, 5), what === "end");
    } else if (what === "hide") board.hide([id]);
    else if (what === "show") board.show([id]);
    else if (what === "preview") {
      const header = { ...HEADERS[n % 3]!, color: n * 997 };
      this.previews = [{ header, points: line(-5, 4, 20), ...(item?.kind === "stroke" && { itemId: id }) }];
      stage.renderer.setPreviews(this.previews);
    } else if (what === "cut" && item?.kind === "stroke") {
      board.alter(id, { parts: [line(n - 30, 2), line(n - 10, 8)], cuts: [{ from: 0.2, to: 0.4 }] });
    } else if (what === "move" && item) this.#move(id, translation(n % 9, -3));
    else if (what === "reorder") board.reorder(id, n % Math.max(board.items().length, 1));
    else if (what === "layer") board.alter(id, { layer: n % 3 === 0 ? FIRST_LAYER : "a" });
    else if (what === "drag")
      this.gesture("drag", { kind: "transform", ids: [id], matrix: translation(n, 4) });
    else if (what === "continue" && item?.kind === "stroke") {
      const { x, y } = item.points.at(-1)!;
      const ended = n % 2 === 0;
      const index = n % (board.items().length + 1);
      const added = board.insert(index, HIGHLIGHTER, longLine(x, y, (n % 25) - 12), ended);
      this.#ids.push(added);
      if (!ended) this.#open.add(added);
    } else if (what === "erase") this.gesture("rubber", { kind: "erase", ids: [id], cuts: new Map() });
    else if (what === "carve") {
      const cuts = new Map([[id, [{ from: 0.1 + n / 200, to: 0.6 }]]]);
      this.gesture("rubber", { kind: "erase", ids: [], cuts });
    } else if (what === "settle") {
      const drag = this.gestures.get("drag");
      if (drag?.kind === "transform" && board.item(drag.ids[0]!)) this.#move(drag.ids[0]!, drag.matrix);
      this.gesture("drag", undefined);
    }
  }

  #move(id: ItemId, matrix: Matrix): void {
    const item = this.board.item(id)!;
    if (item.kind !== "stroke") this.board.alter(id, { matrix: multiply(matrix, item.matrix) });
    else {
      const points = item.points.map((point) => ({ ...point, x: point.x + matrix.e, y: point.y + matrix.f }));
      this.board.alter(id, { points });
    }
  }

  #turn(what: string, n: number): void {
    const { stage } = this;
    if (what === "grow") {
      this.previews = this.previews.map((preview) => {
        const { x, y } = preview.points.at(-1)!;
        return { ...preview, points: [...preview.points, ...line(x + 3, y - (n % 5))] };
      });
      stage.renderer.setPreviews(this.previews);
      stage.renderer.paintNow();
    } else if (what === "unpreview") {
      this.previews = [];
      stage.renderer.setPreviews([]);
    } else if (what === "release") for (const who of this.gestures.keys()) this.gesture(who, undefined);
    else if (what === "shape") {
      const header = { ...PEN, tool: "ellipse" as const, color: n * 997 };
      this.gesture("shape", { kind: "shape", header, from: { x: -n, y: 0 }, to: { x: n, y: 9 } });
    } else if (what === "fade") this.board.setLayers([{}, { id: "a", opacity: (n % 5) / 4 }]);
    else if (what === "paper") this.board.setBackground(BACKGROUNDS[n % 4]!);
    else if (what === "frame") stage.frame();
    else if (what === "now") stage.renderer.paintNow();
    else if (what === "lose") {
      const canvases = [stage.cached, stage.live, ...stage.others];
      const lost = canvases[n % canvases.length]!;
      lost.loseContext();
      if (n % 2 === 0) stage.frame();
      lost.restoreContext();
    }
  }

  gesture(who: string, preview: Preview | undefined): void {
    if (preview) this.gestures.set(who, preview);
    else this.gestures.delete(who);
    this.stage.previewed.setPreview(who, preview);
  }
}

/** Where the picture is another one than that of a fresh painting; undefined: nowhere. */
export function problemAfter(list: readonly Step[]): string | undefined {
  const run = new Run();
  for (const [n, step] of list.entries()) run.step(step, n);
  // An item that was moved in earnest under a gesture waits for the gesture's end.
  run.gesture("drag", undefined);
  run.stage.settle();
  const fresh = freshPixels(run.board, run.stage.renderer, run.previews, [...run.gestures.values()]);
  const [cached, live] = [run.stage.cached.pixels(), run.stage.live.pixels()];
  const [where] = [
    ...differences(cached, fresh.cached),
    ...differences(seenOn(cached, live), seenOn(fresh.cached, fresh.live)),
  ];
  return where;
}
