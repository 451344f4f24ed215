import { describe, expect, it } from "vitest";
import { NO_PANEL } from "../browser/panels.ts";
import type { Place } from "../browser/picture.ts";
import { inkOf } from "../browser/state.ts";
import { useWebKitTab } from "./fixture.ts";

/* What is selected and what is done with it; the panels. */
const tab = useWebKitTab();

const MENU = "#selection-menu";
/** Corners, and the middle of the left side. */
const boxOf = (left: number, top: number, width: number, height: number): Place[] => [
  [left, top],
  [left + width, top],
  [left, top + height],
  [left + width, top + height],
  [left, top + height / 2],
];
const BOX = boxOf(300, 240, 80, 60);

async function boxSelected(): Promise<void> {
  await tab.press("r");
  await tab.drag("mouse", [300, 240], [380, 300]);
  await tab.shows(BOX);
  await tab.press("v");
  await tab.tap([300, 270]);
  await tab.untilSeen(MENU);
}

const middleOf = (selector: string): Promise<Place> =>
  tab.evaluate((wanted): Place => {
    const { left, top, width, height } = document.querySelector(wanted)!.getBoundingClientRect();
    return [Math.round(left + width / 2), Math.round(top + height / 2)];
  }, selector);

describe("what is selected", () => {
  it("moves, gets larger, turns and goes, each in one step of the history", async () => {
    await boxSelected();
    await tab.drag("mouse", [340, 270], [360, 370]);
    const moved = boxOf(320, 340, 80, 60);
    await tab.shows(moved, [BOX[0]!]);
    await tab.press("Control+z");
    await tab.shows(BOX);
    const [x, y] = await middleOf('[data-handle="se"]');
    await tab.drag("mouse", [x, y], [x + 80, y + 60]);
    await tab.shows(boxOf(300, 240, 160, 120));
    await tab.press("Control+z");
    await tab.shows(BOX);
    const turn = await middleOf('[data-handle="rotate"]');
    await tab.drag("mouse", turn, [turn[0] + 160, 270]);
    await tab.shows(boxOf(310, 230, 60, 80));
    await tab.press("Control+z");
    await tab.press("Delete");
    await tab.untilSeen(MENU, false);
    await tab.shows([], BOX);
    await tab.press("Control+z");
    await tab.shows(BOX);
  });

  it("is copied, cut and pasted with the keyboard", async () => {
    await boxSelected();
    const once = await inkOf(tab);
    await tab.press("Control+c", "Control+v");
    await expect.poll(() => inkOf(tab)).toBeGreaterThan(1.5 * once);
    await tab.press("Control+x");
    await expect.poll(() => inkOf(tab)).toBe(once);
    await tab.press("Control+v");
    await expect.poll(() => inkOf(tab)).toBeGreaterThan(1.5 * once);
  });

  it("gets another colour from its menu", async () => {
    await boxSelected();
    await tab.click(`${MENU} [data-command="colors"]`);
    await tab.click(`${MENU} button[aria-label="Red"]`);
    await tab.press("Escape");
    await expect
      .poll(async () => {
        const [[red, , blue]] = (await tab.colors([[300, 270]])) as [[number, number, number]];
        return red - blue;
      })
      .toBeGreaterThan(100);
  });
});

interface PanelSeen {
  readonly id: string;
  readonly inPage: boolean;
  readonly rows: readonly string[];
}

/** Runs in the page: the panel that is open. */
function lookAtPanel(): PanelSeen | null {
  const panel = [...document.querySelectorAll(".panel")].find((each) => each.checkVisibility());
  if (!panel) return null;
  const { left, top, right, bottom, height } = panel.getBoundingClientRect();
  return {
    id: panel.id,
    inPage: left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight && height > 40,
    rows: [...panel.querySelectorAll(".menu-row")].map(({ id }) => id),
  };
}

describe("panels", () => {
  it("open where there is room for all of them, and close", async () => {
    const openers = await tab.evaluate(() =>
      [...document.querySelectorAll("#bar button[aria-haspopup]")].map(({ id }) => id),
    );
    const seen: string[] = [];
    const open = async (opener: string, row?: string): Promise<PanelSeen> => {
      await tab.click(`#${opener}`);
      // The first press may only put the tool into the hand.
      if ((await tab.evaluate(lookAtPanel)) === null) await tab.click(`#${opener}`);
      if (row !== undefined) await tab.click(`#${row}`);
      await expect.poll(() => tab.evaluate(lookAtPanel)).toMatchObject({ inPage: true });
      const panel = (await tab.evaluate(lookAtPanel))!;
      seen.push(panel.id);
      return panel;
    };
    const close = async (): Promise<void> => {
      await tab.press("Escape");
      await expect.poll(() => tab.evaluate(lookAtPanel)).toBeNull();
    };
    for (const opener of openers) {
      const { rows } = await open(opener);
      await close();
      for (const row of rows.filter((id) => !NO_PANEL.includes(id))) {
        await open(opener, row);
        await close();
      }
    }
    expect(new Set(seen).size).toBeGreaterThan(8);
  });
});
