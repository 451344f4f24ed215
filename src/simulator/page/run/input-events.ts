/*
 * What a person does to a page, as the events that the page gets: written down as plain data, and made
 * anew. Events that scripts make follow from these, and are neither.
 */
import type { PageWindow } from "./page-time.ts";

/** Where an event happens: the window, the document, or the way down from the root element, child by child. */
type NodePath = "window" | "document" | readonly number[];

export interface RecordedEvent {
  readonly type: string;
  /** The name of the event's class. */
  readonly kind: string;
  readonly on: NodePath;
  /** Everything of it that is plain and not empty. */
  readonly init: Readonly<Record<string, string | number | boolean>>;
  readonly at: number;
  readonly related?: NodePath;
  /** What the browser has put together into this one. */
  readonly coalesced?: readonly Omit<RecordedEvent, "coalesced">[];
  readonly touches?: Readonly<Record<TouchesName, readonly RecordedTouch[]>>;
  /** What a field holds after it. */
  readonly field?: { readonly value: string; readonly start: number | null; readonly end: number | null };
  readonly scroll?: readonly [left: number, top: number];
  /** What comes from the clipboard, by type; texts only. */
  readonly clipboard?: Readonly<Record<string, string>>;
}

type TouchesName = "touches" | "targetTouches" | "changedTouches";

interface RecordedTouch {
  readonly on: NodePath;
  readonly init: Readonly<Record<string, number>>;
}

const pointing = ["down", "up", "move", "over", "out", "enter", "leave"];
/** Made by the browser for what a person does: in a replay they come from the file alone. */
export const INPUT_TYPES: readonly string[] = [
  ...pointing.flatMap((what) => [`pointer${what}`, `mouse${what}`]),
  ...["pointercancel", "gotpointercapture", "lostpointercapture", "wheel"],
  ...["click", "auxclick", "dblclick", "contextmenu"],
  ...["touchstart", "touchmove", "touchend", "touchcancel"],
  ...["keydown", "keyup", "keypress", "beforeinput"],
  ...["compositionstart", "compositionupdate", "compositionend"],
  ...["copy", "cut", "paste", "transitionend", "animationend"],
];
/** Also made by the browser for what is done to a field or a focus by a script or in a replay. */
export const EFFECT_TYPES: readonly string[] = ["input", "change", "focusin", "focusout", "scroll"];

const PLAIN = [
  ...["bubbles", "cancelable", "composed", "detail", "button", "buttons"],
  ...["clientX", "clientY", "screenX", "screenY", "movementX", "movementY"],
  ...["ctrlKey", "shiftKey", "altKey", "metaKey"],
  ...["pointerId", "pointerType", "isPrimary", "width", "height"],
  ...["pressure", "tangentialPressure", "tiltX", "tiltY", "twist"],
  ...["deltaX", "deltaY", "deltaZ", "deltaMode"],
  ...["key", "code", "location", "repeat", "isComposing", "keyCode", "charCode"],
  ...["data", "inputType", "propertyName", "animationName", "elapsedTime", "pseudoElement"],
];
const OF_TOUCH = [
  ...["identifier", "clientX", "clientY", "screenX", "screenY", "pageX", "pageY"],
  ...["radiusX", "radiusY", "rotationAngle", "force"],
];
const TOUCH_LISTS: readonly TouchesName[] = ["touches", "targetTouches", "changedTouches"];

export function pathOf(target: EventTarget | null, page: PageWindow): NodePath {
  if (target === page.document) return "document";
  if (!(target instanceof page.Node)) return "window";
  const path: number[] = [];
  let node: Node = target;
  while (node !== page.document.documentElement && node.parentNode) {
    path.unshift(Array.prototype.indexOf.call(node.parentNode.childNodes, node));
    node = node.parentNode;
  }
  return path;
}

export function nodeAt(path: NodePath, page: PageWindow): EventTarget | undefined {
  if (path === "window") return page;
  if (path === "document") return page.document;
  let node: Node | undefined = page.document.documentElement;
  for (const at of path) node = node?.childNodes[at];
  return node;
}

/** `at`: when it happened. */
export function describeEvent(event: Event, page: PageWindow, at: number): RecordedEvent {
  const fields = event as unknown as Record<string, unknown>;
  const { target } = event;
  const related = fields["relatedTarget"];
  const isField = target instanceof page.HTMLInputElement || target instanceof page.HTMLTextAreaElement;
  const isChoice = target instanceof page.HTMLSelectElement;
  const holds = isField || isChoice;
  const data = event instanceof page.ClipboardEvent ? event.clipboardData : null;
  const place = target === page.document ? page.document.scrollingElement : target;
  return {
    type: event.type,
    kind: event.constructor.name,
    on: pathOf(target, page),
    init: plainOf(fields, PLAIN),
    at,
    ...(related instanceof page.Node ? { related: pathOf(related, page) } : {}),
    ...(event instanceof page.TouchEvent ? { touches: touchesOf(event, page) } : {}),
    ...(holds && (event.type === "input" || event.type === "change")
      ? {
          field: {
            value: target.value,
            start: isField ? target.selectionStart : null,
            end: isField ? target.selectionEnd : null,
          },
        }
      : {}),
    ...(event.type === "scroll" && place instanceof page.Element
      ? { scroll: [place.scrollLeft, place.scrollTop] as const }
      : {}),
    ...(data
      ? {
          clipboard: Object.fromEntries(
            ["text/plain", "text/html"].map((type) => [type, data.getData(type)]),
          ),
        }
      : {}),
  };
}

function plainOf(
  fields: Readonly<Record<string, unknown>>,
  names: readonly string[],
): Record<string, string | number | boolean> {
  const plain: Record<string, string | number | boolean> = {};
  for (const name of names) {
    const value = fields[name];
    if (value !== "" && value !== 0 && value !== false && /string|number|boolean/.test(typeof value))
      plain[name] = value as string | number | boolean;
  }
  return plain;
}

function touchesOf(event: TouchEvent, page: PageWindow): Record<TouchesName, readonly RecordedTouch[]> {
  const list = (name: TouchesName): readonly RecordedTouch[] =>
    Array.from(event[name], (touch) => ({
      on: pathOf(touch.target, page),
      init: plainOf(touch as unknown as Record<string, unknown>, OF_TOUCH) as Record<string, number>,
    }));
  return {
    touches: list("touches"),
    targetTouches: list("targetTouches"),
    changedTouches: list("changedTouches"),
  };
}

/** The event again, for `dispatchEvent` of what `nodeAt` finds. */
export function makeEvent(recorded: RecordedEvent, page: PageWindow): Event {
  const { type, kind, init, related, coalesced, touches, clipboard } = recorded;
  const classes = page as unknown as Record<string, new (type: string, init: object) => Event>;
  const Made = classes[kind] ?? page.Event;
  let clipboardData: DataTransfer | undefined;
  if (clipboard) {
    clipboardData = new page.DataTransfer();
    for (const [name, text] of Object.entries(clipboard)) if (text !== "") clipboardData.setData(name, text);
  }
  return new Made(type, {
    ...init,
    ...(related === undefined ? {} : { relatedTarget: nodeAt(related, page) }),
    ...(coalesced ? { coalescedEvents: coalesced.map((each) => makeEvent(each, page)) } : {}),
    ...(clipboardData ? { clipboardData } : {}),
    ...(touches
      ? Object.fromEntries(
          TOUCH_LISTS.map((name) => [
            name,
            touches[name].map(
              ({ on, init: of }) =>
                new page.Touch({ ...of, identifier: of["identifier"] ?? 0, target: nodeAt(on, page)! }),
            ),
          ]),
        )
      : {}),
  });
}
