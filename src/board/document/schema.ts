import {
  BACKGROUND,
  COLOR,
  CROP,
  FLAG,
  MATRIX,
  MINUTES,
  ORDINAL,
  PERCENT,
  PLACE,
  STACK_PLACE,
  TEXT,
  WIDTH,
} from "./attributes.ts";
import { MAX_STROKE_CHARS } from "../../ink/stroke.ts";
import type { ItemTool } from "../../ink/stroke.ts";
import { MAX_LABEL_CHARS } from "./labels.ts";
import { LIMITS } from "./limits.ts";
import type { DefaultField, FieldTable, Given, ItemField, MapRow, ValuesOf } from "./schema-rows.ts";

/*
 * What a board can hold: one table, a row for each field (schema-rows.ts says what is in a row). The guard takes from it what may be written by
 * whom, the reader how to read it, rescue what is worth saving, and chunks what must come before it.
 * A new field of an item is a row in ITEM_FIELDS, and whoever paints it.
 *
 * A board is one document for each page, and one more, the index, which says which pages there are. The index is a
 * document like the others, of a number of its own: 0.5.0 and before neither keep it nor read what is said of it, so what it
 * holds is new to nobody who cannot read it. The first page is what a board was before there were others.
 *
 * A map's key is made of the prefix and the id of what the value is about, a dot, and the field's own
 * key, as far as there are any (keys.ts).
 */

/** What is different from one kind of item to another. */
export interface ItemKind {
  /**
   * Ink along its points; an outline from one point to another; words, to the right of and below a point; a picture
   * between two points.
   */
  readonly holds: "ink" | "outline" | "words" | "picture";
  /** How many points it must have to be shown; all but ink has no more. */
  readonly points: number;
  /** It lies under what does not, on its layer. */
  readonly isUnder: boolean;
}

const INK: ItemKind = { holds: "ink", points: 0, isUnder: false };
const OUTLINE: ItemKind = { holds: "outline", points: 2, isUnder: false };

/** By what made it, as it stands in the item's header (ink/codec.ts). */
export const ITEM_KINDS: Readonly<Record<ItemTool, ItemKind>> = {
  pen: INK,
  marker: INK,
  highlighter: { ...INK, isUnder: true },
  line: OUTLINE,
  arrow: OUTLINE,
  rectangle: OUTLINE,
  ellipse: OUTLINE,
  text: { holds: "words", points: 1, isUnder: false },
  note: { holds: "words", points: 2, isUnder: false },
  picture: { holds: "picture", points: 2, isUnder: false },
};

/** The longest value of an attribute. */
export const MAX_ATTRIBUTE_BYTES = LIMITS.attributeBytes.takes;

/** On or off, and a stamp. */
const MAX_SWITCH_BYTES = 4;
const MAX_MINUTES_BYTES = 5;
/** The longest name of a layer, and its length. */
const MAX_LAYER_BYTES = 19;

/** What a session says of itself, once for each key. */
const RECORD = { key: "", content: "binary", writer: "maker", times: "once" } as const;

/** What attributes have in common: anybody gives them, again and again, and they are short. */
const ATTRIBUTE = {
  content: "binary",
  writer: "anybody",
  times: "often",
  maxBytes: MAX_ATTRIBUTE_BYTES,
} as const;
const OF_ITEM = { ...ATTRIBUTE, needs: "item" } as const;
const OF_LAYER = { ...ATTRIBUTE, needs: "layer" } as const;
const OF_PAGE = { ...ATTRIBUTE, needs: "nothing" } as const;
const OF_ENTRY = { ...ATTRIBUTE, needs: "entry" } as const;

/** What becomes different of an item after it was drawn. */
export const ITEM_FIELDS = {
  matrix: { ...OF_ITEM, key: "t", codec: MATRIX, isCopied: false },
  color: { ...OF_ITEM, key: "c", codec: COLOR, isCopied: false },
  stack: { ...OF_ITEM, key: "z", codec: STACK_PLACE, isCopied: false },
  layer: { ...OF_ITEM, key: "l", codec: TEXT, isCopied: false },
  // Of words: where lines break if they are on no note; the worn out item that they go on from.
  width: { ...OF_ITEM, key: "w", codec: WIDTH, isCopied: true },
  follows: { ...OF_ITEM, key: "e", codec: TEXT, isCopied: false },
  // Of a picture, which has no lines: 0.6.0 and before refuse what has another key, and all that its session writes
  // after it. Neither codec reads what the other one wrote.
  crop: { ...OF_ITEM, key: "w", codec: CROP, isCopied: true },
} as const satisfies FieldTable<ItemField<unknown>>;

/** What an item was given of it; undefined: nothing, or nothing that can be read. */
export type ItemAttributes = Given<ValuesOf<typeof ITEM_FIELDS>>;

/** All that a layer is. Its place among the others makes it; the first layer is there without. */
export const LAYER_FIELDS = {
  name: { ...OF_LAYER, key: "n", codec: TEXT, default: "" },
  place: { ...OF_LAYER, key: "o", codec: PLACE, default: 0, writer: "maker first" },
  hidden: { ...OF_LAYER, key: "h", codec: FLAG, default: false },
  locked: { ...OF_LAYER, key: "k", codec: FLAG, default: false },
  opacity: { ...OF_LAYER, key: "a", codec: PERCENT, default: 1 },
  removed: { ...OF_LAYER, key: "x", codec: FLAG, default: false },
} as const satisfies FieldTable<DefaultField<unknown>>;

export const PAGE_FIELDS = {
  background: { ...OF_PAGE, key: "b", codec: BACKGROUND, default: "plain" },
} as const satisfies FieldTable<DefaultField<unknown>>;

/**
 * What the index has of the first page, which is there without. It is never emptied: it is what is shown where
 * nothing else is left, and what versions without an index draw on.
 */
const FIRST_ENTRY_FIELDS = {
  name: { ...OF_ENTRY, key: "n", codec: TEXT, default: "" },
  place: { ...OF_ENTRY, key: "o", codec: PLACE, default: 0 },
  /** 0: it is there; else the page was removed, as the one after those with lower numbers. */
  removed: { ...OF_ENTRY, key: "x", codec: ORDINAL, default: 0 },
} as const satisfies FieldTable<DefaultField<unknown>>;

/** What it has of every other page. */
export const ENTRY_FIELDS = {
  /** Makes the page: its first place, and by its stamp when that was. Moving the page changes neither. */
  made: {
    ...OF_ENTRY,
    key: "m",
    codec: PLACE,
    default: 0,
    writer: "maker",
    times: "once",
    needs: "nothing",
    makes: true,
  },
  ...FIRST_ENTRY_FIELDS,
  /** Whatever was once written here, the ink of the page is given up for good (pages/page-table.ts). */
  emptied: { ...OF_ENTRY, key: "e", codec: FLAG, default: false },
} as const satisfies FieldTable<DefaultField<unknown>>;

export const MAPS = {
  /** What hides ink (marks.ts): a mark is set once and emptied once, its switch as often as its session likes. */
  marks: {
    noun: "a mark",
    subjects: [
      {
        of: "mark",
        in: "page",
        prefix: "",
        id: "count",
        fields: {
          mark: {
            key: "",
            content: "binary",
            writer: "maker",
            times: "emptied",
            needs: "references",
            maxBytes: Infinity,
          },
          switch: {
            key: "u",
            content: "binary",
            formerly: "boolean",
            writer: "maker",
            times: "often",
            needs: "nothing",
            maxBytes: MAX_SWITCH_BYTES,
          },
        },
      },
    ],
  },
  /** What each session says of itself (session-records.ts): b, when it began, and l, on which layers it draws. */
  sessions: {
    noun: "a session's record",
    subjects: [
      {
        of: "session",
        in: "both",
        prefix: "b",
        id: "count",
        fields: {
          beginning: { ...RECORD, needs: "nothing", maxBytes: MAX_MINUTES_BYTES, codec: MINUTES },
        },
      },
      {
        of: "session",
        in: "page",
        prefix: "l",
        id: "count",
        fields: {
          layer: { ...RECORD, needs: "named layer", maxBytes: MAX_LAYER_BYTES, codec: TEXT },
        },
      },
    ],
  },
  /**
   * `format`, written by whoever finds none or an older one: also by the same session again, while what
   * replaced its value is on the way.
   */
  meta: {
    noun: "a setting",
    subjects: [
      {
        of: "board",
        in: "both",
        prefix: "",
        id: "none",
        fields: {
          format: {
            key: "format",
            content: "integer",
            writer: "anybody",
            times: "often",
            needs: "nothing",
            maxBytes: 0,
          },
        },
      },
    ],
  },
  /** What became different of items, of layers and of the page since they were made; and which pages there are. */
  attrs: {
    noun: "an attribute",
    subjects: [
      { of: "item", in: "page", prefix: "i", id: "write", fields: ITEM_FIELDS },
      { of: "layer", in: "page", prefix: "l", id: "count", fields: LAYER_FIELDS },
      // The first layer.
      { of: "layer", in: "page", prefix: "l", id: "none", fields: LAYER_FIELDS },
      { of: "page", in: "page", prefix: "p", id: "none", fields: PAGE_FIELDS },
      { of: "entry", in: "index", prefix: "q", id: "page", fields: ENTRY_FIELDS },
      // The first page.
      { of: "entry", in: "index", prefix: "q", id: "none", fields: FIRST_ENTRY_FIELDS },
    ],
  },
  /** The words of texts and notes, a `Y.Text` each, made by the session that made the item. */
  labels: {
    noun: "a label",
    subjects: [
      {
        of: "item",
        in: "page",
        prefix: "",
        id: "write",
        fields: {
          words: {
            key: "",
            content: "text",
            writer: "maker",
            times: "once",
            needs: "item",
            maxBytes: 0,
          },
        },
      },
    ],
  },
} as const satisfies Readonly<Record<string, MapRow>>;

export type MapName = keyof typeof MAPS;

/** The characters of a text. Nobody ever deletes one: marks hide them. */
export interface TextRow {
  /** `maker`: the session that made the text, at its end; `anybody`: anywhere among them. */
  readonly writer: "maker" | "anybody";
  readonly maxChars: number;
}

/** The `items` are a list of texts of ink; a label is a text of words. */
export const TEXTS = {
  ink: { writer: "maker", maxChars: MAX_STROKE_CHARS },
  words: { writer: "anybody", maxChars: MAX_LABEL_CHARS },
} as const satisfies Readonly<Record<string, TextRow>>;

export const MAP_NAMES: readonly MapName[] = ["marks", "sessions", "meta", "attrs", "labels"];

/** All that stands at the top of a document. */
export const ROOT_NAMES: readonly string[] = ["items", ...MAP_NAMES];
