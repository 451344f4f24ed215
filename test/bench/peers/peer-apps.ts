/*
 * Inkmesh, Excalidraw and tldraw in pages of one Chromium, each with the same strokes and the same view of them: what
 * is done to them while they are measured is said here once for all three.
 *
 * The strokes are as a finger or a mouse brings them, and each app turned them into what it stores by its own means.
 * Inkmesh has that in the page's localStorage, where it is kept. Excalidraw's package keeps nothing, and the JSON
 * of 10,000 strokes has no room in localStorage: it is fetched from this machine and given as initialData, and
 * tldraw's snapshot likewise; both are asked for before the app's own script.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { SCREEN, storeBoard } from "../app-page.ts";
import { watchShown, zoomToFull } from "../in-page.ts";
import { placedStrokes, sideOf, storedBoard } from "../stored-board.ts";
import { HOME } from "./packages.ts";

/** What excalidraw.jsx and tldraw.jsx give. */
interface PeerPage {
  store(strokes: readonly PlainStroke[], zoom: number): string;
  toFull(): void;
  takePen(): void;
  /** How many things are on the board. */
  count(): number;
}

interface PlainStroke {
  readonly points: readonly (readonly [x: number, y: number])[];
  readonly width: number;
  readonly color: string;
}

declare global {
  interface Window {
    peer: PeerPage;
  }
}

/** How far the wheel zooms in, from all in view on. */
const ZOOM_RANGE = 8;
/** In Inkmesh, as a power of e. */
const ZOOM_PER_PIXEL = 0.006;
/** The least in Inkmesh and Excalidraw; tldraw would go on to half of it. */
const MIN_ZOOM = 0.1;
/** Of the screen's width, which the strokes' square takes where Inkmesh shows all of them. */
const FILLED = 0.62;

export interface App {
  readonly name: string;
  /** What takes the wheel. */
  readonly surface: string;
  /** Makes what the app stores of so many strokes, and resolves with how many characters that are. */
  prepare(browser: Browser, count: number): Promise<number>;
  /** A page that will open them. Resolves with it and its address. */
  page(context: BrowserContext, count: number): Promise<readonly [page: Page, address: string]>;
  /** Pixels of each of so many turns of the wheel that zoom in `ZOOM_RANGE` times. */
  wheelStep(count: number, turns: number): number;
  /** Shows the middle of the strokes at 100 %, with the pen in hand. */
  zoomToFull(page: Page, count: number): Promise<void>;
}

export function inkmesh(url: string): App {
  const boards = new Map<number, Record<string, string>>();
  return {
    name: "Inkmesh",
    surface: "#stage",
    prepare(_, count) {
      const board = storedBoard(count);
      boards.set(count, board);
      return Promise.resolve(Object.values(board).reduce((sum, { length }) => sum + length, 0));
    },
    async page(context, count) {
      const page = await storeBoard(context, url, boards.get(count)!);
      // In the same way as the others, which is later.
      await page.addInitScript(watchShown, "#cached-ink");
      return [page, `${url}app/index.html`];
    },
    wheelStep: (_, turns) => Math.log(ZOOM_RANGE) / turns / ZOOM_PER_PIXEL,
    async zoomToFull(page, count) {
      // Each of these turns zooms by a quarter.
      await page.evaluate(zoomToFull, Math.round(Math.log(1 / fittingZoom(count)) / Math.log(1.26)));
    },
  };
}

export function excalidraw(url: string, root: string): App {
  return peer(url, root, {
    name: "Excalidraw",
    surface: ".excalidraw__canvas.interactive",
    ink: ".excalidraw__canvas.static",
    // A turn adds its pixels to the per cent.
    wheelStep: (count, turns) => (100 * (ZOOM_RANGE - 1) * fittingZoom(count)) / turns,
  });
}

export function tldraw(url: string, root: string): App {
  return peer(url, root, {
    name: "tldraw",
    surface: ".tl-canvas",
    ink: ".tl-shape[data-shape-type=draw] path",
    // A turn adds so many per cent of what there is.
    wheelStep: (_, turns) => 100 * (ZOOM_RANGE ** (1 / turns) - 1),
  });
}

function peer(
  url: string,
  root: string,
  app: Pick<App, "name" | "surface" | "wheelStep"> & { readonly ink: string },
): App {
  const id = app.name.toLowerCase();
  const address = `${url}${HOME}/pages/${id}.html`;
  const boardOf = (count: number): string => `${HOME}/boards/${id}-${count}.json`;
  return {
    ...app,
    async prepare(browser, count) {
      const context = await browser.newContext(SCREEN);
      try {
        const page = await context.newPage();
        await page.goto(address);
        await page.waitForSelector(app.surface);
        // As one text: objects that are handed over take the browser a gigabyte.
        const given = { strokes: JSON.stringify(plainStrokes(count)), zoom: fittingZoom(count) };
        const stored = await page.evaluate(
          ({ strokes, zoom }) => window.peer.store(JSON.parse(strokes) as PlainStroke[], zoom),
          given,
        );
        await mkdir(join(root, HOME, "boards"), { recursive: true });
        await writeFile(join(root, boardOf(count)), stored);
        return stored.length;
      } finally {
        await context.close();
      }
    },
    async page(context, count) {
      const page = await context.newPage();
      await page.addInitScript(watchShown, app.ink);
      return [page, `${address}?board=/${boardOf(count)}`];
    },
    async zoomToFull(page, count) {
      const strokes = await page.evaluate(() => {
        window.peer.toFull();
        window.peer.takePen();
        return window.peer.count();
      });
      // An app may have left some out without a word.
      if (strokes !== count) throw new Error(`${app.name} has ${strokes} strokes of ${count}.`);
    },
  };
}

/** The zoom at which Inkmesh opens so many strokes: all of them are in view, as far as the apps go. */
function fittingZoom(count: number): number {
  return Math.max(MIN_ZOOM, Math.min((FILLED * SCREEN.viewport.width) / sideOf(count), 1));
}

function plainStrokes(count: number): PlainStroke[] {
  const round = (value: number): number => Math.round(value * 100) / 100;
  return placedStrokes(count).map(({ header, samples }) => ({
    points: samples.map(({ x, y }) => [round(x), round(y)] as const),
    width: header.width,
    color: `#${header.color.toString(16).padStart(6, "0")}`,
  }));
}
