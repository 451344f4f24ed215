import type { LineBreaker } from "../../src/render/shapes/line-breaks.ts";

/*
 * Breaks lines where there is no page to ask: behind spaces, and within what is too long; every character is
 * as wide as half the size of its type.
 */
const CHARACTER = 0.5;

export const fakeLineBreaker: LineBreaker = {
  count: (text, width, size) => breakAll(text, width / size).flat().length,
  lines: (text, width, size) => breakAll(text, width / size),
};

function breakAll(text: string, width: number): readonly (readonly string[])[] {
  const most = Math.max(1, Math.floor(width / CHARACTER));
  return text.split("\n").map((paragraph) => breakLines(paragraph, most));
}

/** No line has more than so many characters, but for the space at its end. */
function breakLines(paragraph: string, most: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of paragraph.match(/\S+\s*|\s+/gu) ?? []) {
    if (line !== "" && line.length + word.trimEnd().length > most) {
      lines.push(line);
      line = "";
    }
    line += word;
    while (line.trimEnd().length > most) {
      lines.push(line.slice(0, most));
      line = line.slice(most);
    }
  }
  return [...lines, line];
}
