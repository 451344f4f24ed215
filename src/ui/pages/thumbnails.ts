/*
 * Which small picture of a page is made when: those in sight only, one after the other, again when the page looks
 * otherwise, and none more often than is of use to anybody.
 */
import type { Cancel, Clock } from "../../env/clock.ts";
import type { PageId } from "../../board/pages/page-id.ts";
import type { PageInfo } from "../../session/pages.ts";

export interface Thumbnails {
  /** The picture of the page is in sight, or no more. */
  setInSight(id: PageId, inSight: boolean): void;
  /** The picture is on another canvas from now on. */
  forget(id: PageId): void;
  /** `shown`: the page that is looked at, whose picture follows it most closely; `look`: as the theme has it. */
  update(pages: readonly PageInfo[], shown: PageId, look: string): void;
  close(): void;
}

export interface ThumbnailsDeps {
  readonly clock: Pick<Clock, "now" | "after">;
  readonly paint: (id: PageId) => Promise<Painting>;
  /** The picture is given up, to save memory. */
  readonly drop: (id: PageId) => void;
}

/** What came of painting a page: `stopped`: nothing, as another page is shown by now, or none. */
export type Painting = "painted" | "stopped" | "unreadable";

/** Between two pictures of a page, in milliseconds. To look at a page that is not shown, it has to be loaded. */
const SHOWN_PAUSE = 500;
const OTHER_PAUSE = 2000;
/** Before what was broken off is begun anew. */
const STOPPED_PAUSE = 50;
/** A page that could not be read may be so later. */
const FAILED_PAUSE = 10_000;
/** Of pictures out of sight the oldest go, where there are more than this. */
const MOST_PICTURES = 60;
/** The version of a page of which that is not known. */
const UNKNOWN = "?";

interface Picture {
  inSight: boolean;
  /** What it shows; undefined: nothing yet. */
  painted: string | undefined;
  /** Not before that it is made anew. */
  readyAt: number;
}

export function createThumbnails({ clock, paint, drop }: ThumbnailsDeps): Thumbnails {
  const pictures = new Map<PageId, Picture>();
  /** What the picture of each page should show, in the order of the pages. */
  let wanted = new Map<PageId, string>();
  let shown: PageId | undefined;
  let isPainting = false;
  let isClosed = false;
  let cancel: Cancel | undefined;

  const pictureOf = (id: PageId): Picture => {
    const picture = pictures.get(id) ?? { inSight: false, painted: undefined, readyAt: 0 };
    pictures.set(id, picture);
    return picture;
  };

  /** Those to be made; the shown page's first. */
  const due = (): readonly PageId[] =>
    [...wanted.keys()]
      .filter((id) => pictureOf(id).inSight && pictureOf(id).painted !== wanted.get(id))
      .sort((a, b) => Number(b === shown) - Number(a === shown));

  const make = async (id: PageId): Promise<void> => {
    const key = wanted.get(id);
    isPainting = true;
    let came: Painting = "unreadable";
    try {
      came = await paint(id);
    } finally {
      isPainting = false;
      const picture = pictureOf(id);
      // What nothing was known of before it was looked at, may be known now.
      if (came === "painted") picture.painted = isUnknown(key) ? wanted.get(id) : key;
      picture.readyAt = clock.now() + pauseAfter(came, id === shown);
      dropOldest();
      plan();
    }
  };
  const dropOldest = (): void => {
    const kept = [...pictures].filter(([, { painted }]) => painted !== undefined);
    const hidden = kept.filter(([, { inSight }]) => !inSight).sort(([, a], [, b]) => a.readyAt - b.readyAt);
    for (const [id, picture] of hidden.slice(0, Math.max(kept.length - MOST_PICTURES, 0))) {
      picture.painted = undefined;
      drop(id);
    }
  };

  function plan(): void {
    cancel?.();
    cancel = undefined;
    if (isPainting || isClosed) return;
    const ids = due();
    if (ids.length === 0) return;
    const now = clock.now();
    const ready = ids.find((id) => pictureOf(id).readyAt <= now);
    const wait = Math.min(...ids.map((id) => pictureOf(id).readyAt)) - now;
    // A task of its own for each.
    cancel = clock.after(ready === undefined ? wait : 0, () => {
      const next = due().find((id) => pictureOf(id).readyAt <= clock.now());
      if (next === undefined) plan();
      else void make(next);
    });
  }

  return {
    setInSight(id, inSight) {
      const picture = pictureOf(id);
      if (picture.inSight === inSight) return;
      picture.inSight = inSight;
      plan();
    },
    forget: (id) => void pictures.delete(id),
    update(pages, current, look) {
      wanted = new Map(pages.map(({ id, version }) => [id, `${look} ${version ?? UNKNOWN}`]));
      for (const id of pictures.keys()) if (!wanted.has(id)) pictures.delete(id);
      shown = current;
      plan();
    },
    close() {
      isClosed = true;
      cancel?.();
    },
  };
}

function pauseAfter(came: Painting, isShown: boolean): number {
  if (came === "unreadable") return FAILED_PAUSE;
  return came === "stopped" ? STOPPED_PAUSE : isShown ? SHOWN_PAUSE : OTHER_PAUSE;
}

function isUnknown(key: string | undefined): boolean {
  return key?.endsWith(` ${UNKNOWN}`) === true;
}
