import type { Browser, Frame } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "./browser.ts";
import { endMeeting, meet, type Meeting } from "./meeting.ts";
import { eachPanel } from "./panels.ts";
import { walkByTab } from "./tab-walk.ts";
import { createTouch } from "./touch.ts";

let browser: Browser;
let meeting: Meeting;
let app: Frame;

beforeAll(async () => {
  browser = await launchBrowser();
  meeting = await meet(browser);
  await meeting.simulator.page.emulateMedia({ reducedMotion: "reduce" });
  app = await meeting.alice.frame();
});

afterAll(async () => {
  await endMeeting(meeting.simulator);
  await browser.close();
});

/** A pen that only hovers is a pen too. */
async function showPen(): Promise<void> {
  const box = (await meeting.alice.screen.boundingBox())!;
  const touch = await createTouch(meeting.simulator.page);
  await touch.pen("hover", [box.x + 180, box.y + 300]);
}

describe("the Tab key, and arrows within groups", () => {
  it("reach all there is, each with an outline to be seen by", async () => {
    const { alices, bobs, simulator } = meeting;
    // Beyond the edge of what Alice sees.
    await bobs.press("+", ...Array.from({ length: 8 }, () => "ArrowLeft"));
    await alices.press("+", "r");
    await alices.drag([100, 300], [160, 360]);
    await alices.press("Control+a");
    await app.locator('#selection-menu [data-command="colors"]').click();
    await app.locator(".edge-arrow").waitFor();
    await showPen();
    await app.locator(".notice-action").waitFor();
    const { wanted, reached } = await walkByTab(simulator.page, app);
    expect(reached).toEqual(wanted);
    for (const some of ["back-button", "fingers-button", "zoom-button", "show-all-button", "bar"])
      expect(wanted.stops).toContain(some);
    for (const some of ["Rotate", "duplicate", "Red", "Show me", "Follow", "Draw with fingers"])
      expect(wanted.stops.join()).toContain(some);
  });

  it("reach all of each panel", async () => {
    const panels: string[] = [];
    await eachPanel(app, async (panel) => {
      panels.push(panel);
      const { wanted, reached } = await walkByTab(meeting.simulator.page, app, ".panel:not([hidden])");
      expect(reached, panel).toEqual(wanted);
    });
    expect(panels).toHaveLength(10);
  });
});
