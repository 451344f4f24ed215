/*
 * Keeps a mark for each contact who is here and moves them all once a frame; see moving-cursor.ts for the
 * way and mark-places.ts for the places.
 */
import type { Box } from "../../base/geometry.ts";
import type { Address } from "../../env/host.ts";
import type { Camera } from "../../render/canvas/camera.ts";
import type { InkTheme } from "../../render/canvas/theme.ts";
import type { Contact } from "../../session.ts";
import type { View } from "../camera/auto-camera.ts";
import { freeBox } from "../camera/auto-camera.ts";
import { listen } from "../widgets/dom.ts";
import type { Strings } from "../words/strings.ts";
import { createContactMark } from "./contact-mark.ts";
import { placeArrows, placeCursors, type PlacedContact } from "./mark-places.ts";
import { advance, createMovingCursor, setOut } from "./moving-cursor.ts";
import type { NameOf } from "./presence-text.ts";
import type { Whereabout } from "./whereabouts.ts";
import { boxToShow, createWhereabouts } from "./whereabouts.ts";

/**
 * Where the contacts are at work: cursors on the screen, and arrows at its edge for who is beyond it. All
 * are placed together: once a frame while people move, however many do, and at each change of the view.
 */
export interface ContactCursors {
  update(contacts: readonly Contact[]): void;
  /** Goes to the first contact beyond the edge; says whether there is one. */
  showMe(): boolean;
  /** Goes to where this contact is; says whether that is known. */
  show(address: Address): boolean;
  /** The camera moved, or the canvas has another size. */
  viewChanged(): void;
  setTheme(theme: InkTheme): void;
  close(): void;
}

export interface ContactCursorsDeps {
  readonly root: HTMLElement;
  readonly strings: Strings;
  readonly nameOf: NameOf;
  readonly view: () => View;
  readonly camera: () => Camera;
  /** Milliseconds that never go back. */
  readonly now: () => number;
  /** Calls back before the next paint; returns how to take it back. */
  readonly requestFrame: (task: () => void) => () => void;
  readonly reducedMotion: () => boolean;
  /** Where the buttons of the view are, in CSS pixels of the canvas: no arrow may lie below them. */
  readonly covered: () => Box;
  /** Brings a part of the world on the screen. */
  readonly goTo: (box: Box) => void;
}

/** A cursor that rests this long fades: boards at rest look the same. */
const REST_MS = 3000;

interface Marked extends PlacedContact {
  where: Whereabout;
  /** When it fades. */
  timer: ReturnType<typeof setTimeout> | undefined;
}

export function createContactCursors(deps: ContactCursorsDeps): ContactCursors {
  const { root, strings, nameOf } = deps;
  const whereabouts = createWhereabouts();
  const marked = new Map<Address, Marked>();
  let theme: InkTheme = { dark: false };
  let stopFrame: (() => void) | undefined;

  const show = (address: Address): boolean => {
    const contact = marked.get(address);
    const box = contact && boxToShow(contact.where, freeBox(deps.view(), deps.camera()));
    if (box) deps.goTo(box);
    return box !== undefined;
  };

  const add = (where: Whereabout): Marked => {
    const mark = createContactMark(root, where);
    listen(mark.arrow, "click", () => void show(where.address));
    const contact: Marked = { mark, cursor: createMovingCursor(), where, timer: undefined };
    marked.set(where.address, contact);
    return contact;
  };

  const remove = ({ mark, timer }: Marked): void => {
    clearTimeout(timer);
    mark.remove();
  };

  const wake = (contact: Marked): void => {
    setOut(contact.cursor, contact.where.place, deps.now(), deps.reducedMotion());
    clearTimeout(contact.timer);
    contact.timer = setTimeout(() => {
      contact.cursor.resting = true;
      placeSoon();
    }, REST_MS);
  };

  const place = (): void => {
    // Called in each frame of a movement: where nobody is marked, the page need not be laid out.
    if (marked.size === 0) return;
    const screen = { view: deps.view(), camera: deps.camera() };
    // Asked for once, and before anything is written: each question would lay out the page again.
    const covered = deps.covered();
    const contacts = [...marked.values()];
    placeCursors(contacts, screen, theme.dark);
    placeArrows(contacts, screen, covered, nameOf, strings);
  };

  const step = (): void => {
    const now = deps.now();
    const isMoving = [...marked.values()].filter(({ cursor }) => advance(cursor, now)).length > 0;
    stopFrame = isMoving ? deps.requestFrame(step) : undefined;
    place();
  };

  function placeSoon(): void {
    stopFrame ??= deps.requestFrame(step);
  }

  /** Says whether anybody was. */
  const removeAbsent = (present: readonly Whereabout[]): boolean => {
    const here = new Set(present.map(({ address }) => address));
    const absent = [...marked].filter(([address]) => !here.has(address));
    for (const [address, contact] of absent) {
      remove(contact);
      marked.delete(address);
    }
    return absent.length > 0;
  };

  return {
    update(contacts) {
      const present = whereabouts.update(contacts);
      let isNews = removeAbsent(present);
      for (const where of present) {
        const known = marked.get(where.address);
        const contact = known ?? add(where);
        const before = contact.where;
        contact.where = where;
        const isRenamed = contact.mark.setPerson(nameOf(where.address), where.tool);
        if (where.moved) wake(contact);
        if (!known || isRenamed || !looksLike(before, where)) isNews = true;
      }
      if (isNews) placeSoon();
    },
    showMe() {
      const beyond = [...marked.values()].find(({ mark }) => !mark.arrow.hidden);
      beyond?.mark.arrow.click();
      return beyond !== undefined;
    },
    show,
    viewChanged: place,
    setTheme(next) {
      theme = next;
      place();
    },
    close() {
      stopFrame?.();
      for (const contact of marked.values()) remove(contact);
      marked.clear();
    },
  };
}

/** Whether both are shown in the same way. */
function looksLike(a: Whereabout, b: Whereabout): boolean {
  return !b.moved && a.view === b.view && a.drawing === b.drawing && a.color === b.color;
}
