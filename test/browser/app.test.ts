import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeEach, describe, expect, it } from "vitest";
import { parseAppInfo } from "../../src/package/appinfo.ts";
import { useApp } from "./fixture.ts";
import type { Place } from "./picture.ts";
import { untilReady } from "./state.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

const { open, page, touch, draw, idle, inked } = useApp();

/** Red, green and blue of the finished ink at a place. */
function colorAt(place: Place): Promise<number[]> {
  return page.evaluate(([x, y]) => {
    const canvas = document.getElementById("cached-ink") as HTMLCanvasElement;
    const copy = new OffscreenCanvas(1, 1).getContext("2d")!;
    copy.drawImage(canvas, -x, -y, canvas.clientWidth, canvas.clientHeight);
    return [...copy.getImageData(0, 0, 1, 1).data.slice(0, 3)];
  }, place);
}

async function choose(button: string, choice: string): Promise<void> {
  await page.locator(button).click();
  await page.getByRole("radio", { name: choice, exact: true }).click();
}

beforeEach(() => open());

describe("what a person chooses", () => {
  it("a colour of the palette is the colour of the ink", async () => {
    await choose("#ink-button", "Red");
    await draw([100, 300], [200, 300]);
    const [red, green, blue] = await colorAt([150, 300]);
    expect(red).toBeGreaterThan(180);
    expect(Math.max(green!, blue!)).toBeLessThan(100);
  });

  it("notes have six soft colours of their own, in their panel and beside one that is selected", async () => {
    const words = page.locator("#words-button");
    await words.click();
    await words.click();
    const names = (): Promise<string[]> =>
      page
        .getByRole("radiogroup", { name: "Colour" })
        .getByRole("radio")
        .evaluateAll((radios) => radios.map((radio) => radio.getAttribute("aria-label") ?? ""));
    await page.getByRole("radio", { name: "Text", exact: true }).check();
    expect(await names()).toHaveLength(12);
    await page.getByRole("radio", { name: "Note", exact: true }).check();
    const six = ["Yellow", "Orange", "Pink", "Violet", "Sky blue", "Green"];
    expect(await names()).toEqual(six);
    await page.getByRole("radio", { name: "Sky blue" }).click();
    await page.mouse.click(195, 300);
    await page.keyboard.type("Hi");
    await page.keyboard.press("Escape");
    await idle();
    expect(await colorAt([195, 360])).toEqual([0xc5, 0xe3, 0xfc]);
    await page.keyboard.press("Control+a");
    await page.getByRole("button", { name: "Change colour" }).click();
    const drawer = page.locator(".selection-drawer button");
    expect(await drawer.evaluateAll((all) => all.map((each) => each.getAttribute("aria-label")))).toEqual(
      six,
    );
    await drawer.nth(2).click();
    await idle();
    expect(await colorAt([195, 360])).toEqual([0xff, 0xc9, 0xdd]);
    await page.keyboard.press("Escape");
    await page.keyboard.press("p");
    await draw([100, 600], [200, 600]);
    await page.keyboard.press("Control+a");
    await page.getByRole("button", { name: "Change colour" }).click();
    expect(await drawer.count()).toBe(12);
  });

  it("a colour of one's own is made with sliders that work by keyboard", async () => {
    await page.locator("#ink-button").click();
    const hue = page.getByRole("slider", { name: "Hue" });
    await hue.focus();
    await page.keyboard.press("Home");
    for (let step = 0; step < 4; step++) await page.keyboard.press("PageUp");
    const own = page.getByRole("radio", { name: "Your own colour" });
    await expect.poll(() => own.isChecked()).toBe(true);
    await page.keyboard.press("Escape");
    await draw([100, 300], [200, 300]);
    const [red, green, blue] = await colorAt([150, 300]);
    expect(Math.max(red!, green!, blue!) - Math.min(red!, green!, blue!)).toBeGreaterThan(40);
  });

  it("a larger brush leaves more ink", async () => {
    await choose("#ink-button", "2 px");
    await draw([100, 300], [280, 300]);
    const thin = await inked();
    await choose("#ink-button", "14 px");
    await draw([100, 500], [280, 500]);
    expect((await inked()) - thin).toBeGreaterThan(4 * thin);
  });

  it("clear acts at once, and its notice takes it back", async () => {
    await draw([100, 300], [200, 300]);
    const before = await inked();
    await page.locator("#menu-button").click();
    await page.getByRole("button", { name: "Clear the board" }).click();
    expect(await inked()).toBe(0);
    await page.locator("#notices").getByRole("button", { name: "Undo" }).click();
    expect(await inked()).toBe(before);
  });

  it("what was drawn is there after a reload", async () => {
    await draw([100, 300], [200, 340]);
    const before = await inked();
    await page.reload();
    await untilReady(page);
    await expect.poll(inked).toBe(before);
  });
});

describe("fingers", () => {
  it("one draws", async () => {
    await touch.down([100, 300]);
    await touch.moveTo([[260, 320]], 20);
    await touch.up();
    expect(await inked()).toBeGreaterThan(200);
  });

  it("two pinch: the view is nearer, and no stroke is left, nor anything to undo", async () => {
    await draw([150, 400], [240, 400]);
    const before = await inked();
    await touch.down([180, 400], [210, 400]);
    await touch.moveTo(
      [
        [100, 400],
        [290, 400],
      ],
      20,
    );
    await touch.up();
    expect(await inked()).toBeGreaterThan(2 * before);
    await page.locator("#undo-button").click();
    expect(await inked()).toBe(0);
    expect(await page.locator("#undo-button").getAttribute("aria-disabled")).toBe("true");
    await page.locator("#redo-button").click();
    await page.locator("#show-all-button").click();
    await expect.poll(inked).toBe(before);
  });
});

describe("a phone's page", () => {
  it("has targets of at least 44 px, 320 and 390 px wide, in every panel", async () => {
    const groups = ["ink", "erase", "shape", "words", "point"].map((group) => `#${group}-button`);
    const panels = [undefined, ...groups, "#menu-button", "layers", "background", "settings", "help"];
    for (const panel of panels) {
      if (panel?.startsWith("#")) {
        await page.locator(panel).click();
        // Of a tool that is not in the hand yet, the second press shows the kinds.
        if (panel !== "#ink-button" && panel !== "#menu-button") await page.locator(panel).click();
      } else if (panel) {
        await page.keyboard.press({ layers: "g", background: "b", settings: "s", help: "?" }[panel]!);
      }
      // A panel grows as it opens.
      await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)));
      for (const width of [320, 390]) {
        await page.setViewportSize({ width, height: 700 });
        const small = await page.evaluate(() =>
          [...document.querySelectorAll("button, [role=radio], [role=slider], input")]
            .map((target) => ({
              name: target.id || target.getAttribute("aria-label"),
              box: target.getBoundingClientRect(),
            }))
            .filter(({ box }) => box.width > 0 && Math.min(box.width, box.height) < 44)
            .map(({ name, box }) => `${name}: ${box.width} x ${box.height}`),
        );
        expect(small, `${panel} at ${width} px`).toEqual([]);
      }
      await page.keyboard.press("Escape");
    }
  });

  it("neither selects, scrolls, bounces nor zooms under the finger, and knows the safe areas", async () => {
    const styles = await page.evaluate(() => {
      const root = getComputedStyle(document.documentElement);
      const body = getComputedStyle(document.body);
      const stage = getComputedStyle(document.getElementById("stage")!);
      return {
        select: body.userSelect,
        touch: stage.touchAction,
        bounce: root.overscrollBehaviorY,
        scrolls: document.documentElement.scrollHeight > window.innerHeight,
        viewport: document.querySelector<HTMLMetaElement>("meta[name=viewport]")!.content,
      };
    });
    expect(styles).toMatchObject({ select: "none", touch: "none", bounce: "none", scrolls: false });
    expect(styles.viewport).toContain("viewport-fit=cover");
    const css = await readFile(join(ROOT, "app/css/tokens.css"), "utf8");
    for (const side of ["top", "right", "bottom", "left"]) expect(css).toContain(`safe-area-inset-${side}`);
  });

  it("is dark where the system is", async () => {
    const paper = (): Promise<number[]> => colorAt([5, 400]);
    // The first frame may be yet to come.
    await expect.poll(async () => Math.min(...(await paper()))).toBeGreaterThan(240);
    await page.emulateMedia({ colorScheme: "dark" });
    await expect.poll(async () => Math.max(...(await paper()))).toBeLessThan(40);
  });

  it("says in one line that there is no messenger, and works", async () => {
    expect(await page.locator("#remark").textContent()).toContain("No Spixi here");
    expect(await page.locator("#presence-text").textContent()).toBe("Private board");
  });
});

it("appinfo.spixi says what the messenger is told", async () => {
  const info = parseAppInfo(await readFile(join(ROOT, "appinfo.spixi"), "utf8"));
  const fields = info.ok ? Object.fromEntries(info.info.fields) : {};
  expect(fields).toMatchObject({ id: "com.inkmesh.canvas", name: "Inkmesh", minUsers: "1", maxUsers: "20" });
  expect(new Set(fields["capabilities"]?.split(/\s*,\s*/u))).toEqual(new Set(["multiUser", "singleUser"]));
});
