import type { Preview } from "../../board/previews/preview.ts";
import type { Cancel, Clock } from "../../env/clock.ts";
import { agedBy, lightLeft } from "./laser-light.ts";
import type { PreviewFrame } from "../wire/preview-codec.ts";

/** What one contact's gesture will do, as it told last. Rules: PROTOCOL.md, S14. */
export interface SeenPreview {
  /** Says whether it is news: neither late nor repeated. */
  see(session: number, frame: PreviewFrame): boolean;
  /** The ages of a laser's points are as of now. */
  of(session: number | undefined): Preview | undefined;
  forget(): void;
}

export interface SeenPreviewDeps {
  readonly clock: Clock;
  /** How much the board shows of what a session wrote. */
  shown(session: number): number;
  /** What was shown went without news. */
  expired(): void;
}

interface Standing {
  readonly preview: Preview;
  /** How much its session had written. */
  readonly clock: number;
  /** How much it had written when the gesture ended; undefined: it goes on. */
  readonly end: number | undefined;
  readonly at: number;
}

/** A preview without news: its end was lost. */
const PREVIEW_MS = 4000;

export function createSeenPreview({ clock, shown, expired }: SeenPreviewDeps): SeenPreview {
  let latest: { readonly session: number; readonly revision: number } | undefined;
  let standing: Standing | undefined;
  let expiry: Cancel | undefined;

  function hide(): void {
    expiry?.();
    standing = undefined;
  }

  function show(preview: Preview, writes: number, end?: number): void {
    hide();
    standing = { preview, clock: writes, end, at: clock.now() };
    expiry = clock.after(preview.kind === "laser" ? Math.max(0, lightLeft(preview)) : PREVIEW_MS, () => {
      hide();
      expired();
    });
  }

  /** The board shows what came of the gesture: some of it, or that it changed nothing. */
  function isOver({ clock: writes, end }: Standing, session: number): boolean {
    return shown(session) > writes || (end !== undefined && shown(session) >= end);
  }

  return {
    see(session, { revision, clock: writes, preview }) {
      const isSame = latest?.session === session;
      if (isSame && latest!.revision >= revision) return false;
      if (!isSame) hide();
      latest = { session, revision };
      if (preview) show(preview, writes);
      else if (standing && standing.preview.kind !== "laser") {
        // What comes of it may be on its way: then it takes the preview's place.
        const end = Math.min(writes, standing.end ?? writes);
        if (shown(session) >= end) hide();
        else show(standing.preview, standing.clock, end);
      }
      return true;
    },
    of(session) {
      if (!standing || session === undefined || latest?.session !== session) return undefined;
      const { preview, at } = standing;
      if (preview.kind === "laser") return agedBy(preview, clock.now() - at);
      return isOver(standing, session) ? undefined : preview;
    },
    forget() {
      hide();
      latest = undefined;
    },
  };
}
