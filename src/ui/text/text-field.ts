/*
 * The field in which a text is typed: a textarea over the canvas that looks exactly as the text is
 * painted, scaled and turned as it is.
 */
import type { Box } from "../../base/geometry.ts";
import { boxThrough, IDENTITY, type Matrix, multiply } from "../../base/matrix.ts";
import { watchComposition } from "../widgets/composition.ts";
import { element, listen } from "../widgets/dom.ts";
import type { TypingField } from "./typing.ts";

/** How a text is to be set, in its own units; the same as it is painted. */
export interface TextLook {
  /** As CSS has it. */
  readonly family: string;
  /** Its size. */
  readonly type: number;
  /** The distance of two lines. */
  readonly lineHeight: number;
  readonly color: string;
  /** Between the edge of a note and its words; 0 for a text. */
  readonly padding: number;
  /** The size of a note, at whose width lines break; undefined for a text. */
  readonly size: { readonly width: number; readonly height: number } | undefined;
}

/** A field on the canvas in place of a text, where the person types. */
export interface TextField extends TypingField {
  /** Opens the keyboard: within the handler of the press that asked for it. */
  focus(): void;
  setLook(look: TextLook): void;
  /** From the text's own units to CSS pixels of the canvas. */
  setPlace(matrix: Matrix): void;
  /** Where the caret is, in CSS pixels of the canvas. */
  caret(): Box;
  /** Whether what is typed goes nowhere but into the field. */
  setLost(lost: boolean): void;
  remove(): void;
}

export interface TextFieldEvents {
  onInput(): void;
  onCompose(on: boolean): void;
  /** The person is done: Escape, or the field lost the keyboard. */
  onLeave(): void;
}

/** Room for the caret behind the last letter, in sizes of the type. */
const CARET_ROOM = 0.15;
/** Some phones zoom the page into a field whose letters are smaller than this, in CSS pixels. */
const SMALLEST_TYPE = 16;

export function createTextField({
  root,
  label,
  events,
}: {
  readonly root: HTMLElement;
  readonly label: string;
  readonly events: TextFieldEvents;
}): TextField {
  const attributes = {
    "aria-label": label,
    dir: "auto",
    rows: "1",
    spellcheck: "false",
    autocapitalize: "sentences",
    autocomplete: "off",
  };
  const area = element("textarea", { id: "text-field", class: "text-area", attributes });
  /** The same, unseen: how large a text comes out. */
  const ruler = element("textarea", {
    class: "text-area text-ruler",
    attributes: { "aria-hidden": "true", tabindex: "-1", rows: "1", dir: "auto" },
  });
  /** How much larger than it is to look the field is set. */
  let scale = 1;
  /** Enlarged by that. */
  let look: TextLook | undefined;
  let place: Matrix = IDENTITY;
  root.append(ruler, area);

  const measure = (text: string): { readonly width: number; readonly height: number } => {
    ruler.value = text;
    return { width: ruler.scrollWidth, height: ruler.scrollHeight };
  };
  const fit = (): void => {
    if (!look) return;
    const { width, height } = measure(area.value);
    const { size, type, lineHeight, padding } = look;
    area.style.width = `${size?.width ?? Math.max(width, type / 2) + type * CARET_ROOM}px`;
    area.style.height = `${Math.max(size?.height ?? 0, height, lineHeight + 2 * padding)}px`;
  };

  const onCanvas = (): Matrix => multiply(place, { ...IDENTITY, a: 1 / scale, d: 1 / scale });
  const move = (): void => {
    const { a, b, c, d, e, f } = onCanvas();
    area.style.transform = `matrix(${[a, b, c, d, e, f].join(",")})`;
  };

  const stop = listenToTyping(area, {
    ...events,
    onInput() {
      fit();
      events.onInput();
    },
  });

  return {
    text: () => area.value,
    selection: () => [area.selectionStart, area.selectionEnd],
    show(text, [start, end]) {
      area.value = text;
      area.setSelectionRange(start, end);
      fit();
    },
    focus: () => area.focus({ preventScroll: true }),
    setLook(wanted) {
      scale = Math.max(1, SMALLEST_TYPE / wanted.type);
      look = enlarged(wanted, scale);
      for (const each of [area, ruler]) applyLook(each, look);
      ruler.style.width = `${look.size?.width ?? 0}px`;
      fit();
      move();
    },
    setPlace(matrix) {
      place = matrix;
      move();
    },
    caret() {
      const lines = area.value.slice(0, area.selectionEnd);
      const { lineHeight = 0, padding = 0, size } = look ?? {};
      const bottom = measure(lines).height - padding;
      // Where lines break by themselves, only the line of the caret is known.
      const x = size ? padding : measure(lines.slice(lines.lastIndexOf("\n") + 1)).width;
      const box = { minX: x, minY: bottom - lineHeight, maxX: x, maxY: bottom };
      return boxThrough(onCanvas(), box);
    },
    setLost(lost) {
      if (lost) area.dataset["lost"] = "true";
      else delete area.dataset["lost"];
    },
    remove() {
      stop();
      area.remove();
      ruler.remove();
    },
  };
}

/** Tells what the person does in the field, until the function that it returns is called. */
function listenToTyping(area: HTMLTextAreaElement, events: TextFieldEvents): () => void {
  let stopped = false;
  /** The key that opened the field may still be held down, and is no letter of it. */
  let isNew = true;
  const composition = watchComposition(area);
  // What is typed here is for nobody else: not for the canvas, and not for its keys.
  const own = (event: Event): void => event.stopPropagation();
  const stops = [
    listen(area, "input", () => events.onInput()),
    listen(area, "compositionstart", () => events.onCompose(true)),
    listen(area, "compositionend", () => events.onCompose(false)),
    listen(area, "blur", () => {
      // Whether the whole window lost the keyboard, and will get it back, is known a moment later.
      setTimeout(() => {
        if (!stopped && document.activeElement !== area && document.hasFocus()) events.onLeave();
      });
    }),
    listen(area, "keydown", (event) => {
      event.stopPropagation();
      isNew &&= event.repeat;
      if (isNew) event.preventDefault();
      // With an input method at work, Escape is the method's.
      if (event.key === "Escape" && !composition.owns(event)) {
        event.preventDefault();
        events.onLeave();
      }
    }),
    listen(area, "keyup", own),
    listen(area, "pointerdown", own),
    listen(area, "copy", own),
    listen(area, "cut", own),
    listen(area, "paste", own),
  ];
  return () => {
    stopped = true;
    composition.stop();
    for (const stop of stops) stop();
  };
}

function applyLook({ style }: HTMLElement, look: TextLook): void {
  style.fontFamily = look.family;
  style.fontSize = `${look.type}px`;
  style.lineHeight = `${look.lineHeight}px`;
  style.padding = `${look.padding}px`;
  style.color = look.color;
  style.caretColor = look.color;
  style.whiteSpace = look.size ? "pre-wrap" : "pre";
}

function enlarged(look: TextLook, by: number): TextLook {
  const { size } = look;
  return {
    ...look,
    type: look.type * by,
    lineHeight: look.lineHeight * by,
    padding: look.padding * by,
    size: size && { width: size.width * by, height: size.height * by },
  };
}
