/*
 * Words in the place of each picture whose bytes nobody here has, also for screen readers. They go as soon as the bytes
 * are on their way.
 */
import { centreOf } from "../../base/geometry.ts";
import { boxThrough } from "../../base/matrix.ts";
import type { Board, ItemId } from "../../board/document/board.ts";
import type { BlobHash } from "../../board/document/picture.ts";
import type { Clock } from "../../env/clock.ts";
import { type Camera, type Viewport, worldToScreen } from "../../render/canvas/camera.ts";
import { element } from "../widgets/dom.ts";
import type { Strings } from "../words/strings.ts";

export interface AbsentPictures {
  /** What is here, or on its way, may be something else. */
  update(): void;
  /** The camera moved, or the canvas has another size. */
  place(): void;
  close(): void;
}

export interface AbsentPicturesDeps {
  /** Takes the presses; the words stand over it. */
  readonly surface: HTMLElement;
  readonly board: Pick<Board, "items" | "item" | "onChange">;
  /** The pictures whose bytes nobody here has. */
  readonly nowhere: () => readonly BlobHash[];
  readonly camera: () => Camera;
  readonly clock: Pick<Clock, "now" | "after">;
  readonly strings: Strings;
}

/** So long it may only be that nobody has said yet that they are here. */
const GRACE_MS = 2500;
/** With more of them nobody reads each. */
const MOST = 50;
/** CSS pixels: in a narrower place no word can be read. */
const NARROWEST = 48;

export function createAbsentPictures(deps: AbsentPicturesDeps): AbsentPictures {
  const { surface, board, clock, strings } = deps;
  const root = element("div", { id: "absent-pictures", attributes: { role: "status" } });
  surface.after(root);
  /** When it was noticed. */
  const since = new Map<BlobHash, number>();
  const labels = new Map<ItemId, HTMLElement>();
  let stopWaiting: (() => void) | undefined;

  function update(): void {
    const now = clock.now();
    const absent = new Set(deps.nowhere());
    for (const hash of since.keys()) if (!absent.has(hash)) since.delete(hash);
    for (const hash of absent) if (!since.has(hash)) since.set(hash, now);
    const isTold = ([, at]: readonly [BlobHash, number]): boolean => now - at >= GRACE_MS;
    if (stopWaiting === undefined && ![...since].every(isTold)) {
      stopWaiting = clock.after(GRACE_MS, () => {
        stopWaiting = undefined;
        update();
      });
    }
    show(new Set([...since].filter(isTold).map(([hash]) => hash)));
  }

  function show(told: ReadonlySet<BlobHash>): void {
    if (told.size === 0 && labels.size === 0) return;
    const wanted = board
      .items()
      .filter((item) => item.kind === "picture" && told.has(item.picture.hash))
      .slice(0, MOST)
      .map(({ id }) => id);
    const isWanted = new Set(wanted);
    for (const [id, label] of labels) {
      if (isWanted.has(id)) continue;
      label.remove();
      labels.delete(id);
    }
    for (const id of wanted) {
      if (labels.has(id)) continue;
      const label = element("p", { text: strings.picture.nobodyHas });
      labels.set(id, label);
      root.append(label);
    }
    place();
  }

  function place(): void {
    // Called in each frame of a movement: where there are none, the page need not be laid out.
    if (labels.size === 0) return;
    const camera = deps.camera();
    const viewport: Viewport = { width: surface.clientWidth, height: surface.clientHeight };
    for (const [id, label] of labels) {
      const item = board.item(id);
      if (item?.kind !== "picture") continue;
      const box = boxThrough(item.matrix, item.shown);
      const { x, y } = worldToScreen(camera, viewport, centreOf(box));
      const width = (box.maxX - box.minX) * camera.zoom;
      label.classList.toggle("narrow", width < NARROWEST);
      label.style.maxWidth = `${width.toFixed(0)}px`;
      label.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px) translate(-50%, -50%)`;
    }
  }

  const stop = board.onChange(() => {
    if (since.size > 0) update();
  });
  update();
  return {
    update,
    place,
    close() {
      stop();
      stopWaiting?.();
      root.remove();
    },
  };
}
