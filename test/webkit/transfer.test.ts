import { expect, it } from "vitest";
import { inkOf } from "../browser/state.ts";
import { useWebKitTab } from "./fixture.ts";

/* The ways out and in, in the engine of iPhones. */
const tab = useWebKitTab();

const LINE = [
  [300, 240],
  [380, 240],
] as const;

const notice = (): Promise<string> =>
  tab.evaluate(() => document.querySelector('.notice[data-kind="transfer"]')?.textContent ?? "", undefined);

async function choose(format: string): Promise<void> {
  await tab.press("Control+s");
  await tab.untilSeen("#export-panel");
  await tab.evaluate((wanted) => {
    const select = document.querySelector<HTMLSelectElement>("#export-format")!;
    select.value = wanted;
    select.dispatchEvent(new Event("change"));
  }, format);
}

it("a picture is shown by itself, under a data address", async () => {
  await tab.drag("mouse", ...LINE);
  await choose("png");
  await tab.click("#export-show");
  await tab.untilSeen("#clean-view img");
  const picture = await tab.evaluate(() => {
    const { src, naturalWidth } = document.querySelector<HTMLImageElement>("#clean-view img")!;
    return { src: src.slice(0, 22), naturalWidth };
  }, undefined);
  expect(picture.src).toBe("data:image/png;base64,");
  expect(picture.naturalWidth).toBeGreaterThan(200);
  await tab.click("#close-clean-view");
  await tab.untilSeen("#clean-view", false);
});

it("a board goes out as text, and comes back from it", async () => {
  await tab.drag("mouse", ...LINE);
  const before = await inkOf(tab);
  await choose("inkmesh");
  await tab.click("#export-copy");
  await expect.poll(notice).toContain("Copied");
  await tab.press("Control+a", "Delete");
  await expect.poll(() => inkOf(tab)).toBe(0);
  const paste = (text: string): Promise<void> =>
    tab.evaluate((given) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", given);
      const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
      document.body.dispatchEvent(event);
    }, text);
  await tab.press("Control+v");
  await expect.poll(() => inkOf(tab)).toBeGreaterThan(0.9 * before);
  await paste(
    JSON.stringify({
      type: "excalidraw",
      elements: [{ type: "ellipse", x: 0, y: 0, width: 90, height: 90 }],
    }),
  );
  await expect.poll(() => inkOf(tab)).toBeGreaterThan(1.2 * before);
});
