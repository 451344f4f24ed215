import type { Codec } from "./attributes.ts";

/*
 * What the rows of the schema say (schema.ts): of each field of what a board can hold, and of what has fields.
 */

/** What a document of a board is: a page with what is drawn on it, or the index, which says which pages there are. */
export type DocumentKind = "page" | "index";

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
  /** Of `maker`: it makes with it what the key is about, too. */
  readonly makes?: true;
  /** Whether a value may be replaced; `emptied`: once, by the empty mark (marks.ts). */
  readonly times: "once" | "emptied" | "often";
  /**
   * What its author had seen, of which Yjs knows nothing; it must be where this comes to.
   * - `item`, `layer`, `entry`: what the key names; of a maker, its own, made before.
   * - `named layer`, `references`: what the value names: a layer; of each session all that is below a
   *   clock (needs.ts).
   */
  readonly needs: "nothing" | "item" | "layer" | "entry" | "named layer" | "references";
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
export interface DefaultField<T> extends Field<T> {
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

/** Fields by their names. */
export type FieldTable<F> = Readonly<Record<string, F>>;

/** What keys of a map can be about. */
export interface SubjectRow {
  /** `page`: the one whose document it is; `entry`: a page as the index has it. */
  readonly of: "item" | "layer" | "page" | "entry" | "mark" | "session" | "board";
  /** Which documents have it. */
  readonly in: DocumentKind | "both";
  readonly prefix: string;
  /**
   * In base 36: `write`: session and clock; `count`: session and a number that it counts; `page`: the same, of a
   * session that is not 0 and below PAGES_OF_SESSION.
   */
  readonly id: "write" | "count" | "page" | "none";
  readonly fields: Readonly<Record<string, Row>>;
}

/** A root of the document. */
export interface MapRow {
  /** What one value is called when it is refused, with its article. */
  readonly noun: string;
  readonly subjects: readonly SubjectRow[];
}
