import { distance, type Point } from "../../base/geometry.ts";
import { REST_MS, REST_SLOP } from "../../tools/tool.ts";

/** Notices when a pointer that is down is held still. */
export interface Rest {
  /** The pointer is at this place, in CSS pixels. */
  at(place: Point): void;
  /** It is lifted, or what it does is over. */
  stop(): void;
}

export function createRest({
  after,
  onRest,
}: {
  /** Calls back once after so many milliseconds; returns how to take it back. */
  readonly after: (ms: number, task: () => void) => () => void;
  /** Called once for each time that it rests. */
  readonly onRest: () => void;
}): Rest {
  let anchor: Point | undefined;
  let cancel: (() => void) | undefined;
  return {
    at(place) {
      if (anchor && distance(anchor, place) <= REST_SLOP) return;
      anchor = place;
      cancel?.();
      cancel = after(REST_MS, onRest);
    },
    stop() {
      anchor = undefined;
      cancel?.();
      cancel = undefined;
    },
  };
}
