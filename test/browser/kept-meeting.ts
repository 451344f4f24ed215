/*
 * Two people who meet once for many tests, which takes far less time than a meeting for each: between two
 * tests both pages are brought back to a bare board with the pen. What that leaves as it is (the history of
 * undo, the settings, whether a pen was seen, layers beside the first) is for tests that ask for a new page.
 */
import type { Frame } from "playwright-core";
import { afterAll, afterEach, beforeEach, expect, vi } from "vitest";
import { clearBoard } from "./clear-board.ts";
import { closeClean } from "./closing.ts";
import { meet, meetingInTest, type Meeting } from "./meeting.ts";
import type { SimulatedPhone } from "./simulator.ts";

interface KeptMeeting extends Meeting {
  /** Called first in a test that looks at what is not brought back: they meet anew, unless they just did. */
  meetAnew(): Promise<void>;
  /** Called in a test that changes what is not brought back: the next one gets a new meeting. */
  closeAfter(): void;
}

/** Alice and Bob. Called once, at the head of a file or of a `describe`. */
export function useKeptMeeting(): KeptMeeting {
  let opened: Meeting | undefined;
  let isNew = true;
  let isLast = false;

  async function close(): Promise<void> {
    const ended = opened;
    opened = undefined;
    isLast = false;
    if (ended) await closeClean(ended.simulator);
  }

  async function open(): Promise<void> {
    opened = await meet();
    isNew = true;
  }

  beforeEach(async () => {
    if (opened === undefined) {
      await open();
      return;
    }
    isNew = false;
    await bringBack(opened);
  });

  afterEach(async ({ task }) => {
    // A test that failed may have left anything.
    if (isLast || task.result?.state === "fail") await close();
    else expect(opened?.simulator.problems()).toEqual([]);
  });

  afterAll(close);

  return {
    ...meetingInTest(() => opened),
    async meetAnew() {
      if (isNew) return;
      await close();
      await open();
    },
    closeAfter() {
      isLast = true;
    },
  };
}

/** No field, panel, selection or notice; layers that take ink; nothing on the board; the pen, at 100 %. */
async function bringBack({ alice, bob, alices, bobs }: Meeting): Promise<void> {
  const [hers, his] = [await alice.frame(), await bob.frame()];
  await alices.press("Escape", "Escape", "Escape", "g");
  await hers.evaluate(() => {
    for (const switchedOn of document.querySelectorAll<HTMLElement>('.layer-row button[data-on="true"]'))
      switchedOn.click();
  });
  await alices.press("Escape", "p");
  await bobs.press("Escape", "Escape", "Escape", "p");
  await vi.waitFor(
    async () => {
      // Hers alone, and so none of his steps; again where something of his came late.
      await clearBoard(hers);
      const [her, him] = [await bareOf(alice, hers), await bareOf(bob, his)];
      expect([her.left, him.left]).toEqual(["0 pen 0", "0 pen 0"]);
      expect(her.board).toBe(him.board);
    },
    { timeout: 30_000, interval: 60 },
  );
  // Of a bare board this is the view that one begins with.
  await alices.press("Home");
  await bobs.press("Home");
}

/** What is open, the tool and the ink of a page, and its board; what notices say is of no test that comes. */
async function bareOf(phone: SimulatedPhone, frame: Frame): Promise<{ left: string; board: string }> {
  const { inked } = await phone.picture();
  return frame.evaluate((ink) => {
    for (const notice of document.querySelectorAll(".notice")) notice.remove();
    const opened = document.querySelectorAll<HTMLElement>("#text-field, .panel, #selection-menu");
    const { tool, board } = document.documentElement.dataset;
    const seen = [...opened].filter((each) => each.checkVisibility()).length;
    return { left: `${seen} ${tool} ${ink}`, board: board ?? "" };
  }, inked);
}
