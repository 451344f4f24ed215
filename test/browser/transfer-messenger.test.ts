import type { Frame } from "playwright-core";
import { expect, it } from "vitest";
import { useKeptMeeting } from "./kept-meeting.ts";
import { openSimulator } from "./simulator.ts";

/* The ways out in the messenger, where there are no downloads: what is drawn goes as text in a chat. */
const { simulator, alice, bob, alices, bobs } = useKeptMeeting();

it("what is copied as text comes back on another board", async () => {
  const frame = await bob.frame();
  await bobs.press("r");
  await bobs.drag([40, 240], [160, 320]);
  await bobs.press("Control+s");
  const panel = frame.locator("#export-panel");
  await panel.waitFor();
  await frame.locator("#export-format").selectOption("inkmesh");
  await frame.locator("#export-copy").click();
  await expect.poll(() => frame.locator('.notice[data-kind="transfer"]').innerText()).toBe("Copied");
  await bobs.press("Control+a", "Delete");
  await expect.poll(async () => (await alice.picture()).inked).toBe(0);
  await alices.press("Control+v");
  await expect.poll(async () => (await bob.picture()).inked).toBeGreaterThan(200);
  expect((await simulator.samePixels(alice, bob)).inked).toBeGreaterThan(200);
});

const seen = (frame: Frame, selector: string): Promise<readonly string[]> =>
  frame.locator(`${selector}:visible`).evaluateAll((all) => all.map(({ id }) => id.replace("export-", "")));

it.each([
  ["android", "png", "show", "Save, Share, Copy, Open here"],
  ["android", "inkmesh", "copy", "Save, Share, Open here"],
  ["iphone", "png", "copy show import-here import-pages", "Save, Share"],
  ["windows", "svg", "save copy import-here import-pages", "Share"],
  ["macos", "png", "copy show import-here import-pages", "Save, Share"],
])("on %s, of a %s, it offers what works, and says what does not", async (profile, format, ways, lacking) => {
  const phone = await openSimulator({ search: `profile=${profile}&phones=1` });
  try {
    const alone = phone.phone("Alice");
    await alone.ready();
    const frame = await alone.frame();
    await frame.locator("#menu-button").click();
    await frame.locator("#export-button").click();
    await frame.locator("#export-format").selectOption(format);
    expect((await seen(frame, ".transfer-buttons button")).join(" ")).toBe(ways);
    expect(await frame.locator("#export-missing").innerText()).toBe(`Not possible here: ${lacking}.`);
  } finally {
    await phone.close();
  }
});
