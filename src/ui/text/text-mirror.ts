/*
 * A block set as the field is, which nobody sees: a field tells neither how large its words come out nor
 * where its caret is.
 */
import type { Box } from "../../base/geometry.ts";
import { placeOfCharacter, setWords } from "../../render/shapes/line-breaks.ts";
import { element } from "../widgets/dom.ts";
import { splitsCharacter } from "./whole-characters.ts";

/** Sizes and places are in the field's own pixels. */
export interface TextMirror {
  setLook(look: MirrorLook): void;
  measure(text: string): { readonly width: number; readonly height: number };
  /** Around the character that the caret is next to, from the words' own corner. */
  caret(text: string, at: number): Box;
  remove(): void;
}

/** In the field's own pixels. */
export interface MirrorLook {
  readonly type: number;
  readonly lineHeight: number;
  /** The width at which lines break; undefined where they do so only by hand. */
  readonly breaksAt: number | undefined;
}

/** Takes no room, and lines may break beside it. */
const NOTHING = "\u200b";

export function createTextMirror(root: HTMLElement): TextMirror {
  const block = element("div", { class: "text-mirror", attributes: { "aria-hidden": "true", dir: "auto" } });
  root.append(block);

  const show = (text: string): Text => {
    const node = document.createTextNode(text);
    block.replaceChildren(node);
    return node;
  };

  return {
    setLook({ type, lineHeight, breaksAt }) {
      setWords(block, breaksAt !== undefined);
      block.style.fontSize = `${type}px`;
      block.style.lineHeight = `${lineHeight}px`;
      block.style.width = breaksAt === undefined ? "max-content" : `${breaksAt}px`;
    },
    measure(text) {
      // A line that has nothing yet is none for a block.
      show(text === "" || text.endsWith("\n") ? text + NOTHING : text);
      const { width, height } = block.getBoundingClientRect();
      return { width, height };
    },
    caret(text, at) {
      const isEmptyLine = isLineEnd(text[at - 1]) && isLineEnd(text[at]);
      const node = show(isEmptyLine ? text.slice(0, at) + NOTHING + text.slice(at) : text);
      const from = isLineEnd(text[at - 1]) ? at : characterBefore(text, at);
      const range = document.createRange();
      range.setStart(node, from);
      range.setEnd(node, isLineEnd(text[at - 1]) ? at + 1 : at);
      const corner = block.getBoundingClientRect();
      const { left, top, right, bottom } = placeOfCharacter(range) ?? corner;
      return {
        minX: left - corner.left,
        minY: top - corner.top,
        maxX: right - corner.left,
        maxY: bottom - corner.top,
      };
    },
    remove: () => block.remove(),
  };
}

/** Also where the text begins or ends. */
function isLineEnd(unit: string | undefined): boolean {
  return unit === undefined || unit === "\n";
}

/** Where the character begins that ends at a place. */
function characterBefore(text: string, at: number): number {
  return at - (splitsCharacter(text, at - 1) ? 2 : 1);
}
