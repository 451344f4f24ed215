import {
  BACKGROUND,
  COLOR,
  FLAG,
  MATRIX,
  MINUTES,
  PERCENT,
  PLACE,
  STACK_PLACE,
  TEXT,
  WIDTH,
} from "./attributes.ts";
import type { Codec } from "./attributes.ts";
import { MAX_STROKE_CHARS } from "../../ink/stroke.ts";
import type { ItemTool } from "../../ink/stroke.ts";
import { MAX_LABEL_CHARS } from "./labels.ts";
import { LIMITS } from "./limits.ts";

/*
 * What a board can hold: one table, a row for each field. The guard takes from it what may be written by
 * whom, the reader how to read it, rescue what is worth saving, and chunks what must come before it.
 * A new field of an item is a row in ITEM_FIELDS, and whoever paints it.
 *
 * A map's key is made of the prefix and the id of what the value is about, a dot, and the field's own
 * key, as far as there are any (keys.ts).
 */

/** What is different from one kind of item to another. */
export interface ItemKind {
  /** Ink along its points; an outline from one point to another; words, to the right of and below a point. */
  readonly holds: "ink" | "outline" | "words";
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
};

/** One value of a map, or rather all that may be written under one key. */
export interface Row {
  /** How its key ends. */
  readonly key: string;
  readonly content: "binary" | "boolean" | "integer" | "text";
  /** What formats before 3 wrote instead. */
  readonly formerly?: "boolean";
  /**
   * - `anybody`: the last one wins.
   * - `maker`: the session in whose name it is alone, each value right after the last.
   * - `maker first`: the session in whose name it is makes with it what the key is about; then anybody.
   */
  readonly writer: "anybody" | "maker" | "maker first";
  /** Whether a value may be replaced; `emptied`: once, by the empty mark (marks.ts). */
  readonly times: "once" | "emptied" | "often";
  /**
   * What its author had seen, of which Yjs knows nothing; it must be where this comes to.
   * - `item`, `layer`: what the key names; of a maker, its own, made before.
   * - `named layer`, `references`: what the value names: a layer; of each session all that is below a
   *   clock (needs.ts).
   */
  readonly needs: "nothing" | "item" | "layer" | "named layer" | "references";
  /** The longest binary value. */
  readonly maxBytes: number;
  /** Of a binary value that is read by itself. */
  readonly codec?: Codec<unknown>;
}

/** A binary value that is read by itself. */
export interface Field<T> extends Row {
  readonly codec: Codec<T>;
}

/** A field of what has a value in any case. */
interface DefaultField<T> extends Field<T> {
  /** Where there is no value, or none that can be read. */
  readonly default: T;
}

/** A field of an item. Where there is no value, or none that can be read, the item is as it was drawn. */
export interface ItemField<T> extends Field<T> {
  /**
   * Whether a copy of the item is given the same: not what names something that is on one board only, nor
   * what a copy has by itself (`CopiedItem`).
   */
  readonly isCopied: boolean;
}

/** What the fields of a table hold, by their names. */
export type ValuesOf<F> = {
  readonly [N in keyof F]: F[N] extends { readonly codec: Codec<infer T> } ? T : never;
};

/** Some of the fields' values. */
export type Given<V> = { readonly [N in keyof V]?: V[N] | undefined };

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

/** What becomes different of an item after it was drawn. */
export const ITEM_FIELDS = {
  matrix: { ...OF_ITEM, key: "t", codec: MATRIX, isCopied: false },
  color: { ...OF_ITEM, key: "c", codec: COLOR, isCopied: false },
  stack: { ...OF_ITEM, key: "z", codec: STACK_PLACE, isCopied: false },
  layer: { ...OF_ITEM, key: "l", codec: TEXT, isCopied: false },
  // Of words: where lines break if they are on no note; the worn out item that they go on from.
  width: { ...OF_ITEM, key: "w", codec: WIDTH, isCopied: true },
  follows: { ...OF_ITEM, key: "e", codec: TEXT, isCopied: false },
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

type FieldTable<F> = Readonly<Record<string, F>>;

/** What keys of a map can be about. */
export interface SubjectRow {
  readonly of: "item" | "layer" | "page" | "mark" | "session" | "board";
  readonly prefix: string;
  /** `write`: session and clock; `count`: session and a number that it counts; in base 36. */
  readonly id: "write" | "count" | "none";
  readonly fields: Readonly<Record<string, Row>>;
}

/** A root of the document. */
export interface MapRow {
  /** What one value is called when it is refused, with its article. */
  readonly noun: string;
  readonly subjects: readonly SubjectRow[];
}

export const MAPS = {
  /** What hides ink (marks.ts): a mark is set once and emptied once, its switch as often as its session likes. */
  marks: {
    noun: "a mark",
    subjects: [
      {
        of: "mark",
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
        prefix: "b",
        id: "count",
        fields: {
          beginning: { ...RECORD, needs: "nothing", maxBytes: MAX_MINUTES_BYTES, codec: MINUTES },
        },
      },
      {
        of: "session",
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
  /** What became different of items, of layers and of the page since they were made. */
  attrs: {
    noun: "an attribute",
    subjects: [
      { of: "item", prefix: "i", id: "write", fields: ITEM_FIELDS },
      { of: "layer", prefix: "l", id: "count", fields: LAYER_FIELDS },
      // The first layer.
      { of: "layer", prefix: "l", id: "none", fields: LAYER_FIELDS },
      { of: "page", prefix: "p", id: "none", fields: PAGE_FIELDS },
    ],
  },
  /** The words of texts and notes, a `Y.Text` each, made by the session that made the item. */
  labels: {
    noun: "a label",
    subjects: [
      {
        of: "item",
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
