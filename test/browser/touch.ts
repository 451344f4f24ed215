import type { CDPSession, Page } from "playwright-core";
import type { Place } from "./picture.ts";

/** Fingers and a pen, through the browser's own input. Times are told, so that load changes nothing. */
export interface Touch {
  /** Puts fingers down, one after the other, and keeps them there. */
  down(...places: readonly Place[]): Promise<void>;
  /** Moves all fingers that are down, in `steps` steps of 16 ms. */
  moveTo(places: readonly Place[], steps?: number): Promise<void>;
  /** Lifts all fingers, `rest` ms after they moved. */
  up(rest?: number): Promise<void>;
  /** The system takes the fingers away. */
  cancel(): Promise<void>;
  /** So much time passes before what comes next, in milliseconds. */
  rest(ms: number): void;
  /** How broadly whatever is down from now on touches, in CSS pixels; undefined: the device does not measure it. */
  breadth(size: number | undefined): void;
  /** `force`: 0 .. 1, while it is down. */
  pen(
    type: "hover" | "down" | "move" | "up",
    place: Place,
    button?: "left" | "right",
    force?: number,
  ): Promise<void>;
}

const STEP_MS = 16;

export async function createTouch(page: Page): Promise<Touch> {
  const session: CDPSession = await page.context().newCDPSession(page);
  let fingers: readonly Place[] = [];
  let now = Date.now();
  /** Where nothing is said, as of a device that does not measure it. */
  let contact: { readonly radiusX?: number; readonly radiusY?: number } = {};

  const send = async (type: "touchStart" | "touchMove" | "touchEnd" | "touchCancel"): Promise<void> => {
    now += STEP_MS;
    const touchPoints = fingers.map(([x, y], id) => ({ x, y, id, ...contact }));
    await session.send("Input.dispatchTouchEvent", { type, touchPoints, timestamp: now / 1000 });
  };
  return {
    async down(...places) {
      for (const place of places) {
        fingers = [...fingers, place];
        await send("touchStart");
      }
    },
    async moveTo(places, steps = 12) {
      const from = fingers;
      for (let step = 1; step <= steps; step++) {
        fingers = from.map(([x, y], i): Place => {
          const [toX, toY] = places[i] ?? [x, y];
          return [x + ((toX - x) * step) / steps, y + ((toY - y) * step) / steps];
        });
        await send("touchMove");
      }
    },
    async up(rest = 0) {
      now += rest;
      fingers = [];
      await send("touchEnd");
    },
    async cancel() {
      fingers = [];
      await send("touchCancel");
    },
    rest(ms) {
      now += ms;
    },
    breadth(size) {
      contact = size === undefined ? {} : { radiusX: size / 2, radiusY: size / 3 };
    },
    async pen(type, [x, y], button = "left", force = 0.5) {
      now += STEP_MS;
      const isDown = type === "down" || type === "move";
      await session.send("Input.dispatchMouseEvent", {
        type: type === "down" ? "mousePressed" : type === "up" ? "mouseReleased" : "mouseMoved",
        x,
        y,
        pointerType: "pen",
        button: type === "hover" ? "none" : button,
        buttons: isDown ? (button === "left" ? 1 : 2) : 0,
        clickCount: type === "hover" || type === "move" ? 0 : 1,
        force: isDown ? force : 0,
        timestamp: now / 1000,
      });
    },
  };
}
