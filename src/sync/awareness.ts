import type { Preview } from "../board/preview.ts";
import type { Clock } from "../env/clock.ts";
import type { Address } from "../env/host.ts";
import type { Frame } from "./frame.ts";
import type { Link } from "./link.ts";
import { createOwnPresence } from "./presence.ts";
import type { Presence } from "./presence.ts";
import { createOwnPreview } from "./own-preview.ts";

/** What this page tells about its person, and never stores: presence (S13) and preview (S14). */
export interface Awareness {
  setPresence(presence: Presence): void;
  setPreview(preview: Preview | undefined): void;
  /** What an update takes along, in front of it. It counts as told. */
  takeNews(): Frame[];
  /** What a sign of life takes along. */
  takeForBeat(): Frame[];
  /** The contact's state or session changed: a page that comes knows nothing of this person. */
  welcome(link: Link): void;
  /** This page returned: what was told already is news. */
  renew(): void;
  /** Nobody looks at this page. */
  pause(): void;
}

export interface AwarenessDeps {
  readonly clock: Clock;
  /** Who is to be told: nobody while this page is hidden. */
  listeners(): readonly Link[];
  backlog(): number;
  /** How much this session has written. */
  written(): number;
  /** An update is about to leave. */
  isUpdateDue(): boolean;
  send(frames: readonly Frame[], to: Address): void;
}

export function createAwareness(deps: AwarenessDeps): Awareness {
  const { clock, listeners, backlog, written, isUpdateDue, send } = deps;
  /** The session of each contact that was told. */
  const welcomed = new Map<Link, number | undefined>();

  /** To each alone: a lost one is not missed, nor asked for. */
  const sendToAll = (frames: readonly Frame[]): void => {
    for (const { address } of listeners()) send(frames, address);
  };

  const common = { clock, listeners: () => listeners().length, backlog };
  const presence = createOwnPresence({ ...common, send: (frame) => sendToAll([frame]) });
  const preview = createOwnPreview({
    ...common,
    written,
    isUpdateDue,
    send: (frame) => sendToAll(both(frame, presence.takeNews())),
  });

  function renew(): void {
    presence.renew();
    preview.renew();
  }

  return {
    setPresence: (next) => presence.set(next),
    setPreview: (next) => preview.set(next),
    takeNews: () => both(preview.takeNews(), presence.takeNews()),
    takeForBeat: () => both(preview.takeForBeat(), presence.takeForBeat()),
    welcome(link) {
      const session = link.state() === "here" ? link.session() : undefined;
      if (session === welcomed.get(link)) return;
      welcomed.set(link, session);
      if (session !== undefined) renew();
    },
    renew,
    pause() {
      presence.pause();
      preview.pause();
    },
  };
}

function both(...frames: readonly (Frame | undefined)[]): Frame[] {
  return frames.filter((frame) => frame !== undefined);
}
