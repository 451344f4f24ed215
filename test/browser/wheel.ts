import type { Page } from "playwright-core";
import type { Place } from "./picture.ts";

/** A mouse's wheel, through the browser's own input. Times are told, so that load changes nothing. */
export interface Wheel {
  /** Turns it once more by so many pixels, `later` ms after the turn before. */
  turn(dx: number, dy: number, later?: number): Promise<void>;
  /** Waits before the next turn for as long as ends what the turns before belong to. */
  pause(): void;
  /** Presses the Control key, or lets it go. */
  control(isDown: boolean): Promise<void>;
}

const FRAME_MS = 16;
const PAUSE_MS = 1000;
/** As the browser's own input numbers keys that are held. */
const CONTROL = 2;

/** The pointer is at this place. */
export async function createWheel(page: Page, [x, y]: Place): Promise<Wheel> {
  // The page itself, also where something stands for it.
  const session = await page.context().newCDPSession(page.mainFrame().page());
  let now = Date.now();
  let modifiers = 0;
  return {
    async turn(deltaX, deltaY, later = FRAME_MS) {
      now += later;
      const timestamp = now / 1000;
      const event = { type: "mouseWheel", x, y, deltaX, deltaY, modifiers, timestamp } as const;
      await session.send("Input.dispatchMouseEvent", event);
    },
    pause: () => void (now += PAUSE_MS),
    async control(isDown) {
      modifiers = isDown ? CONTROL : 0;
      await (isDown ? page.keyboard.down("Control") : page.keyboard.up("Control"));
    },
  };
}
