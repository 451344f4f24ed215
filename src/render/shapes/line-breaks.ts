/** Scripts in which a line may end behind each sign. */
const SIGN = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uffef]`;
/** What stays on one line, with the space behind it. */
const WORD = new RegExp(String.raw`${SIGN}\s*|(?:(?!${SIGN})[^\s-])*-\s*|(?:(?!${SIGN})\S)+\s*|\s+`, "gu");

/**
 * The lines of a paragraph that is to be no wider than `width`: broken behind spaces and hyphens, and
 * where a word alone is too wide, between any two of its characters. The space at an end of a line
 * counts for nothing and goes.
 *
 * @param widthOf in the unit of `width`; that of words side by side is the sum of theirs
 */
export function breakLines(paragraph: string, width: number, widthOf: (text: string) => number): string[] {
  const lines: string[] = [];
  let line = "";
  let used = 0;
  for (const word of paragraph.match(WORD) ?? []) {
    const own = widthOf(word.trimEnd());
    if (used + own > width && line !== "") {
      lines.push(line);
      line = "";
      used = 0;
    }
    const pieces = own > width ? broken(word, (text) => widthOf(text.trimEnd()) <= width) : [word];
    lines.push(...pieces.slice(0, -1));
    line += pieces.at(-1)!;
    used += widthOf(pieces.at(-1)!);
  }
  return [...lines, line].map((each) => each.trimEnd());
}

/**
 * At least one character on each line. Measured a few times for each: a contact may send words of
 * thousands of characters.
 */
function broken(word: string, fits: (text: string) => boolean): string[] {
  const characters = charactersOf(word);
  const pieces: string[] = [];
  for (let from = 0; from < characters.length;) {
    const textOf = (count: number): string => characters.slice(from, from + count).join("");
    let few = 1;
    let many = 2;
    while (from + few < characters.length && fits(textOf(many))) {
      few = many;
      many *= 2;
    }
    while (many - few > 1) {
      const middle = (few + many) >>> 1;
      if (fits(textOf(middle))) few = middle;
      else many = middle;
    }
    pieces.push(textOf(few));
    from += few;
  }
  return pieces;
}

/** The characters of `word` as a person counts them: a flag or a family is one. */
export function charactersOf(word: string): string[] {
  // Newer than some engines.
  if (!("Segmenter" in Intl)) return Array.from(word);
  return Array.from(
    new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(word),
    (each) => each.segment,
  );
}
