/*
 * What is on a board as one list, bottom first: shapes, and around those of a layer that shows through, where it
 * begins and ends. Tiles of the screen and of a PNG are painted from it, and so is an SVG.
 */
import type { ItemId } from "../../board/document/board.ts";
import type { Shape } from "../shapes/shapes.ts";
import type { FinishedInk } from "./finished-ink.ts";

/**
 * - `open`: what follows until `close` is painted by itself, and laid over the rest so strong, 0 .. 1. There is never
 *   one within another.
 * - `shape`: its drawables, laid over the rest as `blendGroupOf` says.
 */
export type Drawn =
  | { readonly kind: "open"; readonly opacity: number }
  | { readonly kind: "close" }
  | { readonly kind: "shape"; readonly shape: Shape };

const CLOSE: Drawn = { kind: "close" };

/** `ids`, bottom first, may get more at the end while the list is read: a shape is made when it is come to. */
export function* drawList(
  ink: Pick<FinishedInk, "shapeOf" | "layerOf">,
  ids: Iterable<ItemId>,
): Generator<Drawn, void> {
  let group: string | undefined;
  for (const id of ids) {
    const shape = ink.shapeOf(id);
    if (!shape) continue;
    const look = ink.layerOf(id);
    if (group !== undefined && group !== look.id) {
      yield CLOSE;
      group = undefined;
    }
    if (look.opacity < 1 && group === undefined) {
      group = look.id;
      yield { kind: "open", opacity: look.opacity };
    }
    yield { kind: "shape", shape };
  }
  if (group !== undefined) yield CLOSE;
}
