import type { Preview } from "../board/preview.ts";
import type { Cancel, Clock } from "../env/clock.ts";
import { agedBy, lightLeft } from "./laser-light.ts";
import type { PreviewFrame } from "./preview-codec.ts";

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
  /** How much is here of what a session wrote. */
  written(session: number): number;
  /** What was shown went without news. */
  expired(): void;
}

/** A preview without news: its end was lost. */
const PREVIEW_MS = 4000;

export function createSeenPreview({ clock, written, expired }: SeenPreviewDeps): SeenPreview {
  let latest: { readonly session: number; readonly revision: number } | undefined;
  let shown: { readonly preview: Preview; readonly clock: number; readonly at: number } | undefined;
  let expiry: Cancel | undefined;

  function hide(): void {
    expiry?.();
    shown = undefined;
  }

  function show(preview: Preview, writes: number): void {
    hide();
    shown = { preview, clock: writes, at: clock.now() };
    expiry = clock.after(preview.kind === "laser" ? Math.max(0, lightLeft(preview)) : PREVIEW_MS, () => {
      hide();
      expired();
    });
  }

  return {
    see(session, { revision, clock: writes, preview }) {
      const isSame = latest?.session === session;
      if (isSame && latest!.revision >= revision) return false;
      if (!isSame) hide();
      latest = { session, revision };
      if (preview) show(preview, writes);
      // What comes of it may be on its way, and takes its place then.
      else if (shown?.preview.kind !== "laser" && written(session) >= writes) hide();
      return true;
    },
    of(session) {
      if (!shown || latest?.session !== session) return undefined;
      const { preview, at } = shown;
      if (preview.kind === "laser") return agedBy(preview, clock.now() - at);
      return written(latest!.session) > shown.clock ? undefined : preview;
    },
    forget() {
      hide();
      latest = undefined;
    },
  };
}
