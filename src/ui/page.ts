import type { Box } from "../base/geometry.ts";
import type { Insets } from "./camera/auto-camera.ts";

/** The elements of the page that the app fills, by their ids in index.html. */
export interface Page {
  readonly root: HTMLElement;
  readonly surface: HTMLElement;
  readonly cached: HTMLCanvasElement;
  readonly live: HTMLCanvasElement;
  readonly contacts: HTMLElement;
  readonly strip: HTMLElement;
  readonly dock: HTMLElement;
  readonly notices: HTMLElement;
  /** Says aloud what the contacts do. */
  readonly news: HTMLElement;
  readonly panels: HTMLElement;
  readonly bar: HTMLElement;
}

/** What the strip and the bar cover of the canvas. */
export function coveredBy({ surface, strip, bar }: Page): Insets {
  const canvas = surface.getBoundingClientRect();
  const above = strip.getBoundingClientRect().bottom - canvas.top;
  const below = canvas.bottom - bar.getBoundingClientRect().top;
  return { top: Math.max(above, 0), right: 0, bottom: Math.max(below, 0), left: 0 };
}

/** Where an element lies, in CSS pixels of the canvas. */
export function boxOn(surface: HTMLElement, part: HTMLElement): Box {
  const canvas = surface.getBoundingClientRect();
  const { left, top, right, bottom } = part.getBoundingClientRect();
  return {
    minX: left - canvas.left,
    minY: top - canvas.top,
    maxX: right - canvas.left,
    maxY: bottom - canvas.top,
  };
}

export function findPage(): Page {
  const find = <T extends HTMLElement>(id: string, kind: abstract new () => T): T => {
    const found = document.getElementById(id);
    if (!(found instanceof kind)) throw new Error(`The page lacks #${id}`);
    return found;
  };
  return {
    root: document.documentElement,
    surface: find("stage", HTMLElement),
    cached: find("cached-ink", HTMLCanvasElement),
    live: find("live-ink", HTMLCanvasElement),
    contacts: find("contacts", HTMLElement),
    strip: find("strip", HTMLElement),
    dock: find("dock", HTMLElement),
    notices: find("notices", HTMLElement),
    news: find("news", HTMLElement),
    panels: find("panels", HTMLElement),
    bar: find("bar", HTMLElement),
  };
}
