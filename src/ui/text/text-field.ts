/*
 * The field in which a text is typed: a textarea over the canvas that looks exactly as the text is
 * painted, scaled and turned as it is.
 */
import type { Box } from "../../base/geometry.ts";
import { boxThrough, IDENTITY, type Matrix, multiply, translation } from "../../base/matrix.ts";
import { enlargement, setWords } from "../../render/shapes/line-breaks.ts";
import { watchComposition } from "../widgets/composition.ts";
import { element, listen } from "../widgets/dom.ts";
import { createTextMirror } from "./text-mirror.ts";
import type { TypingField } from "./typing.ts";

/** How a text is to be set, in its own units; the same as it is painted. */
export interface TextLook {
  /** The size of the type. */
  readonly type: number;
  /** The distance of two lines. */
  readonly lineHeight: number;
  readonly color: string;
  /** Between the edge of a note and its words; 0 for a text. */
  readonly padding: number;
  /** The width at which lines break, without the padding; undefined where they do so only by hand. */
  readonly breaksAt: number | undefined;
  /** It is at least so high. */
  readonly height: number;
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
  /** `isPasted`: it came from elsewhere, in one go. */
  onInput(isPasted: boolean): void;
  /** The caret is elsewhere, by a key. */
  onCaret(): void;
  onCompose(on: boolean): void;
  /** The person is done: Escape, or the field lost the keyboard. */
  onLeave(): void;
}

/** Room for the caret on both sides of the words, in sizes of the type. */
const CARET_ROOM = 0.15;

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
  const mirror = createTextMirror(root);
  /** How much larger than it is to look the field is set. */
  let scale = 1;
  /** Enlarged by that. */
  let look: TextLook | undefined;
  let place: Matrix = IDENTITY;
  /** Where the page itself put the caret, when somebody else typed: the canvas must not move for that. */
  let put: readonly [number, number] | undefined;
  root.append(area);

  const fit = (): void => {
    if (!look) return;
    const { width, height } = mirror.measure(area.value);
    const { type, lineHeight, padding, breaksAt } = look;
    const inner = breaksAt ?? Math.max(width, type / 2);
    area.style.width = `${inner}px`;
    area.style.height = `${Math.max(look.height - 2 * padding, height, lineHeight)}px`;
  };

  const onCanvas = (): Matrix => multiply(place, { ...IDENTITY, a: 1 / scale, d: 1 / scale });
  const move = (): void => {
    const room = (look?.type ?? 0) * CARET_ROOM;
    const { a, b, c, d, e, f } = multiply(onCanvas(), translation(-room, 0));
    area.style.transform = `matrix(${[a, b, c, d, e, f].join(",")})`;
  };

  const stop = listenToTyping(area, {
    ...events,
    onInput(isPasted) {
      put = undefined;
      fit();
      events.onInput(isPasted);
    },
    onCaret() {
      const isPut = put?.[0] === area.selectionStart && put[1] === area.selectionEnd;
      put = undefined;
      if (!isPut) events.onCaret();
    },
  });

  return {
    text: () => area.value,
    selection: () => [area.selectionStart, area.selectionEnd],
    show(text, [start, end]) {
      area.value = text;
      put = [start, end];
      area.setSelectionRange(start, end);
      fit();
    },
    focus: () => area.focus({ preventScroll: true }),
    setLook(wanted) {
      scale = enlargement(wanted.type);
      look = enlarged(wanted, scale);
      applyLook(area, look);
      mirror.setLook(look);
      fit();
      move();
    },
    setPlace(matrix) {
      place = matrix;
      move();
    },
    caret() {
      // Where something is marked, the end that the person moves is the one to see.
      const { selectionStart, selectionEnd, selectionDirection, value } = area;
      const box = mirror.caret(value, selectionDirection === "backward" ? selectionStart : selectionEnd);
      const { padding = 0 } = look ?? {};
      return boxThrough(multiply(onCanvas(), translation(padding, padding)), box);
    },
    setLost(lost) {
      if (lost) area.dataset["lost"] = "true";
      else delete area.dataset["lost"];
    },
    remove() {
      stop();
      area.remove();
      mirror.remove();
    },
  };
}

/** Tells what the person does in the field, until the function that it returns is called. */
function listenToTyping(area: HTMLTextAreaElement, events: TextFieldEvents): () => void {
  let stopped = false;
  /** The caret goes where the pointer is, which is in sight: the canvas must not move away under it. */
  let pressed = false;
  /** The key that opened the field may still be held down, and is no letter of it. */
  let isNew = true;
  const composition = watchComposition(area);
  // What is typed here is for nobody else: not for the canvas, and not for its keys.
  const own = (event: Event): void => event.stopPropagation();
  const page = new AbortController();
  const released = (): void => {
    pressed = false;
  };
  const { signal } = page;
  for (const type of ["pointerup", "pointercancel"])
    window.addEventListener(type, released, { signal, capture: true });
  document.addEventListener(
    "selectionchange",
    () => {
      if (!pressed && document.activeElement === area) events.onCaret();
    },
    { signal },
  );
  const stops = [
    listen(area, "input", (event) => events.onInput(isFromElsewhere(event))),
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
    listen(area, "pointerdown", (event) => {
      event.stopPropagation();
      pressed = true;
    }),
    listen(area, "copy", own),
    listen(area, "cut", own),
  ];
  return () => {
    stopped = true;
    page.abort();
    composition.stop();
    for (const stop of stops) stop();
  };
}

function isFromElsewhere(event: Event): boolean {
  return event instanceof InputEvent && event.inputType.startsWith("insertFrom");
}

function applyLook(area: HTMLElement, look: TextLook): void {
  const { style } = area;
  setWords(area, look.breaksAt !== undefined);
  style.fontSize = `${look.type}px`;
  style.lineHeight = `${look.lineHeight}px`;
  style.padding = `${look.padding}px ${look.padding + look.type * CARET_ROOM}px`;
  style.color = look.color;
  style.caretColor = look.color;
}

function enlarged(look: TextLook, by: number): TextLook {
  const { breaksAt } = look;
  return {
    ...look,
    type: look.type * by,
    lineHeight: look.lineHeight * by,
    padding: look.padding * by,
    breaksAt: breaksAt === undefined ? undefined : breaksAt * by,
    height: look.height * by,
  };
}
