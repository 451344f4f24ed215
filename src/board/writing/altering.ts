import { equalBytes } from "../../base/bytes.ts";
import { IDENTITY, multiply } from "../../base/matrix.ts";
import type { Board, ItemId } from "../document/board.ts";
import { itemValues } from "../document/field-values.ts";
import { BACKGROUND_KEY } from "../document/keys.ts";
import { ITEM_FIELDS, PAGE_FIELDS } from "../document/schema.ts";
import type { ItemAttributes } from "../document/schema.ts";
import type { ActionDeps } from "./action-deps.ts";
import type { UndoStep } from "./changes.ts";
import { restacked } from "./restack.ts";

type Altering = Pick<
  Board,
  "transform" | "changeItems" | "crop" | "restack" | "moveToLayer" | "background" | "setBackground"
>;

/** What a person does to what is there, but for taking it away. */
export function createAltering({ reader, touchable, step }: ActionDeps): Altering {
  const { attributes } = reader;
  return {
    transform(ids, matrix) {
      const entries = touchable.of(ids);
      return step((act) => {
        for (const { id } of entries) {
          const now = attributes.of(id).matrix ?? IDENTITY;
          giveToItem(act, id, { matrix: multiply(matrix, now) });
        }
      });
    },
    changeItems(ids, given) {
      const entries = touchable.of(ids).filter(({ id }) => reader.item(id)?.kind !== "picture");
      return step((act) => {
        for (const { id } of entries) {
          const before = { ...attributes.of(id), color: reader.item(id)?.header.color };
          const known = new Map(itemValues(id, before));
          for (const [key, value] of itemValues(id, given)) {
            const now = known.get(key);
            if (!now || !equalBytes(now, value)) act.set(key, value);
          }
        }
      });
    },
    crop(id, crop) {
      const item = touchable.of([id]).length > 0 ? reader.item(id) : undefined;
      if (item?.kind !== "picture") return false;
      const [now, next] = [item.crop, crop].map((each) => ITEM_FIELDS.crop.codec.encode(each)) as [
        Uint8Array,
        Uint8Array,
      ];
      return !equalBytes(now, next) && step((act) => giveToItem(act, id, { crop }));
    },
    restack(ids, how) {
      const chosen = new Set(touchable.of(ids).map(({ id }) => id));
      const places = reader
        .stacks()
        .flatMap((stack) => [...restacked(stack, chosen, how, { attributes, item: reader.item })]);
      return step((act) => {
        for (const [id, to] of places) giveToItem(act, id, { stack: to });
      });
    },
    moveToLayer(ids, layer) {
      if (attributes.layers().find(({ id }) => id === layer)?.locked !== false) return false;
      const entries = touchable.of(ids).filter(({ id }) => attributes.layerOf(id).id !== layer);
      return step((act) => {
        for (const { id } of entries) giveToItem(act, id, { layer });
      });
    },
    background: () => attributes.background(),
    setBackground(background) {
      if (background === attributes.background()) return false;
      return step((act) => act.set(BACKGROUND_KEY, PAGE_FIELDS.background.codec.encode(background)));
    },
  };
}

export function giveToItem(step: UndoStep, id: ItemId, given: ItemAttributes): void {
  for (const [key, value] of itemValues(id, given)) step.set(key, value);
}
