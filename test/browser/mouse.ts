import type { Page } from "playwright-core";
import type { Place } from "./picture.ts";

/** A good mouse is read a thousand times a second, and a screen shows sixty pictures. */
const AT_ONCE = 16;

/**
 * Moves the mouse through all places, as fast as the browser takes them: it gets several at once, keeps
 * their order, and tells the page of each. One by one, each would take a frame.
 */
export async function moveThrough({ mouse }: Pick<Page, "mouse">, places: readonly Place[]): Promise<void> {
  for (let at = 0; at < places.length; at += AT_ONCE)
    await Promise.all(places.slice(at, at + AT_ONCE).map(([x, y]) => mouse.move(x, y)));
}
