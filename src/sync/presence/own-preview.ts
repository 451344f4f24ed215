import type { Preview } from "../../board/previews/preview.ts";
import type { Clock } from "../../env/clock.ts";
import { agedBy, isBrighter } from "./laser-light.ts";
import { canTell } from "../wire/preview-codec.ts";
import { FIRST_DOCUMENT } from "../../board/document/document-number.ts";
import type { Frame } from "../wire/frame.ts";

type ToldPreview = Frame & { readonly type: "preview" };

/** What this page tells of its person's gesture. Rules: PROTOCOL.md, S14. */
export interface OwnPreview {
  /** Undefined: the gesture is over. The light of a laser is not taken back then: it fades by itself. */
  set(preview: Preview | undefined, document: number): void;
  /** When there is something to tell that no update takes along; undefined: never. */
  dueAt(): number | undefined;
  /** What is due; undefined: nothing after all. It counts as told. */
  takeDue(): ToldPreview | undefined;
  /** What an update takes along: undefined where nothing is new. It counts as told. */
  takeNews(): ToldPreview | undefined;
  /** What a sign of life takes along: news, or once more that the gesture is over. */
  takeForBeat(): ToldPreview | undefined;
  /** Somebody came, or this page returned: what was told already is news. */
  renew(): void;
}

export interface OwnPreviewDeps {
  readonly clock: Clock;
  /** Contacts that are here. */
  listeners(): number;
  /** How much this session has written on a document. */
  written(document: number): number;
  /** When an update leaves that takes along what is new; undefined: none is planned. */
  updateDueAt(): number | undefined;
}

/** A preview on a document; `at`: when it was set. */
interface Shown {
  readonly preview: Preview;
  readonly document: number;
  readonly at: number;
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
  let own: (Shown & { readonly isOver: boolean }) | undefined;
  /** What was told of it, or cannot be. */
  let told: (Shown & { readonly written: number }) | undefined;
  /** The document on which the contacts show something that does not go by itself. */
  let standingOn: number | undefined;
  /** Where a gesture ended, and how much this session had written there: to be told once more. */
  let endToRepeat: { readonly document: number; readonly written: number } | undefined;
  let revision = 0;
  let lastTold = -Infinity;

  function hasNews(): boolean {
    if (!own) return standingOn !== undefined;
    if (own.document !== told?.document) return true;
    const { preview, at } = own;
    if (preview.kind !== "laser" || told.preview.kind !== "laser") return preview !== told.preview;
    return isBrighter({ preview, at }, { preview: told.preview, at: told.at });
  }

  /** What stands is about another document than the one on which the person is. */
  function isLeft(): boolean {
    return standingOn !== undefined && standingOn !== own?.document;
  }

  /** When there is something to tell next, whatever takes it along. */
  function nextAt(): number | undefined {
    const isNews = hasNews();
    if (isLeft()) return -Infinity;
    if (!own) return undefined;
    const pause = ALONE_MS * Math.min(RAREST, Math.max(1, listeners() / FEW));
    if (isNews) return lastTold + pause;
    return standingOn === undefined ? undefined : lastTold + Math.max(pause, AGAIN_MS);
  }

  function frameOf(preview: Preview | undefined, document: number, writes = written(document)): ToldPreview {
    lastTold = clock.now();
    const frame = { type: "preview", revision: revision++, clock: writes, preview } as const;
    return document === FIRST_DOCUMENT ? frame : { ...frame, document };
  }

  /** The gesture is over, on the document on which it was told. */
  function takeEnd(): ToldPreview | undefined {
    if (standingOn === undefined) {
      endToRepeat = undefined;
      return undefined;
    }
    const document = standingOn;
    standingOn = undefined;
    endToRepeat = { document, written: written(document) };
    return frameOf(undefined, document);
  }

  function take(): ToldPreview | undefined {
    if (own && isLeft()) {
      told = undefined;
      return takeEnd();
    }
    const preview = own && agedBy(own.preview, clock.now() - own.at);
    const document = own?.document ?? FIRST_DOCUMENT;
    told = own && { preview: own.preview, document, at: own.at, written: written(document) };
    if (own?.isOver) own = undefined;
    if (!preview || !canTell(preview)) return takeEnd();
    standingOn = preview.kind === "laser" ? undefined : document;
    endToRepeat = undefined;
    return frameOf(preview, document);
  }

  /** What this session wrote while a preview stands is not what comes of the gesture, unless it is over. */
  function isOutrun(): boolean {
    return own !== undefined && standingOn !== undefined && told?.written !== written(own.document);
  }

  function takeNews(): ToldPreview | undefined {
    return hasNews() || isOutrun() ? take() : undefined;
  }

  return {
    set(preview, document) {
      if (preview) own = { preview, document, at: clock.now(), isOver: false };
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
      const end = frameOf(undefined, endToRepeat.document, endToRepeat.written);
      endToRepeat = undefined;
      return end;
    },
    renew() {
      told = undefined;
    },
  };
}
