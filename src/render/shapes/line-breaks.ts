/*
 * Where lines of words break is what the engine says that shows the field in which they are typed: no two
 * engines have the same rules for every sign, and words must not jump when the field closes. So a block that
 * nobody sees is set as the field is, and its lines are read off. The engine's own rules keep closing
 * brackets and small kana from the beginning of a line, and find the words of Thai.
 */

/** The app's own type, as CSS. */
export const TYPE_FAMILY =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif';
/** From one line to the next, in sizes of the type. */
export const LINE_HEIGHT = 1.25;
/** Words are measured and painted in this size and scaled from there: they look the same at each zoom. */
export const TYPE_SIZE = 64;
/** From one tab stop to the next, in spaces. */
export const TAB_SIZE = 4;

/** Finds where lines break. The width and the size of the type are in the item's own units. */
export interface LineBreaker {
  /** How many lines these words take, of which none is wider. */
  count(text: string, width: number, size: number): number;
  /** The lines of each paragraph. The space at the end of a line counts for nothing, and is still there. */
  lines(text: string, width: number, size: number): readonly (readonly string[])[];
}

/** Some phones zoom the page into a field whose letters are smaller than this, in CSS pixels. */
const SMALLEST_TYPE = 16;

/**
 * How much larger than they are words are set in a field and scaled down again. Lines are found in the same
 * pixels: engines round, and what just fits at one size would not at another.
 */
export function enlargement(size: number): number {
  return Math.max(1, SMALLEST_TYPE / size);
}

/** No engine lays out anything wider, in pixels. */
const WIDEST = 2 ** 20;

/** Sets words as they are painted, at a width or without one. The letters are as wide at each size. */
export function setWords({ style }: HTMLElement, breaks: boolean): void {
  style.fontFamily = TYPE_FAMILY;
  style.fontKerning = "auto";
  style.textRendering = "geometricPrecision";
  style.letterSpacing = "normal";
  style.lineBreak = "strict";
  style.wordBreak = "normal";
  style.overflowWrap = "anywhere";
  style.hyphens = "manual";
  style.setProperty("tab-size", String(TAB_SIZE));
  style.setProperty("unicode-bidi", "plaintext");
  style.textAlign = "start";
  style.whiteSpace = breaks ? "pre-wrap" : "pre";
}

export function createLineBreaker(page: Document): LineBreaker {
  let block: HTMLElement | undefined;
  /** Who has counted the lines asks for them next. */
  let laid: { text: string; width: number; size: number; paragraphs: readonly HTMLElement[] } | undefined;

  const lay = (text: string, width: number, size: number): readonly HTMLElement[] => {
    if (laid?.text === text && laid.width === width && laid.size === size) return laid.paragraphs;
    block ??= page.body.appendChild(unseenBlock(page));
    const by = enlargement(size);
    const { style } = block;
    style.width = `${Math.min(width * by, WIDEST)}px`;
    style.fontSize = `${size * by}px`;
    style.lineHeight = `${lineHeightOf(size)}px`;
    const paragraphs = text.split("\n").map((each) => {
      const paragraph = page.createElement("div");
      // One that is empty is a line all the same.
      paragraph.append(each === "" ? "\u200b" : each);
      return paragraph;
    });
    block.replaceChildren(...paragraphs);
    laid = { text, width, size, paragraphs };
    return paragraphs;
  };

  return {
    count(text, width, size) {
      const height = lineHeightOf(size);
      return lay(text, width, size).reduce((sum, each) => sum + linesIn(each, height), 0);
    },
    lines(text, width, size) {
      const paragraphs = text.split("\n");
      const height = lineHeightOf(size);
      return lay(text, width, size).map((each, i) => linesOf(each, paragraphs[i]!, height));
    },
  };
}

function unseenBlock(page: Document): HTMLElement {
  const block = page.createElement("div");
  block.setAttribute("aria-hidden", "true");
  setWords(block, true);
  const { style } = block;
  style.position = "fixed";
  style.top = "0";
  style.left = "0";
  style.visibility = "hidden";
  style.pointerEvents = "none";
  style.contain = "layout style";
  style.fontWeight = "normal";
  return block;
}

function lineHeightOf(size: number): number {
  return LINE_HEIGHT * size * enlargement(size);
}

function linesIn(paragraph: HTMLElement, lineHeight: number): number {
  return Math.max(Math.round(paragraph.getBoundingClientRect().height / lineHeight), 1);
}

/** Where the one character is that is in `range`; undefined where it takes no room. */
export function placeOfCharacter(range: Range): DOMRect | undefined {
  // The first character of a line has a second, empty place at the end of the line before.
  return Array.from(range.getClientRects()).at(-1);
}

/** Asks where a character is a few times for each line: a contact may send words of thousands of characters. */
function linesOf(paragraph: HTMLElement, text: string, lineHeight: number): readonly string[] {
  const count = linesIn(paragraph, lineHeight);
  const node = paragraph.firstChild;
  if (count === 1 || !node) return [text];
  const { top } = paragraph.getBoundingClientRect();
  const range = paragraph.ownerDocument.createRange();
  const lineAt = (at: number): number => {
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    const place = placeOfCharacter(range);
    const middle = place ? (place.top + place.bottom) / 2 - top : 0;
    return Math.floor(middle / lineHeight);
  };
  const lines: string[] = [];
  let from = 0;
  for (let line = 0; line < count - 1 && from < text.length; line++) {
    let low = from + 1;
    let high = text.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (lineAt(middle) > line) high = middle;
      else low = middle + 1;
    }
    lines.push(text.slice(from, low));
    from = low;
  }
  return [...lines, text.slice(from)];
}
