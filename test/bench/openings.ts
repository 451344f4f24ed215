/*
 * How the built app opens in a page of a real Chromium, again and again, and what is wanted of it on a slow phone:
 * what the benchmarks that open it have in common.
 */
import type { BrowserContext, Page } from "playwright-core";
import { goal, heapOf, quantile, slowDown, storeBoard, threadWorkOf } from "./app-page.ts";
import { loadTimes, type LoadTimes } from "./in-page.ts";
import { storedBoard } from "./stored-board.ts";

const COUNT = 1000;
const RATE = 4;
const TIMES = 3;

export const SLOW_PHONE = `The processor ${RATE} times as slow, ${COUNT} strokes. A task counts by what its thread worked.`;

/** Milliseconds, the middle of several openings. */
export interface Openings {
  /** From the navigation on. */
  readonly firstInk: number;
  /** From the first reading of the storage on. */
  readonly inkFromRead: number;
  /** Until everything is painted. */
  readonly longestTask: number;
}

/** Opens the app in a page that has its board, several times; it is open afterwards. `rate`: so many times as slow. */
export async function openRepeatedly(page: Page, url: string, rate = 1): Promise<Openings> {
  /** The end of the page before is no part of an opening, nor is what it leaves to be collected. */
  const leave = async (): Promise<void> => {
    await page.goto("about:blank");
    await heapOf(page);
    // Anew each time, as another look at the page's processor ends it.
    if (rate > 1) await slowDown(page, rate);
  };
  const open = async (): Promise<LoadTimes> => {
    await page.goto(`${url}app/index.html`);
    return page.evaluate(loadTimes);
  };
  const loads: LoadTimes[] = [];
  const tasks: number[] = [];
  for (let i = 0; i < TIMES; i++) {
    await leave();
    loads.push(await open());
    await leave();
    // A page that is traced is slower, so another one is.
    tasks.push((await threadWorkOf(page, open)).longestTask);
  }
  const middle = (of: (load: LoadTimes) => number): number => quantile(loads.map(of), 0.5);
  return {
    firstInk: middle(({ firstInk }) => firstInk),
    inkFromRead: middle(({ firstInk, firstRead }) => firstInk - firstRead),
    longestTask: quantile(tasks, 0.5),
  };
}

export async function openOnSlowPhone(
  context: BrowserContext,
  url: string,
): Promise<{ readonly page: Page; readonly openings: Openings }> {
  const page = await storeBoard(context, url, storedBoard(COUNT));
  return { page, openings: await openRepeatedly(page, url, RATE) };
}

export function slowPhoneGoals({ firstInk, longestTask }: Openings): string[] {
  return [
    goal("first ink after opening, the middle of three", firstInk, 1200, "ms"),
    goal("the longest task on the way", longestTask, 100, "ms"),
  ];
}
