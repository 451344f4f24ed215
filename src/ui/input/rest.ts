/*
 * Notices when a pointer that is down is held still: by the times at which it was where, not by those at
 * which a busy page came to hear of it.
 */
import { distance } from "../../base/geometry.ts";
import type { InkSample } from "../../ink/stroke.ts";
import { REST_MS, REST_SLOP } from "../../tools/tool.ts";
import { afterInput, type InputClock } from "../widgets/after-input.ts";

export interface Rest {
  /** The pointer was there: each sample in CSS pixels, in the order of time. */
  at(sample: InkSample): void;
  /** It is lifted, at a time of the samples: it may have rested until then without the page knowing. */
  lift(time: number): void;
  /** What it does is over. */
  stop(): void;
}

export function createRest({
  clock,
  onRest,
}: {
  readonly clock: InputClock;
  /** Called once for each time that it rests. */
  readonly onRest: () => void;
}): Rest {
  let anchor: InkSample | undefined;
  let restsAt = 0;
  /** Undefined where it has been noticed that it rests here. */
  let cancel: (() => void) | undefined;

  const stop = (): void => {
    anchor = undefined;
    cancel?.();
    cancel = undefined;
  };

  /** One timer for many moves: to set one at each would take a pen's time. */
  const wait = (ms: number): void => {
    cancel = afterInput(clock, ms, () => {
      const left = restsAt - clock.now();
      if (left > 0) return wait(left);
      cancel = undefined;
      onRest();
    });
  };

  return {
    at(sample) {
      if (anchor && distance(anchor, sample) <= REST_SLOP) return;
      anchor = sample;
      restsAt = clock.now() + REST_MS;
      if (!cancel) wait(REST_MS);
    },
    lift(time) {
      const rested = anchor && cancel && Number.isFinite(time) && time - anchor.time >= REST_MS;
      stop();
      if (rested === true) onRest();
    },
    stop,
  };
}
