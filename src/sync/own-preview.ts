import type { Preview } from "../board/preview.ts";
import type { Cancel, Clock } from "../env/clock.ts";
import { agedBy, isBrighter } from "./laser-light.ts";
import { canTell } from "./preview-codec.ts";
import type { PreviewFrame } from "./preview-codec.ts";

/** What this page tells of its person's gesture. Rules: PROTOCOL.md, S14. */
export interface OwnPreview {
  /** Undefined: the gesture is over. The light of a laser is not taken back then: it fades by itself. */
  set(preview: Preview | undefined): void;
  /** What an update takes along: undefined where nothing is new. It counts as told. */
  takeNews(): PreviewFrame | undefined;
  /** What a sign of life takes along: news, or once more that the gesture is over. */
  takeForBeat(): PreviewFrame | undefined;
  /** Somebody came, or this page returned: what was told already is news. */
  renew(): void;
  /** Nobody looks at this page. */
  pause(): void;
}

export interface OwnPreviewDeps {
  readonly clock: Clock;
  /** Contacts that are here: each gets a message of its own. */
  listeners(): number;
  backlog(): number;
  /** How much this session has written. */
  written(): number;
  /** An update is about to leave, which takes along what is new. */
  isUpdateDue(): boolean;
  /** Sends it alone to each contact that is here. */
  send(frame: PreviewFrame): void;
}

/** Between two that travel alone, for each contact that gets one. */
const ALONE_MS = 165;
const BACKLOG_MS = 100;
/** What stands unchanged is told again before the contacts forget it. */
const AGAIN_MS = 1500;
/** An update that was due is waited for, and may not come after all. */
const UPDATE_MS = 60;

export function createOwnPreview(deps: OwnPreviewDeps): OwnPreview {
  const { clock, listeners, backlog, written, isUpdateDue, send } = deps;
  /** `at`: when it was set. A laser that is over stays until its last light was told. */
  let own: { readonly preview: Preview; readonly at: number; readonly isOver: boolean } | undefined;
  /** What was told of it, or cannot be. */
  let told: { readonly preview: Preview; readonly at: number; readonly written: number } | undefined;
  /** The contacts show something that does not go by itself. */
  let isStanding = false;
  let endToRepeat = false;
  let revision = 0;
  let lastTold = -Infinity;
  let planned: { readonly at: number; readonly cancel: Cancel } | undefined;

  function hasNews(): boolean {
    if (!own) return isStanding;
    const { preview, at } = own;
    if (preview.kind !== "laser" || told?.preview.kind !== "laser") return preview !== told?.preview;
    return isBrighter({ preview, at }, { preview: told.preview, at: told.at });
  }

  /** When there is something to tell next; undefined: never. */
  function nextAt(): number | undefined {
    const isNews = hasNews();
    if (!own) return isNews ? clock.now() : undefined;
    const pause = ALONE_MS * Math.max(1, listeners()) + BACKLOG_MS * backlog();
    if (isNews) return lastTold + pause;
    return isStanding ? lastTold + Math.max(pause, AGAIN_MS) : undefined;
  }

  function planAt(at: number): void {
    if (planned && planned.at <= at) return;
    planned?.cancel();
    planned = { at, cancel: clock.after(Math.max(0, at - clock.now()), tell) };
  }

  function plan(): void {
    const at = nextAt();
    if (at !== undefined) planAt(at);
  }

  function tell(): void {
    planned = undefined;
    const at = nextAt();
    if (at === undefined) return;
    if (listeners() === 0) {
      // It stays news until somebody comes, and who comes shows nothing yet.
      isStanding = false;
    } else if (at > clock.now()) {
      planAt(at);
    } else if (isUpdateDue()) {
      planAt(clock.now() + UPDATE_MS);
    } else {
      const frame = take();
      if (frame) send(frame);
    }
  }

  function frameOf(preview: Preview | undefined): PreviewFrame {
    lastTold = clock.now();
    return { type: "preview", revision: revision++, clock: written(), preview };
  }

  function take(): PreviewFrame | undefined {
    const preview = own && agedBy(own.preview, clock.now() - own.at);
    told = own && { preview: own.preview, at: own.at, written: written() };
    if (own?.isOver) own = undefined;
    const wasStanding = isStanding;
    if (preview && canTell(preview)) {
      isStanding = preview.kind !== "laser";
      endToRepeat = false;
      const frame = frameOf(preview);
      plan();
      return frame;
    }
    isStanding = false;
    endToRepeat = wasStanding;
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
      else own = own?.preview.kind === "laser" ? { ...own, isOver: true } : undefined;
      plan();
    },
    takeNews,
    takeForBeat() {
      const news = takeNews();
      if (news || !endToRepeat) return news;
      endToRepeat = false;
      return frameOf(undefined);
    },
    renew() {
      told = undefined;
      plan();
    },
    pause() {
      planned?.cancel();
      planned = undefined;
    },
  };
}
