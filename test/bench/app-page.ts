/*
 * The built app in a page of a real Chromium, with a stored board, to be measured: what the browser benchmarks
 * have in common.
 */
import type { BrowserContext, CDPSession, Page } from "playwright-core";
import { expect } from "vitest";
import { watchFirstRead, watchLoad, wheelFrames, type WheelTurns } from "./in-page.ts";

/** A phone's. */
export const SCREEN = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 };
/** What the wheel does in the app, to be measured. */
const PANS: WheelTurns = { selector: "#stage", count: 240, zoom: undefined };
const ZOOMS: WheelTurns = { ...PANS, zoom: 4 };

/** Milliseconds that the page's thread worked meanwhile, at this machine's own speed. */
export interface ThreadWork {
  readonly longestTask: number;
  readonly total: number;
}

export interface FrameTimes extends ThreadWork {
  /** Milliseconds between frames. */
  readonly frames: readonly number[];
}

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds that the thread worked; others that had the processor meanwhile do not count. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string; readonly src_func?: string };
}

/** The engine encodes a PNG while it has nothing else to do, and takes up to 50 ms at a time for it, as it allots itself. */
const IDLE_WORK = "IdleEncodeRows";

/** A page of the app's origin, with a board in its storage; the app is not open yet. */
export async function storeBoard(
  context: BrowserContext,
  url: string,
  board: Readonly<Record<string, string>>,
): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${url}app/js/inkmesh.css`);
  await page.evaluate((values) => Object.assign(localStorage, values), board);
  await page.addInitScript(watchFirstRead);
  await page.addInitScript(watchLoad);
  return page;
}

/** Makes the page's processor so many times as slow. */
export async function slowDown(page: Page, rate: number): Promise<CDPSession> {
  const client = await page.context().newCDPSession(page);
  await client.send("Emulation.setCPUThrottlingRate", { rate });
  return client;
}

/** What the page's thread works meanwhile, but for what the engine does in idle time. */
export async function threadWorkOf<Result>(
  page: Page,
  act: () => Promise<Result>,
): Promise<ThreadWork & { readonly result: Result }> {
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
    ({ name, pid, tid, args }) =>
      name.endsWith("RunTask") && threads.has(`${pid} ${tid}`) && args?.src_func !== IDLE_WORK,
  );
  expect(tasks.length).toBeGreaterThan(0);
  const works = tasks.map(({ tdur = 0 }) => tdur / 1000);
  return { result, longestTask: Math.max(...works), total: works.reduce((sum, each) => sum + each, 0) };
}

export async function frameTimes(page: Page, turns: WheelTurns): Promise<FrameTimes> {
  const { result, ...work } = await threadWorkOf(page, () => page.evaluate(wheelFrames, turns));
  return { frames: result, ...work };
}

export const pan = (page: Page): Promise<FrameTimes> => frameTimes(page, PANS);

export const zoom = (page: Page): Promise<FrameTimes> => frameTimes(page, ZOOMS);

/** Megabytes of JavaScript objects, after a collection. */
export async function heapOf(page: Page): Promise<number> {
  const client = await page.context().newCDPSession(page);
  await client.send("HeapProfiler.collectGarbage");
  const { usedSize } = await client.send("Runtime.getHeapUsage");
  return usedSize / 2 ** 20;
}

export function goal(what: string, value: number, limit: number, unit: string): string {
  return `${what}: ${value.toFixed(2)} ${unit}, at most ${limit}: ${value <= limit ? "met" : "NOT MET"}`;
}

export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(Math.floor(sorted.length * part), sorted.length - 1)] ?? 0;
}
