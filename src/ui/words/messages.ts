/*
 * Texts with places in them, and what the page calls instead.
 *
 *   "Undo"                                      a string
 *   "{name} is here"                            a function of what goes into the places
 *   { one: "{count} stroke",
 *     other: "{count} strokes" }                a function too: `count` chooses the form
 *   { pen: "Pen", marker: "Marker" }            a group of such
 *
 * The arguments come in the order in which English names the places; another language may name them in
 * any order.
 */

/** Which forms there are, and which is for which number, is the business of Intl.PluralRules. */
export type PluralForms = Partial<Record<Intl.LDMLPluralRule, string>>;

/** A table of texts in the language that the others are translated from. */
export interface Texts {
  readonly [key: string]: string | Texts;
}

type Values<T extends string> = T extends `${string}{${infer Place}}${infer Rest}`
  ? [Place extends "count" ? number : string | number, ...Values<Rest>]
  : [];

type Message<T extends string> = Values<T> extends [] ? string : (...values: Values<T>) => string;

/** What the page calls: a string or a function for each entry of the table `T`. */
export type Messages<T> = T extends string
  ? Message<T>
  : T extends { readonly other: infer Other extends string }
    ? (...values: Values<Other>) => string
    : { readonly [Key in keyof T]: Messages<T[Key]> };

/** A table of the same keys in another language; what it lacks stays as it is in `T`. */
export type Translation<T> = T extends string
  ? string
  : T extends { readonly other: string }
    ? PluralForms
    : { readonly [Key in keyof T]?: Translation<T[Key]> };

/** A `Translation` without its keys: its entries in the order of `T`, null for what it lacks. */
export type TextRow = string | PluralForms | null | readonly TextRow[];

export interface Language {
  /** As BCP 47 has it. */
  readonly code: string;
  /** In its own words. */
  readonly name: string;
  readonly direction: "ltr" | "rtl";
}

/** The places of a text, in order. */
export function placesOf(text: string): readonly string[] {
  return [...text.matchAll(/\{(\w+)\}/gu)].map((match) => match[1]!);
}

/** The messages of `texts` in `language`, as far as `translation` has them. */
export function createMessages<T extends Texts>(
  texts: T,
  translation: Translation<T> | TextRow,
  { code, direction }: Pick<Language, "code" | "direction">,
): Messages<T> {
  const showNumber = createNumbers(code);
  const plural = new Intl.PluralRules(code);
  const show = (value: string | number): string =>
    typeof value === "number" ? showNumber(value) : isolated(value, direction);

  const message = (source: string, forms: PluralForms): unknown => {
    const places = placesOf(source);
    if (places.length === 0) return forms.other;
    const counted = places.indexOf("count");
    return (...values: (string | number)[]): string => {
      const form = counted < 0 ? "other" : plural.select(Number(values[counted]));
      return (forms[form] ?? forms.other ?? source).replace(/\{(\w+)\}/gu, (_, place: string) =>
        show(values[places.indexOf(place)] ?? ""),
      );
    };
  };
  const compile = (entry: string | Texts, own: unknown): unknown => {
    if (typeof entry === "string") return message(entry, { other: typeof own === "string" ? own : entry });
    if (typeof entry["other"] === "string") return message(entry["other"], own ?? entry);
    const group = (own ?? {}) as Readonly<Record<string | number, unknown>>;
    return Object.fromEntries(
      Object.entries(entry).map(([key, each], i) => [
        key,
        compile(each, group[Array.isArray(own) ? i : key]),
      ]),
    );
  };
  return compile(texts, translation) as Messages<T>;
}

/**
 * Digits of which every language knows the meaning, in groups of none. What counts something looks the same in all
 * languages, and so the page need not wait, as it opens, until the browser has read how others are written.
 */
function createNumbers(code: string): (value: number) => string {
  let others: Intl.NumberFormat | undefined;
  return (value) => {
    if (Number.isSafeInteger(value) && value >= 0) return String(value);
    others ??= new Intl.NumberFormat(`${code}-u-nu-latn`, { useGrouping: false, maximumFractionDigits: 2 });
    return others.format(value);
  };
}

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** A name that may run the other way must not turn the words around it: it gets a direction of its own. */
export function isolated(value: string, direction: Language["direction"]): string {
  return direction === "rtl" || RIGHT_TO_LEFT.test(value) ? `\u2068${value}\u2069` : value;
}
