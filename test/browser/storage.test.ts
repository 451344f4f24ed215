/*
 * The storage panel: what the open board takes, page by page, and the boards on this device, which are removed from it
 * after a question. On a board of several pages in memory with made-up boards beside it, and behind the simulated
 * messenger.
 */
import { source } from "axe-core";
import type * as AxeCore from "axe-core";
import type { Frame, Locator } from "playwright-core";
import { describe, expect, it, onTestFinished } from "vitest";
import { closeClean } from "./closing.ts";
import { bothReady } from "./meeting.ts";
import { usePages } from "./pages-app.ts";
import { openSimulator } from "./simulator.ts";

const { open, page, tell, count, openGallery } = usePages();

const panel = (): Locator => page.locator("#panel-storage");
const texts = (selector: string): Promise<string[]> => page.locator(selector).allInnerTexts();
const notice = (kind: string): Locator => page.locator(`.notice[data-kind="${kind}"]`);
const board = (id: string): Locator => page.locator(`#storage-boards [data-id="${id}"]`);
const news = async (): Promise<string> => (await page.locator("#news").textContent()) ?? "";

describe("the storage panel", () => {
  it("opens from the menu, from the gallery and by its key", async () => {
    await open();
    await page.locator("#menu-button").click();
    await page.locator("#storage-button").click();
    expect(await panel().isVisible()).toBe(true);
    await page.keyboard.press("j");
    expect(await panel().isVisible()).toBe(false);
    await openGallery();
    await page.locator("#gallery-storage").click();
    expect(await panel().isVisible()).toBe(true);
    expect(await page.locator("#panel-pages").isVisible()).toBe(false);
    await page.keyboard.press("Escape");
    expect(await panel().isVisible()).toBe(false);
  });

  it("says what the board and each page take, and goes to a page", async () => {
    await open({ strokes: 4 });
    await page.keyboard.press("j");
    expect(await texts("#storage-total")).toEqual(["This board takes 1.3 MB on this device."]);
    expect(await texts("#storage-pages li")).toEqual([
      "Page 1\n49 kB",
      "Page 2\n49 kB",
      "Page 3\n49 kB · 93 % full",
    ]);
    expect(await page.locator("#storage-removed").isVisible()).toBe(false);
    expect(await page.locator("#storage-pages [aria-current]").innerText()).toContain("Page 1");
    await page.locator("#storage-pages li").nth(1).locator("button").click();
    await expect.poll(count).toBe("2 / 3");
    expect(await panel().isVisible()).toBe(false);
  });

  it("empties removed pages after asking", async () => {
    await open({ strokes: 4 });
    await tell((pages, id) => pages.remove(id), "rs.1");
    await page.keyboard.press("j");
    const removed = page.locator("#storage-removed");
    expect(await removed.innerText()).toContain("1 removed page\n49 kB");
    await removed.getByRole("button", { name: "Empty removed pages" }).click();
    await notice("pages-empty").getByRole("button", { name: "Delete for good" }).click();
    await expect.poll(() => removed.isVisible()).toBe(false);
  });

  it("removes another board after a question, by keyboard, and says so; the open one stays", async () => {
    await open();
    await page.keyboard.press("j");
    expect(await texts("#storage-boards .removed-title")).toHaveLength(4);
    expect(await board("open").getByRole("button").count()).toBe(0);
    expect(await board("open").innerText()).toContain("Open now, so it stays");
    await board("group").getByRole("button").press("Enter");
    const question = notice("board-remove");
    expect(await question.innerText()).toContain("What they have of it stays with them");
    await question.getByRole("button", { name: "Keep" }).press("Enter");
    expect(await board("group").count()).toBe(1);
    await board("group").getByRole("button").press("Enter");
    await question.getByRole("button", { name: "Remove" }).press("Enter");
    await expect.poll(() => board("group").count()).toBe(0);
    await expect.poll(news).toContain("Removed from this device: ");
    await board("private").getByRole("button", { name: "Remove: Private board" }).click();
    expect(await question.innerText()).toContain("gone for good");
    await question.getByRole("button", { name: "Delete for good" }).click();
    await expect.poll(() => board("private").count()).toBe(0);
    await board("older").getByRole("button").click();
    await question.getByRole("button", { name: "Remove" }).click();
    await notice("board-stays").waitFor();
    expect(await board("older").count()).toBe(1);
  });

  it.each([
    { language: "en", width: 390, height: 844, colorScheme: "light" },
    { language: "ar", width: 390, height: 844, colorScheme: "dark" },
    { language: "de", width: 1280, height: 800, colorScheme: "dark" },
  ] as const)("has nothing for axe to find: $language, $width, $colorScheme", async (look) => {
    const { language, width, height, colorScheme } = look;
    await open({ language, strokes: 4, room: 40 }, { viewport: { width, height }, colorScheme });
    await tell((pages, id) => pages.remove(id), "rs.1");
    await page.keyboard.press("j");
    await page.locator("#pages-left").waitFor();
    const box = (await panel().boundingBox())!;
    expect(box.x).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width).toBeLessThanOrEqual(width);
    expect(await panel().evaluate((each) => each.scrollWidth <= each.clientWidth)).toBe(true);
    await page.evaluate(source);
    const found = await page.evaluate(async () => {
      const axe = (window as unknown as { axe: typeof AxeCore }).axe;
      const { violations } = await axe.run("#panel-storage", { resultTypes: ["violations"] });
      return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ""}`);
    });
    expect(found).toEqual([]);
  });
});

describe("on a phone", () => {
  it("says what the session has stored of the open board", async () => {
    const simulator = await openSimulator();
    onTestFinished(() => closeClean(simulator));
    const [alice, bob] = await bothReady(simulator);
    await bob.draw([
      [100, 200],
      [180, 240],
    ]);
    await simulator.boardsEqual();
    const panelOf = async (): Promise<Frame> => {
      const frame = await alice.frame();
      await frame.locator("#back-button").press("j");
      return frame;
    };
    const frame = await panelOf();
    await expect.poll(() => frame.locator("#storage-boards li").count()).toBe(1);
    expect(await frame.locator("#storage-total").innerText()).toMatch(/^This board takes [\d.]+ kB/u);
  });
});
