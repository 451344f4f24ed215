/*
 * The built app in a page of a real Chromium, with a stored board, to be measured: what the browser benchmarks
 * have in common.
 */
import type { BrowserContext, CDPSession, Page } from "playwright-core";
import { expect } from "vitest";
import { watchLoad, wheelFrames } from "./in-page.ts";
import { storedBoard } from "./stored-board.ts";

/** A phone's. */
export const SCREEN = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 };
const FRAMES = 240;

/** Milliseconds between frames, and the work of the longest task of the page's thread meanwhile. */
export interface FrameTimes {
  readonly frames: readonly number[];
  readonly longestTask: number;
}

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds that the thread worked; others that had the processor meanwhile do not count. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** A page of the app's origin, with a board of so many strokes in its storage; the app is not open yet. */
export async function storeBoard(context: BrowserContext, url: string, count: number): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${url}app/js/inkmesh.css`);
  await page.evaluate((values) => Object.assign(localStorage, values), storedBoard(count));
  await page.addInitScript(watchLoad);
  return page;
}

export async function openBoard(context: BrowserContext, url: string, count: number): Promise<Page> {
  const page = await storeBoard(context, url, count);
  await page.goto(`${url}app/index.html`);
  return page;
}

/** Makes the page's processor so many times as slow. */
export async function slowDown(page: Page, rate: number): Promise<CDPSession> {
  const client = await page.context().newCDPSession(page);
  await client.send("Emulation.setCPUThrottlingRate", { rate });
  return client;
}

/** Milliseconds that the longest task of the page's thread worked meanwhile, at this machine's own speed. */
export async function longestTaskOf<Result>(
  page: Page,
  act: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly longestTask: number }> {
  const browser = page.context().browser()!;
  await browser.startTracing(page, { categories: ["toplevel", "__metadata"] });
  const result = await act();
  const trace = (await browser.stopTracing()).toString();
  const { traceEvents } = JSON.parse(trace) as { traceEvents: TraceEvent[] };
  const threads = new Set(
    traceEvents
      .filter(({ name, args }) => name === "thread_name" && args?.name === "CrRendererMain")
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const tasks = traceEvents.filter(
    ({ name, pid, tid }) => name.endsWith("RunTask") && threads.has(`${pid} ${tid}`),
  );
  expect(tasks.length).toBeGreaterThan(0);
  return { result, longestTask: Math.max(...tasks.map(({ tdur = 0 }) => tdur / 1000)) };
}

export async function frameTimes(page: Page, zoom: boolean): Promise<FrameTimes> {
  const turned = { count: FRAMES, zoom };
  const { result, longestTask } = await longestTaskOf(page, () => page.evaluate(wheelFrames, turned));
  return { frames: result, longestTask };
}

export function goal(what: string, value: number, limit: number, unit: string): string {
  return `${what}: ${value.toFixed(2)} ${unit}, at most ${limit}: ${value <= limit ? "met" : "NOT MET"}`;
}

export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(Math.floor(sorted.length * part), sorted.length - 1)] ?? 0;
}
