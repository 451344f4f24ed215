import { sameBox } from "../../base/geometry.ts";
import type { Clock } from "../../env/clock.ts";
import type { Presence, PresenceFrame } from "../wire/presence-frame.ts";

/** What this page tells about its person. Rules: PROTOCOL.md, S13. */
export interface OwnPresence {
  set(presence: Presence): void;
  /** When news is due that nothing else takes along; undefined: there is none, or nobody to hear it. */
  dueAt(): number | undefined;
  /** What is new; undefined where nothing is. It counts as told. */
  takeNews(): PresenceFrame | undefined;
  /** What a sign of life takes along: what was told since the one before, for who missed it. */
  takeForBeat(): PresenceFrame | undefined;
  /** Somebody came, or this page returned: what was told already is news. */
  renew(): void;
}

export interface OwnPresenceDeps {
  readonly clock: Clock;
  /** Contacts that are here. */
  listeners(): number;
}

/** Ink that leaves soon takes it along. */
const RIDE_MS = 100;
/** Between two that travel alone. */
const ALONE_MS = 340;
/** With more listeners than this each person speaks less often, since all of them do: down to a third. */
const FEW = 6;
const RAREST = 3;

export function createOwnPresence({ clock, listeners }: OwnPresenceDeps): OwnPresence {
  let own: Presence | undefined;
  let told: Presence | undefined;
  let revision = 0;
  let beatRevision = 0;
  let lastTold = -Infinity;
  /** Since when there is news. */
  let newsAt: number | undefined;

  const hasNews = (): boolean => own !== undefined && (told === undefined || isNews(told, own));

  function notice(): void {
    newsAt = hasNews() ? (newsAt ?? clock.now()) : undefined;
  }

  function take(presence: Presence): PresenceFrame {
    told = presence;
    lastTold = clock.now();
    newsAt = undefined;
    return { type: "presence", revision: revision++, presence };
  }

  return {
    set(presence) {
      own = presence;
      notice();
    },
    dueAt() {
      const count = listeners();
      // With nobody here it stays news until somebody comes.
      if (newsAt === undefined || count === 0) return undefined;
      return Math.max(newsAt + RIDE_MS, lastTold + ALONE_MS * Math.min(RAREST, Math.max(1, count / FEW)));
    },
    takeNews: () => (own && hasNews() ? take(own) : undefined),
    takeForBeat() {
      if (!own || beatRevision === revision) return undefined;
      const frame = take(own);
      beatRevision = revision;
      return frame;
    },
    renew() {
      told = undefined;
      notice();
    },
  };
}

/** The pen and a pointer that left are no news: the ink tells of the one, and a resting cursor fades. */
function isNews(told: Presence, own: Presence): boolean {
  return (
    told.document !== own.document ||
    told.name !== own.name ||
    told.color !== own.color ||
    told.tool !== own.tool ||
    !sameBox(told.view, own.view) ||
    (own.cursor !== undefined && (own.cursor.x !== told.cursor?.x || own.cursor.y !== told.cursor.y))
  );
}
