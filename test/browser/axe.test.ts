import { source } from "axe-core";
import type * as AxeCore from "axe-core";
import type { RunOptions } from "axe-core";
import type { BrowserContextOptions, Frame, Page } from "playwright-core";
import { afterEach, describe, expect, it, onTestFinished } from "vitest";
import { drawOn, openAlone, type AloneApp } from "./alone.ts";
import { CALL_SCENES, showCall } from "./call-scenes.ts";
import { clearBoard } from "./clear-board.ts";
import { closeClean } from "./closing.ts";
import { buildCrowd, openCrowd } from "./crowd.ts";
import { meet } from "./meeting.ts";
import { eachPanel } from "./panels.ts";
import { circle } from "./places.ts";

/** Asked for more, axe-core takes three times as long. */
const ALL_RULES: RunOptions = { resultTypes: ["violations"] };
/** What a dark page may change. */
const CONTRAST: RunOptions = { ...ALL_RULES, runOnly: ["color-contrast"] };

let app: AloneApp | undefined;
let found: Record<string, readonly string[]>;

afterEach(async () => {
  await app?.close();
  app = undefined;
});

/** What axe-core finds on the page as it is, one line for each element. */
async function findings(shown: Page | Frame, options: RunOptions): Promise<readonly string[]> {
  // Contrast is judged when nothing moves or fades any more.
  await shown.waitForFunction(() =>
    document.getAnimations().every(({ playState }) => playState !== "running"),
  );
  return shown.evaluate(async (asked) => {
    const { violations } = await (window as unknown as { axe: typeof AxeCore }).axe.run(asked);
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id} (${help}): ${html} ${failureSummary ?? ""}`),
    );
  }, options);
}

type Look = (name: string) => Promise<void>;

/** Looks at a page in light by all rules, and in dark, where that is asked for, at its colours. */
async function lookAt(page: Page, shown: Page | Frame, alsoDark: boolean): Promise<Look> {
  found = {};
  await shown.evaluate(source);
  return async (name) => {
    for (const colorScheme of alsoDark ? (["dark", "light"] as const) : (["light"] as const)) {
      await page.emulateMedia({ colorScheme });
      const here = await findings(shown, colorScheme === "dark" ? CONTRAST : ALL_RULES);
      if (here.length > 0) found[`${name}, ${colorScheme}`] = here;
    }
  };
}

/** A board with a circle. */
async function openPage(options: BrowserContextOptions): Promise<Page> {
  app = await openAlone({ ...options, reducedMotion: "reduce" });
  const page = await app.open();
  await drawOn(page, circle([195, 200], 60));
  return page;
}

describe("axe-core finds nothing", () => {
  it.each(["en", "ar"])("on a phone, in %s", async (locale) => {
    const page = await openPage({ viewport: { width: 390, height: 844 }, locale });
    const look = await lookAt(page, page, locale === "en");
    await look("at rest");
    await eachPanel(page, (panel) => look(panel));
    await clearBoard(page);
    await page.locator(".notice").waitFor();
    await look("with a notice");
    // The notice and its button may be gone before all of it was looked at.
    await page.locator("#undo-button").click();
    await page.locator("#undo-button").press("+");
    await page.locator("#show-all-button").waitFor();
    await look("zoomed");
    await page.locator("#show-all-button").click();
    await page.keyboard.press("v");
    await page.locator("#selection-start").waitFor();
    await look("with nothing selected");
    await page.keyboard.press("Control+a");
    for (const drawer of ["colors", "layers"]) {
      await page.locator(`#selection-menu [data-command="${drawer}"]`).click();
      await look(`a selection and its ${drawer}`);
    }
    await page.keyboard.press("n");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Enter");
    await page.keyboard.type("Words");
    await look("a note that is typed");
    expect(found).toEqual({});
  });

  it.each([
    [844, 390],
    [1440, 900],
  ])("at %i x %i, where panels are laid out anew", async (width, height) => {
    const page = await openPage({ viewport: { width, height } });
    const look = await lookAt(page, page, false);
    await page.locator("#menu-button").press("+");
    await page.locator("#show-all-button").waitFor();
    for (const key of ["c", "g", "b", "s", "?"]) {
      await page.keyboard.press(key);
      await look(`the panel of ${key}`);
      await page.keyboard.press("Escape");
    }
    await page.keyboard.press("Control+a");
    await page.locator('#selection-menu [data-command="colors"]').click();
    await look("a selection");
    expect(found).toEqual({});
  });

  it.each(["en", "ar"])("in a call, in %s", async (language) => {
    const viewport = { width: 390, height: 844 };
    const crowd = await openCrowd(await buildCrowd(), { viewport, reducedMotion: "reduce" }, { language });
    onTestFinished(() => closeClean(crowd));
    const look = await lookAt(crowd.page, crowd.page, true);
    for (const [name, people, call] of CALL_SCENES) {
      await showCall(crowd, people, call);
      await look(name);
    }
    expect(found).toEqual({});
  });

  it("with a contact who is beyond the edge, and who is followed and clears the board", async () => {
    const { simulator, alice, bob, alices, bobs } = await meet();
    onTestFinished(() => closeClean(simulator));
    const shown = await alice.frame();
    await simulator.page.emulateMedia({ reducedMotion: "reduce" });
    const look = await lookAt(simulator.page, shown, true);
    await bobs.press("+", ...Array.from({ length: 8 }, () => "ArrowLeft"));
    await shown.locator(".edge-arrow").waitFor();
    await look("beyond the edge");
    await alices.press("f");
    await shown.locator('.person-button[aria-pressed="true"]').waitFor();
    await bobs.drag([100, 300], [200, 340]);
    await simulator.boardsEqual();
    await clearBoard(await bob.frame());
    await shown.locator(".notice").waitFor();
    await bobs.start([100, 300], [200, 340]);
    await shown.locator('.cursor[data-state="drawing"] .cursor-tip').waitFor();
    await look("followed");
    expect(await shown.locator(".notice").count()).toBe(1);
    await bobs.lift();
    expect(found).toEqual({});
  });
});
