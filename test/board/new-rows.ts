import type { Item } from "../../src/board/document/board.ts";
import type { ItemAttributes } from "../../src/board/document/schema.ts";
import type * as Schema from "../../src/board/document/schema.ts";
import { content } from "./guard/raw-update.ts";
import type { RawStruct } from "./guard/raw-update.ts";

/**
 * The schema with rows that no board has yet, in place of the schema in tests: fields of an item that
 * anybody gives (`fill`), that its maker gives once (`picture`), that no copy keeps (`binding`), and a
 * session's record. Whoever paints would read them from an item's attributes.
 */
export function withNewRows(schema: typeof Schema): object {
  const { ITEM_FIELDS, MAPS } = schema;
  const fields = {
    ...ITEM_FIELDS,
    fill: { ...ITEM_FIELDS.color, key: "f", isCopied: true },
    picture: {
      ...ITEM_FIELDS.color,
      key: "p",
      writer: "maker",
      times: "once",
      maxBytes: 40,
      isCopied: true,
    },
    binding: { ...ITEM_FIELDS.stack, key: "y" },
  };
  const slot = { ...ITEM_FIELDS.layer, key: "s", writer: "maker", times: "once", needs: "nothing" };
  const [, ...others] = MAPS.attrs.subjects;
  const subjects = [
    { of: "item", in: "page", prefix: "i", id: "write", fields },
    ...others,
    { of: "session", in: "page", prefix: "s", id: "count", fields: { slot } },
  ];
  return { ...schema, ITEM_FIELDS: fields, MAPS: { ...MAPS, attrs: { ...MAPS.attrs, subjects } } };
}

/** What an item was given of the new fields. */
interface NewAttributes extends ItemAttributes {
  readonly fill?: unknown;
  readonly picture?: unknown;
  readonly binding?: unknown;
}

export function newOf({ attributes }: Item): Pick<NewAttributes, "fill" | "picture" | "binding"> {
  const { fill, picture, binding }: NewAttributes = attributes;
  return { fill, picture, binding };
}

export const GREEN: Uint8Array = Uint8Array.of(0, 0xff, 0);

/** The value of an attribute as a session writes it; `origin`: after which other one. */
export function attribute(
  key: string,
  value: Uint8Array,
  origin?: { client: number; clock: number },
): RawStruct {
  return origin
    ? { origin, content: content.binary(value) }
    : { parent: "attrs", key, content: content.binary(value) };
}
