/*
 * Does to a page what a recorded event says. Events that scripts make are trusted less by browsers: what one
 * of a person would also have done, to a field or to the focus, is done here.
 */
import { makeEvent, nodeAt, type RecordedEvent } from "./input-events.ts";
import type { PageWindow } from "./page-time.ts";
import type { RunPage } from "./run-pages.ts";

/** False where the page has nothing in that place. */
export function playInput(recorded: RecordedEvent, { window, time }: RunPage): boolean {
  const target = nodeAt(recorded.on, window);
  if (!target) return false;
  if (recorded.type === "focusin" || recorded.type === "focusout") {
    moveFocus(target, recorded.type === "focusin", window);
    return true;
  }
  if (recorded.type === "scroll") {
    const place = target === window.document ? window.document.scrollingElement : target;
    if (recorded.scroll && place instanceof window.Element) place.scrollTo(...recorded.scroll);
    return true;
  }
  fill(target, recorded.field, window);
  const event = makeEvent(recorded, window);
  time.stamp(event, recorded.at);
  if (event instanceof window.PointerEvent) {
    for (const [i, part] of event.getCoalescedEvents().entries())
      time.stamp(part, recorded.coalesced?.[i]?.at ?? recorded.at);
  }
  if (event.type === "click") leaveToNextClick(target, window);
  target.dispatchEvent(event);
  return true;
}

function moveFocus(
  target: EventTarget,
  isIn: boolean,
  { document, HTMLElement, SVGElement }: PageWindow,
): void {
  if (!(target instanceof HTMLElement || target instanceof SVGElement)) return;
  if (!isIn) target.blur();
  else if (document.activeElement !== target) target.focus({ preventScroll: true });
}

function fill(target: EventTarget, field: RecordedEvent["field"], window: PageWindow): void {
  if (!field) return;
  const isField = target instanceof window.HTMLInputElement || target instanceof window.HTMLTextAreaElement;
  if (!isField && !(target instanceof window.HTMLSelectElement)) return;
  if (target.value !== field.value) target.value = field.value;
  if (isField && field.start !== null) target.setSelectionRange(field.start, field.end);
}

/** A click on a label is followed by one on what it labels, which is in the file as well. */
function leaveToNextClick(target: EventTarget, window: PageWindow): void {
  const label = target instanceof window.Element ? target.closest("label") : null;
  const control = label?.control;
  if (!control || control.contains(target as Node)) return;
  window.addEventListener("click", (event) => event.preventDefault(), { once: true });
}
