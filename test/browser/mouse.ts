/*
 * A mouse, through the browser's own input. Playwright's asks every frame of the page before and after each move
 * with a button down whether something is being dragged out of the page, which costs more than all that the app
 * does; and between its moves and the end of a stroke there is time enough, on a busy machine, for a line to be
 * held still until it becomes a shape. Here the browser gets a whole way at once, and is told the times.
 */
import type { CDPSession, Page } from "playwright-core";
import type { Place } from "./picture.ts";

export interface Mouse {
  /** Shift is down, or no more. */
  shift(isDown: boolean): Promise<void>;
  /** Moves through all places, the button as it is. */
  move(...places: readonly Place[]): Promise<void>;
  /** Moves to the first place, presses there, and moves through the others. */
  press(...places: readonly Place[]): Promise<void>;
  /** Moves on through the places, and lets go at the last, or where it is. */
  lift(...places: readonly Place[]): Promise<void>;
  /** Presses at the first place, moves through the others, and lets go. */
  drag(...places: readonly Place[]): Promise<void>;
  /** Two clicks that belong together. */
  doubleClick(place: Place): Promise<void>;
}

interface MouseEvent {
  readonly type: "mousePressed" | "mouseMoved" | "mouseReleased";
  readonly at: Place;
  readonly clicks?: number;
}

/** Between two events: as a good mouse. All of a way is told to be over not much later than it is. */
const STEP_MS = 4;
const SHIFT = 8;

const mice = new WeakMap<Page, Promise<Mouse>>();

/** The one mouse of a page. */
export function mouseOf(given: Page): Promise<Mouse> {
  // What stands in for a page is none for the browser.
  const page = given.mainFrame().page();
  let mouse = mice.get(page);
  if (!mouse) {
    mouse = page
      .context()
      .newCDPSession(page)
      .then((session) => createMouse(page, session));
    mice.set(page, mouse);
  }
  return mouse;
}

function createMouse(page: Page, session: CDPSession): Mouse {
  let last: Place = [0, 0];
  let isDown = false;
  let modifiers = 0;
  let now = 0;

  /** All at once: the browser keeps their order. */
  const send = async (events: readonly MouseEvent[]): Promise<void> => {
    // What came between, by keys or fingers, came before.
    now = Math.max(now, Date.now());
    await Promise.all(
      events.map(({ type, at, clicks = 0 }) => {
        now += STEP_MS;
        last = at;
        if (type !== "mouseMoved") isDown = type === "mousePressed";
        return session.send("Input.dispatchMouseEvent", {
          type,
          x: at[0],
          y: at[1],
          modifiers,
          button: isDown || type === "mouseReleased" ? "left" : "none",
          buttons: isDown ? 1 : 0,
          clickCount: clicks,
          force: isDown ? 0.5 : 0,
          timestamp: now / 1000,
        });
      }),
    );
  };
  const moves = (places: readonly Place[]): MouseEvent[] => places.map((at) => ({ type: "mouseMoved", at }));
  const press = (at: Place, clicks: number): MouseEvent => ({ type: "mousePressed", at, clicks });
  const release = (at: Place, clicks: number): MouseEvent => ({ type: "mouseReleased", at, clicks });
  const pressed = ([first, ...rest]: readonly Place[]): MouseEvent[] => [
    ...moves([first!]),
    press(first!, 1),
    ...moves(rest),
  ];

  return {
    async shift(down) {
      await (down ? page.keyboard.down("Shift") : page.keyboard.up("Shift"));
      modifiers = down ? SHIFT : 0;
    },
    move: (...places) => send(moves(places)),
    press: (...places) => send(pressed(places)),
    lift: (...places) => send([...moves(places), release(places.at(-1) ?? last, 1)]),
    drag: (...places) => send([...pressed(places), release(places.at(-1)!, 1)]),
    doubleClick: (place) =>
      send([...pressed([place]), release(place, 1), press(place, 2), release(place, 2)]),
  };
}
