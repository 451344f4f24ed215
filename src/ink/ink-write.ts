/** A write: by which session, and where in the row of all that it writes. Whole numbers below 2^32. */
export interface InkPlace {
  readonly client: number;
  readonly clock: number;
}

/** A new stroke, right after the item `after`; undefined: the first of the board. One clock. */
export interface InkStart {
  readonly kind: "start";
  readonly after: InkPlace | undefined;
}

/** One or more writes of a session that only draw. */
export type InkWrite =
  | InkStart
  /** Characters at the end of the stroke that the session wrote to last, one clock each. */
  | { readonly kind: "text"; readonly text: string };
