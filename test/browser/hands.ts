import type { Page } from "playwright-core";
import { mouseOf } from "./mouse.ts";
import type { Place } from "./picture.ts";
import type { SimulatedPhone, SimulatorPage } from "./simulator.ts";
import { createTouch } from "./touch.ts";

export const INPUTS = ["mouse", "touch", "pen"] as const;
export type Input = (typeof INPUTS)[number];

/** What a person does on one of the simulator's phones, with keys and a mouse, a finger or a pen. */
export interface Hands {
  /** Presses keys one after the other, on the phone's board. */
  press(...keys: readonly string[]): Promise<void>;
  type(text: string): Promise<void>;
  /** Presses at the first place and moves through the others; button, finger or pen stays down. */
  start(...places: readonly Place[]): Promise<void>;
  /** Goes on through further places. */
  moveOn(...places: readonly Place[]): Promise<void>;
  /** Lifts it, and leaves the phone. */
  lift(): Promise<void>;
  drag(...places: readonly Place[]): Promise<void>;
  tap(place: Place): Promise<void>;
  /** Two taps that belong together, by mouse: nothing comes between them, however busy the machine is. */
  doubleTap(place: Place): Promise<void>;
}

/** One pointing device on the simulator's page. */
interface Pointer {
  down(place: Place): Promise<void>;
  /** Through all places; a mouse or a pen without a stop. */
  move(places: readonly Place[]): Promise<void>;
  up(): Promise<void>;
  /** All of it, without a stop before the end. */
  drag?(places: readonly Place[]): Promise<void>;
}

/** Steps between two places: a swift hand still passes everything on its way. */
const STEPS = 5;

async function createPointer(page: Page, input: Input): Promise<Pointer> {
  let at: Place = [1, 1];
  /** What lies on the way from where it is. */
  const through = (places: readonly Place[]): Place[] =>
    places.flatMap((to) => {
      const [[x, y], [toX, toY]] = [at, to];
      at = to;
      return Array.from({ length: STEPS }, (_, i): Place => {
        const part = (i + 1) / STEPS;
        return [x + (toX - x) * part, y + (toY - y) * part];
      });
    });
  if (input === "mouse") {
    const mouse = await mouseOf(page);
    return {
      async down(place) {
        at = place;
        await mouse.press(place);
      },
      move: (places) => mouse.move(...through(places)),
      async up() {
        await mouse.lift();
        await mouse.move([1, 1]);
      },
      async drag([first, ...rest]) {
        at = first!;
        await mouse.drag(first!, ...through(rest));
        await mouse.move([1, 1]);
      },
    };
  }
  const touch = await createTouch(page);
  if (input === "touch") {
    return {
      down: (place) => touch.down(place),
      async move(places) {
        for (const place of places) await touch.moveTo([place], STEPS);
      },
      up: touch.up,
    };
  }
  return {
    async down(place) {
      at = place;
      await touch.pen("hover", at);
      await touch.pen("down", at);
    },
    async move(places) {
      await Promise.all(through(places).map((place) => touch.pen("move", place)));
    },
    async up() {
      await touch.pen("up", at);
      await touch.pen("hover", [1, 1]);
    },
  };
}

/** With `touch`, the simulator's page must have been opened for fingers, as `meet` does. */
export function handsOn(
  { page }: Pick<SimulatorPage, "page">,
  phone: SimulatedPhone,
  input: Input = "mouse",
): Hands {
  let pointer: Promise<Pointer> | undefined;
  const device = (): Promise<Pointer> => (pointer ??= createPointer(page, input));
  const on = async ([x, y]: Place): Promise<Place> => {
    const box = (await phone.screen.boundingBox())!;
    return [box.x + x, box.y + y];
  };
  const focus = async (): Promise<void> => (await phone.frame()).evaluate(() => window.focus());
  const moveOn = async (...places: readonly Place[]): Promise<void> => {
    if (places.length === 0) return;
    const { x, y } = (await phone.screen.boundingBox())!;
    await (await device()).move(places.map(([left, top]): Place => [x + left, y + top]));
  };
  const start = async (...places: readonly Place[]): Promise<void> => {
    await (await device()).down(await on(places[0]!));
    await moveOn(...places.slice(1));
  };
  const lift = async (): Promise<void> => (await device()).up();
  const drag = async (...places: readonly Place[]): Promise<void> => {
    const pointing = await device();
    if (pointing.drag) {
      const { x, y } = (await phone.screen.boundingBox())!;
      await pointing.drag(places.map(([left, top]): Place => [x + left, y + top]));
      return;
    }
    await start(...places);
    await lift();
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
    moveOn,
    lift,
    drag,
    tap: (place) => drag(place),
    async doubleTap(place) {
      const mouse = await mouseOf(page);
      await mouse.doubleClick(await on(place));
      await mouse.move([1, 1]);
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
