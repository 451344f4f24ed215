import type { Page } from "playwright-core";
import type { Place } from "./picture.ts";
import type { SimulatedPhone, SimulatorPage } from "./simulator.ts";

/** What a person does on one of the simulator's phones, with mouse and keys. */
export interface Hands {
  /** Presses keys one after the other, on the phone's board. */
  press(...keys: readonly string[]): Promise<void>;
  type(text: string): Promise<void>;
  /** Presses at the first place and moves through the others; the button stays down. */
  start(...places: readonly Place[]): Promise<void>;
  /** Lifts the button, and leaves the phone. */
  lift(): Promise<void>;
  drag(...places: readonly Place[]): Promise<void>;
  tap(place: Place): Promise<void>;
}

/** Steps between two places: a swift hand still passes everything on its way. */
const STEPS = 8;

export function handsOn({ page }: Pick<SimulatorPage, "page">, phone: SimulatedPhone): Hands {
  const on = async ([x, y]: Place): Promise<Place> => {
    const box = (await phone.screen.boundingBox())!;
    return [box.x + x, box.y + y];
  };
  const focus = async (): Promise<void> => (await phone.frame()).evaluate(() => window.focus());
  const start = async (...places: readonly Place[]): Promise<void> => {
    const [first, ...rest] = places;
    await page.mouse.move(...(await on(first!)));
    await page.mouse.down();
    for (const place of rest) await page.mouse.move(...(await on(place)), { steps: STEPS });
  };
  const lift = async (): Promise<void> => {
    await page.mouse.up();
    await page.mouse.move(1, 1);
  };
  return {
    async press(...keys) {
      await focus();
      for (const key of keys) await page.keyboard.press(key);
    },
    async type(text) {
      await focus();
      await page.keyboard.type(text);
    },
    start,
    lift,
    async drag(...places) {
      await start(...places);
      await lift();
    },
    async tap(place) {
      await start(place);
      await lift();
    },
  };
}

/** Runs in the app's page: whether there is something to take back, or to do again. */
export async function canStep(
  page: Page | Awaited<ReturnType<SimulatedPhone["frame"]>>,
  what: "undo" | "redo",
): Promise<boolean> {
  return (await page.locator(`#${what}-button`).getAttribute("aria-disabled")) === "false";
}
