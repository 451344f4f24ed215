import type { Presence, PresenceFrame } from "../wire/presence-frame.ts";

/** The latest that one contact told, of one session. Rules: PROTOCOL.md, S13. */
export interface SeenPresence {
  /** Says whether it is news: neither late nor repeated. */
  see(session: number, frame: PresenceFrame): boolean;
  of(session: number | undefined): Presence | undefined;
  forget(): void;
}

export function createSeenPresence(): SeenPresence {
  let latest: { session: number; frame: PresenceFrame } | undefined;
  return {
    see(session, frame) {
      if (latest?.session === session && latest.frame.revision >= frame.revision) return false;
      latest = { session, frame };
      return true;
    },
    of: (session) => (latest && latest.session === session ? latest.frame.presence : undefined),
    forget() {
      latest = undefined;
    },
  };
}
