import { equalBytes } from "../../src/base/bytes.ts";
import type { Preview } from "../../src/board/previews/preview.ts";
import type { SimulatorEvent } from "../../src/simulator/events.ts";
import type { PreviewFrame } from "../../src/sync/wire/preview-codec.ts";
import { decodeMessage } from "../support/messages.ts";
import type { OpenPage, Room } from "../support/room.ts";

/** What gestures show to the others before they change anything, and whether it goes when it must. */
export interface Previews {
  /** The page's person begins a gesture, which is over when it is told so, or another begins. */
  begin(page: OpenPage): ShownGesture;
  /** Gestures that go on, on pages that are open. */
  underWay(): number;
  /** Who still shows what, of whom. */
  standing(): readonly string[];
  /** How often somebody was seen to show a preview that had just arrived. */
  seen(): number;
  /** What was shown or changed otherwise than it must, in words. */
  wrongs(): readonly string[];
}

export interface ShownGesture {
  show(preview: Preview): void;
  end(): void;
  isOver(): boolean;
}

export interface PreviewsDeps {
  readonly room: Room;
  /** Since when the page's timers run and its person looks at it; undefined: they do not. */
  awakeSince(page: OpenPage): number | undefined;
}

/** A preview is forgotten so long after it was told last, the light of a laser is gone after so long: S14. */
const STANDING_MS = 4000;
const LIGHT_MS = 1200;
/** So long a page waits for the next part of an answer. */
const ANSWER_MS = 1500;
/** What the messenger takes to hand a message to its page, and more. */
const HANDED_MS = 50;

interface News {
  readonly at: number;
  readonly session: number;
  /** The highest that came. */
  readonly revision: number;
}

export function createPreviews({ room, awakeSince }: PreviewsDeps): Previews {
  const { clock, world } = room;
  const current = new Map<OpenPage, ShownGesture>();
  /** By person: all that any of the pages has shown. */
  const told = new Map<string, Set<string>>();
  /** By the page that got it and who told it: when the last news came. */
  const news = new Map<string, News>();
  /** When a part of a large answer came last, more of which follows. */
  const chunks = new Map<OpenPage, number>();
  const wrongs: string[] = [];
  let seen = 0;

  /** A preview is never a change of the board: `act` may not leave a trace in the document. */
  function untouched(page: OpenPage, isThorough: boolean, act: () => void): void {
    const { session } = page;
    const digest = session.digest();
    const bytes = isThorough ? session.exportUpdate() : undefined;
    act();
    const after = isThorough ? session.exportUpdate() : undefined;
    const isSame = session.digest() === digest && (!bytes || (after && equalBytes(bytes, after)));
    if (!isSame) wrongs.push(`a preview changed the board of ${page.page.view.address}`);
  }

  function shownBy(page: OpenPage, from: string): Preview | undefined {
    const contact = page.page.view.shown(from);
    return page.session.contacts().find(({ address }) => address === contact)?.preview;
  }

  function isOpen(page: OpenPage): boolean {
    return page.page.view.state() === "open";
  }

  /** Shows all that the other page has: what has come of a large answer waits for its rest. */
  function showsAllOf(page: OpenPage, from: string): boolean {
    const chunk = chunks.get(page);
    const since = Math.max(chunk ?? 0, awakeSince(page) ?? 0);
    if (chunk !== undefined && clock.now() - since < ANSWER_MS + HANDED_MS) return false;
    return room.isOpen(from) && room.at(from).session.digest() === page.session.digest();
  }

  function arrived(page: OpenPage, from: string, session: number, frame: PreviewFrame): void {
    const who = page.page.view.address;
    const way = `${page.page.view.id} ${from}`;
    const before = news.get(way);
    const isLater = before?.session === session && frame.revision > before.revision;
    const revision = before?.session === session && !isLater ? before.revision : frame.revision;
    const now: News = { at: clock.now(), session, revision };
    news.set(way, now);

    const look = (): void => {
      const preview = awakeSince(page) === undefined ? undefined : shownBy(page, from);
      if (!preview) return;
      if (frame.preview) seen++;
      if (!told.get(from)?.has(nameOf(preview))) {
        wrongs.push(`${who} shows what ${from} never did: ${nameOf(preview)}`);
      }
      // What came of the gesture is here.
      const isOver = !frame.preview && isLater && news.get(way) === now && showsAllOf(page, from);
      if (isOver && preview.kind !== "laser") {
        wrongs.push(`${who} shows ${from}'s ${preview.kind} after its end came`);
      }
    };
    const check = (life: number, kinds: readonly string[]): void => {
      if (news.get(way) !== now || !isOpen(page)) return;
      const since = Math.max(now.at, awakeSince(page) ?? Infinity);
      // Nobody counts the time while the page stands still.
      if (clock.now() - since < life) return void clock.after(life, () => check(life, kinds));
      const preview = shownBy(page, from);
      if (!preview || !kinds.includes(preview.kind)) return;
      const ms = Math.round(clock.now() - now.at);
      wrongs.push(`${who} shows ${from}'s ${preview.kind} ${ms} ms after its last news`);
    };
    const plan = (life: number, ...kinds: Preview["kind"][]): void =>
      void clock.after(life, () => check(life, kinds));
    clock.after(HANDED_MS, look);
    plan(LIGHT_MS + HANDED_MS, "laser");
    plan(STANDING_MS + HANDED_MS, "shape", "transform", "erase");
  }

  function listen(event: SimulatorEvent): void {
    if (event.type !== "delivered" || event.kind !== "data") return;
    const message = decodeMessage(event.text);
    if (!message) return;
    const { session, frames } = message;
    const page = room.pages().find(({ page: { view } }) => view.id === event.page);
    for (const frame of frames) {
      if (frame.type === "diff" && !frame.last && page) chunks.set(page, clock.now());
      if (frame.type === "preview" && page) arrived(page, event.from, session, frame);
    }
  }
  world.onEvent(listen);

  return {
    begin(page) {
      const { address } = page.page.view;
      const names = told.get(address) ?? new Set();
      told.set(address, names);
      let isFirst = true;
      const gesture: ShownGesture = {
        show(preview) {
          if (gesture.isOver()) return;
          names.add(nameOf(preview));
          untouched(page, isFirst, () => page.session.setPreview(preview));
          isFirst = false;
        },
        end() {
          if (gesture.isOver()) return;
          current.delete(page);
          untouched(page, true, () => page.session.setPreview(undefined));
        },
        isOver: () => current.get(page) !== gesture,
      };
      current.set(page, gesture);
      return gesture;
    },
    underWay: () => [...current.keys()].filter(isOpen).length,
    standing: () =>
      room
        .pages()
        .filter(isOpen)
        .flatMap((page) =>
          page.session
            .contacts()
            .filter(({ preview }) => preview)
            .map(({ address, preview }) => `${page.page.view.address} shows ${address}'s ${preview!.kind}`),
        ),
    seen: () => seen,
    wrongs: () => wrongs,
  };
}

/** What a preview is about, whatever became of it on its way: numbers are rounded there. */
function nameOf(preview: Preview): string {
  if (preview.kind === "shape") return `shape ${preview.header.tool} ${preview.header.color}`;
  if (preview.kind === "laser") return `laser ${preview.color}`;
  if (preview.kind === "width") return `width ${preview.id}`;
  const cut = preview.kind === "erase" ? [...preview.cuts.keys()] : [];
  return [preview.kind, ...[...new Set(preview.ids)].sort(), "cut", ...cut.sort()].join(" ");
}
