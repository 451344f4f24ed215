import type { Preview } from "../../board/previews/preview.ts";
import type { Clock } from "../../env/clock.ts";
import { agedBy, isBrighter } from "./laser-light.ts";
import { canTell } from "../wire/preview-codec.ts";
import type { PreviewFrame } from "../wire/preview-codec.ts";

/** What this page tells of its person's gesture. Rules: PROTOCOL.md, S14. */
export interface OwnPreview {
  /** Undefined: the gesture is over. The light of a laser is not taken back then: it fades by itself. */
  set(preview: Preview | undefined): void;
  /** When there is something to tell that no update takes along; undefined: never. */
  dueAt(): number | undefined;
  /** What is due; undefined: nothing after all. It counts as told. */
  takeDue(): PreviewFrame | undefined;
  /** What an update takes along: undefined where nothing is new. It counts as told. */
  takeNews(): PreviewFrame | undefined;
  /** What a sign of life takes along: news, or once more that the gesture is over. */
  takeForBeat(): PreviewFrame | undefined;
  /** Somebody came, or this page returned: what was told already is news. */
  renew(): void;
}

export interface OwnPreviewDeps {
  readonly clock: Clock;
  /** Contacts that are here. */
  listeners(): number;
  /** How much this session has written. */
  written(): number;
  /** When an update leaves that takes along what is new; undefined: none is planned. */
  updateDueAt(): number | undefined;
}

/** Between two that travel alone. */
const ALONE_MS = 165;
/** With more listeners than this each person tells less often, since all of them do: down to 2.5 times. */
const FEW = 8;
const RAREST = 2.5;
/** What stands unchanged is told again before the contacts forget it. */
const AGAIN_MS = 1500;

export function createOwnPreview(deps: OwnPreviewDeps): OwnPreview {
  const { clock, listeners, written, updateDueAt } = deps;
  /** `at`: when it was set. A laser that is over stays until its last light was told. */
  let own: { readonly preview: Preview; readonly at: number; readonly isOver: boolean } | undefined;
  /** What was told of it, or cannot be. */
  let told: { readonly preview: Preview; readonly at: number; readonly written: number } | undefined;
  /** The contacts show something that does not go by itself. */
  let isStanding = false;
  /** How much this session had written at the end that is to be told once more. */
  let endToRepeat: number | undefined;
  let revision = 0;
  let lastTold = -Infinity;

  function hasNews(): boolean {
    if (!own) return isStanding;
    const { preview, at } = own;
    if (preview.kind !== "laser" || told?.preview.kind !== "laser") return preview !== told?.preview;
    return isBrighter({ preview, at }, { preview: told.preview, at: told.at });
  }

  /** When there is something to tell next, whatever takes it along. */
  function nextAt(): number | undefined {
    const isNews = hasNews();
    if (!own) return isNews ? -Infinity : undefined;
    const pause = ALONE_MS * Math.min(RAREST, Math.max(1, listeners() / FEW));
    if (isNews) return lastTold + pause;
    return isStanding ? lastTold + Math.max(pause, AGAIN_MS) : undefined;
  }

  function frameOf(preview: Preview | undefined, writes = written()): PreviewFrame {
    lastTold = clock.now();
    return { type: "preview", revision: revision++, clock: writes, preview };
  }

  function take(): PreviewFrame | undefined {
    const preview = own && agedBy(own.preview, clock.now() - own.at);
    told = own && { preview: own.preview, at: own.at, written: written() };
    if (own?.isOver) own = undefined;
    const wasStanding = isStanding;
    if (preview && canTell(preview)) {
      isStanding = preview.kind !== "laser";
      endToRepeat = undefined;
      return frameOf(preview);
    }
    isStanding = false;
    endToRepeat = wasStanding ? written() : undefined;
    return wasStanding ? frameOf(undefined) : undefined;
  }

  /** What this session wrote while a preview stands is not what comes of the gesture, unless it is over. */
  function isOutrun(): boolean {
    return own !== undefined && isStanding && told?.written !== written();
  }

  function takeNews(): PreviewFrame | undefined {
    return hasNews() || isOutrun() ? take() : undefined;
  }

  return {
    set(preview) {
      if (preview) own = { preview, at: clock.now(), isOver: false };
      else if (own?.preview.kind === "laser") own = { ...own, isOver: true };
      else own = undefined;
    },
    dueAt() {
      // It stays news until somebody comes.
      if (listeners() === 0) return undefined;
      const at = nextAt();
      return at === undefined ? undefined : Math.max(at, updateDueAt() ?? at);
    },
    takeDue: () => ((nextAt() ?? Infinity) <= clock.now() ? take() : undefined),
    takeNews,
    takeForBeat() {
      const news = takeNews();
      if (news || endToRepeat === undefined) return news;
      const end = frameOf(undefined, endToRepeat);
      endToRepeat = undefined;
      return end;
    },
    renew() {
      told = undefined;
    },
  };
}
