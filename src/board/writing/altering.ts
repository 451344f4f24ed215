import { IDENTITY, multiply } from "../../base/matrix.ts";
import {
  encodeColor,
  encodeMatrix,
  encodeSmall,
  encodeStackPlace,
  encodeText,
} from "../document/attributes.ts";
import { BACKGROUND_KEY, itemKey } from "../document/keys.ts";
import { BACKGROUNDS } from "../document/board.ts";
import type { Board } from "../document/board.ts";
import type { ActionDeps } from "./action-deps.ts";
import { restacked } from "./restack.ts";

type Altering = Pick<
  Board,
  "transform" | "recolor" | "restack" | "moveToLayer" | "background" | "setBackground"
>;

/** What a person does to what is there, but for taking it away. */
export function createAltering({ reader, touchable, step }: ActionDeps): Altering {
  const { attributes } = reader;
  return {
    transform(ids, matrix) {
      const entries = touchable.of(ids);
      return step(({ set }) => {
        for (const { id } of entries) {
          const now = attributes.of(id)?.matrix ?? IDENTITY;
          set(itemKey(id, "t"), encodeMatrix(multiply(matrix, now)));
        }
      });
    },
    recolor(ids, color) {
      const entries = touchable.of(ids).filter(({ id }) => reader.item(id)?.header.color !== color);
      return step(({ set }) => {
        for (const { id } of entries) set(itemKey(id, "c"), encodeColor(color));
      });
    },
    restack(ids, how) {
      const chosen = new Set(touchable.of(ids).map(({ id }) => id));
      const places = reader
        .stacks()
        .flatMap((stack) => [...restacked(stack, chosen, how, { attributes, item: reader.item })]);
      return step(({ set }) => {
        for (const [id, to] of places) set(itemKey(id, "z"), encodeStackPlace(to));
      });
    },
    moveToLayer(ids, layer) {
      if (attributes.layers().find(({ id }) => id === layer)?.locked !== false) return false;
      const entries = touchable.of(ids).filter(({ id }) => attributes.layerOf(id).id !== layer);
      return step(({ set }) => {
        for (const { id } of entries) set(itemKey(id, "l"), encodeText(layer));
      });
    },
    background: () => attributes.background(),
    setBackground(background) {
      if (background === attributes.background()) return false;
      return step(({ set }) => set(BACKGROUND_KEY, encodeSmall(BACKGROUNDS.indexOf(background))));
    },
  };
}
