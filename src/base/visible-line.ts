/*
 * Text that others chose, as one line of what can be seen: a name must not be blank, grow out of its line or turn
 * the words around it. Judged by what characters draw, and the same wherever it is done: doing it twice changes
 * nothing.
 */

/** What draws nothing, though by its kind it should: as wide as a space. */
const BLANK = "\\u2800\\ufffc\\u{13441}\\u{13442}\\u{1d159}";
/** Kept where they belong to what is seen: joiners, variants of the character before, the letters of a flag. */
const JOINER = "[\\u200c\\u200d]";
const VARIANT = "\\p{Variation_Selector}";
const TAG = "\\u{e0020}-\\u{e007f}";

const BLANKS = new RegExp(`[\\s${BLANK}]+`, "gu");
/** Controls, format characters (those that turn the text among them), fillers, halves, private and unknown ones. */
const UNSEEN = new RegExp(
  `(?!${JOINER}|${VARIANT}|[${TAG}])[\\p{C}\\p{Zl}\\p{Zp}\\p{Default_Ignorable_Code_Point}]`,
  "gu",
);
const MARK = `(?!${VARIANT})\\p{M}`;
const BASE = "[\\p{L}\\p{N}\\p{P}\\p{S}]";
/** A character with what stands on it, under it or around it. */
const UNIT = `${BASE}${VARIANT}?(?:${MARK})*`;
/** What is never cut apart. What is in none, such as a mark without a letter, is left out. */
const CLUSTER = new RegExp(
  `\\p{Regional_Indicator}{2}|\\u{1f3f4}[\\u{e0030}-\\u{e007a}]{2,8}\\u{e007f}|` +
    `${UNIT}(?:${JOINER}${UNIT})*${JOINER}?`,
  "gu",
);
/** Arabic phrases that are one character, cuneiform, and the longest dashes. */
const VERY_WIDE = /[\ufdf0-\ufdff\u2e3a\u2e3b\u{12000}-\u{1254f}]/u;
const VERY_WIDE_AS = 8;
/** More than any letter of Latin or Greek has of its own. */
const MAX_MARKS = 3;
/** Of a writing with points or vowels around its letters. */
const MAX_OWN_MARKS = 4;
const IS_BASE = new RegExp(BASE, "u");
const IS_MARK = new RegExp(MARK, "u");
const IS_ANYBODYS_MARK = /[\p{Script=Inherited}\p{Script=Thai}\p{Script=Lao}]/u;
/** Beside its letter, not on it. */
const IS_SPACING = /\p{Mc}/u;
/** After a mark it says how that is drawn, also at the end. */
const IDLE_JOINER = new RegExp(`(\\P{M})${JOINER}$`, "u");
const DRAWS = new RegExp(`[^\\s\\p{Cc}\\p{Cs}\\p{Z}\\p{Default_Ignorable_Code_Point}${BLANK}]`, "u");

/** Of a text that is much longer than the line, the rest is not even looked at. */
const LOOKED_AT = 25;

/**
 * The beginning of a text as a line of at most `max` characters (code points; very wide ones count as 8), in whole
 * letters and pictures; empty where nothing can be seen.
 */
export function visibleLine(text: string, max: number): string {
  const words = text
    .slice(0, max * LOOKED_AT)
    .replace(BLANKS, " ")
    .replace(UNSEEN, "")
    .split(" ");
  let line = "";
  let left = max;
  for (const word of words) {
    let isBegun = false;
    for (const cluster of word.match(CLUSTER) ?? []) {
      const seen = tamed(cluster);
      const space = !isBegun && line !== "" ? " " : "";
      left -= space.length + widthOf(seen);
      if (left < 0) return line;
      line += space + seen;
      isBegun = true;
    }
  }
  return line;
}

/** Whether any of it can be seen, by itself: neither blanks nor what only changes other characters. */
export function drawsSomething(text: string): boolean {
  return DRAWS.test(text);
}

function widthOf(cluster: string): number {
  return Array.from(cluster).reduce((sum, each) => sum + (VERY_WIDE.test(each) ? VERY_WIDE_AS : 1), 0);
}

/** Marks that are stacked on one letter beyond any use are left out, and a joiner that joins nothing. */
function tamed(cluster: string): string {
  let marks = 0;
  return Array.from(cluster)
    .filter((each) => {
      if (!isMark(each)) {
        // A letter may have some of its own, in one character with it.
        if (IS_BASE.test(each)) marks = Array.from(each.normalize("NFD")).filter(isMark).length;
        return true;
      }
      if (IS_SPACING.test(each)) return true;
      marks++;
      return marks <= (IS_ANYBODYS_MARK.test(each) ? MAX_MARKS : MAX_OWN_MARKS);
    })
    .join("")
    .replace(IDLE_JOINER, "$1");
}

function isMark(character: string): boolean {
  return IS_MARK.test(character);
}
