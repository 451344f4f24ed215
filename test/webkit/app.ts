import { expect, vi } from "vitest";
import { readColors, type Color, type Place } from "../browser/picture.ts";
import { serveBuilt } from "../browser/simulator.ts";
import { countInked, untilIdle, untilReady } from "../browser/state.ts";
import { startWebKit, type DriverPointer, type WebKitTab } from "./driver.ts";
import { shareFonts } from "./fonts.ts";

/** The built app in WebKit: tabs are each other's contacts. */
export interface WebKitApp {
  /** Opens one more tab and waits for its board. */
  open(): Promise<AppTab>;
  close(): Promise<void>;
}

export interface AppTab extends WebKitTab {
  drag(pointer: DriverPointer, ...places: readonly Place[]): Promise<void>;
  tap(place: Place): Promise<void>;
  /** Waits until there is ink at `inked` and none at `blank`. */
  shows(inked: readonly Place[], blank?: readonly Place[]): Promise<void>;
  /** The colours at the places when everything is painted. */
  colors(places: readonly Place[]): Promise<readonly Color[]>;
  /** Waits until an element is to be seen, or is not. */
  untilSeen(selector: string, seen?: boolean): Promise<void>;
  /** What the app and the browser warned of since the page was ready. */
  problems(): Promise<readonly string[]>;
}

declare global {
  interface Window {
    seenProblems: string[];
  }
}

const STEPS = 5;
const WAIT = { timeout: 30_000, interval: 20 };
/** A window on a desktop: WebKit's own bars take some of the height. */
const WINDOW = { width: 800, height: 740 };

export async function openWebKit(): Promise<WebKitApp> {
  const server = await serveBuilt();
  const fonts = await shareFonts();
  const session = await startWebKit(WINDOW, fonts.env);
  const url = `${server.url}app/index.html`;
  return {
    async open() {
      const tab = await session.newTab();
      await tab.goto(url);
      await untilReady(tab);
      await tab.evaluate(watch);
      return createAppTab(tab);
    },
    async close() {
      await session.close();
      await fonts.close();
      await server.close();
    },
  };
}

function createAppTab(tab: WebKitTab): AppTab {
  const drag = async (pointer: DriverPointer, ...places: readonly Place[]): Promise<void> => {
    await tab.down(pointer, steps(places));
    await tab.up(pointer);
  };
  return {
    ...tab,
    async reload() {
      await tab.reload();
      await untilReady(tab);
      await tab.evaluate(watch);
    },
    drag,
    tap: (place) => drag("mouse", place),
    async shows(inked, blank = []) {
      await vi.waitFor(async () => {
        const counts = [await countInked(tab, inked), await countInked(tab, blank)];
        expect(counts, "places with ink").toEqual([inked.length, 0]);
      }, WAIT);
    },
    async colors(places) {
      await untilIdle(tab);
      return tab.evaluate(readColors, places);
    },
    async untilSeen(selector, seen = true) {
      await vi.waitFor(async () => {
        const is = await tab.evaluate(
          (wanted) => document.querySelector(wanted)?.checkVisibility() ?? false,
          selector,
        );
        expect(is, `${selector} is seen`).toBe(seen);
      }, WAIT);
    },
    problems: () => tab.evaluate(() => window.seenProblems),
  };
}

/** Runs in the page: the driver tells nothing of what a page says on its console. */
function watch(): void {
  window.seenProblems = [];
  const note = (...said: readonly unknown[]): void => void window.seenProblems.push(said.join(" "));
  console.warn = note;
  console.error = note;
}

/** A swift hand still passes everything on its way. */
function steps(places: readonly Place[]): Place[] {
  return places.flatMap(([x, y], i): Place[] => {
    const [toX, toY] = places[i + 1] ?? [x, y];
    const count = i + 1 < places.length ? STEPS : 1;
    return Array.from({ length: count }, (_, step): Place => [
      Math.round(x + ((toX - x) * step) / count),
      Math.round(y + ((toY - y) * step) / count),
    ]);
  });
}
