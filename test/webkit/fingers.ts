import { expect, vi } from "vitest";
import type { Place } from "../browser/picture.ts";
import type { WebKitTab } from "./driver.ts";

/** Fingers that a script in the page makes up: the driver has none. */
export interface Fingers {
  /** Puts fingers down, one after the other. */
  down(...places: readonly Place[]): Promise<void>;
  /** Moves all of them from one step to the next. */
  move(...steps: readonly (readonly Place[])[]): Promise<void>;
  /** Waits until the page takes them for fingers that have come to rest (ui/input/momentum.ts). */
  rest(): Promise<void>;
  /** Lifts all of them. */
  up(): Promise<void>;
  /** Puts fingers down and lifts them, as swiftly as a tap must be. */
  tap(...places: readonly Place[]): Promise<void>;
}

interface Told {
  readonly type: "pointerdown" | "pointermove" | "pointerup";
  readonly at: Place;
  readonly id: number;
}

/** Of a device that no driver moves. */
const FIRST_ID = 100;
/** Longer than the page waits for the next movement. */
const RESTED_MS = 100;

/** Runs in the page. */
function tell(events: readonly Told[]): void {
  const surface = document.getElementById("stage")!;
  for (const { type, at, id } of events) {
    surface.dispatchEvent(
      new PointerEvent(type, {
        bubbles: true,
        cancelable: true,
        pointerId: id,
        pointerType: "touch",
        isPrimary: id === 100,
        clientX: at[0],
        clientY: at[1],
        button: type === "pointermove" ? -1 : 0,
        buttons: type === "pointerup" ? 0 : 1,
      }),
    );
  }
}

export function createFingers(tab: WebKitTab): Fingers {
  let on: readonly Place[] = [];
  const all = (type: Told["type"], places: readonly Place[]): Told[] =>
    places.map((at, i) => ({ type, at, id: FIRST_ID + i }));
  return {
    async down(...places) {
      on = places;
      await tab.evaluate(tell, all("pointerdown", places));
    },
    async move(...steps) {
      for (const places of steps) {
        on = places;
        await tab.evaluate(tell, all("pointermove", places));
      }
    },
    async rest() {
      const now = (): Promise<number> => tab.evaluate(() => performance.now());
      const from = await now();
      await vi.waitFor(async () => expect(await now()).toBeGreaterThan(from + RESTED_MS));
    },
    up: () => tab.evaluate(tell, all("pointerup", on)),
    tap: (...places) => tab.evaluate(tell, [...all("pointerdown", places), ...all("pointerup", places)]),
  };
}
