/*
 * What this page tells about its person, and never stores: presence (S13) and preview (S14). Each goes to
 * everybody and is the latest when it leaves; a lost one is not missed.
 */
import type { Preview } from "../../board/previews/preview.ts";
import type { Clock } from "../../env/clock.ts";
import { earliest } from "../../base/earliest.ts";
import type { Frame } from "../wire/frame.ts";
import { createOwnPresence } from "./own-presence.ts";
import { createOwnPreview } from "./own-preview.ts";
import type { Presence } from "../wire/presence-frame.ts";

/** A contact, as far as it matters here: whether it is to be told, and as whom. */
interface Listener {
  state(): string;
  session(): number | undefined;
}

export interface Awareness {
  setPresence(presence: Presence): void;
  /** About the document of this number. */
  setPreview(preview: Preview | undefined, document: number): void;
  /** When there is news that no update takes along; undefined: there is none. */
  dueAt(): number | undefined;
  /** What is due. It counts as told. */
  takeDue(): Frame[];
  /** What an update takes along, in front of it. It counts as told. */
  takeNews(): Frame[];
  /** What a sign of life takes along. */
  takeForBeat(): Frame[];
  /** The contact's state or session changed: a page that comes knows nothing of this person. */
  welcome(listener: Listener): void;
  /** This page returned: what was told already is news. */
  renew(): void;
}

export interface AwarenessDeps {
  readonly clock: Clock;
  /** How many are to be told: nobody while this page is hidden. */
  listeners(): number;
  /** How much this session has written on a document; 0 where it is not in memory. */
  written(document: number): number;
  /** When an update leaves, where one is planned. */
  updateDueAt(): number | undefined;
  /** There is news, or it is due earlier. */
  wake(): void;
}

export function createAwareness(deps: AwarenessDeps): Awareness {
  const { clock, listeners, wake } = deps;
  /** The session of each contact that was told. */
  const welcomed = new Map<Listener, number | undefined>();
  const presence = createOwnPresence({ clock, listeners });
  const preview = createOwnPreview(deps);

  function renew(): void {
    presence.renew();
    preview.renew();
    wake();
  }

  return {
    setPresence(next) {
      presence.set(next);
      wake();
    },
    setPreview(next, document) {
      preview.set(next, document);
      wake();
    },
    dueAt: () => earliest([presence.dueAt(), preview.dueAt()]),
    // What is not due yet goes along: a message of its own would cost more than these bytes.
    takeDue: () => both(preview.takeDue() ?? preview.takeNews(), presence.takeNews()),
    takeNews: () => both(preview.takeNews(), presence.takeNews()),
    takeForBeat: () => both(preview.takeForBeat(), presence.takeForBeat()),
    welcome(listener) {
      const session = listener.state() === "here" ? listener.session() : undefined;
      if (session === welcomed.get(listener)) return;
      welcomed.set(listener, session);
      if (session !== undefined) renew();
    },
    renew,
  };
}

function both(...frames: readonly (Frame | undefined)[]): Frame[] {
  return frames.filter((frame) => frame !== undefined);
}
