import { expect, it } from "vitest";
import { useKeptMeeting } from "./kept-meeting.ts";

/* The ways out in the messenger, where there are no downloads: what is drawn goes as text in a chat. */
const { simulator, alice, bob, alices, bobs } = useKeptMeeting();

it("what is not possible is not offered, and said; what is copied as text comes back on another board", async () => {
  const frame = await bob.frame();
  await bobs.press("r");
  await bobs.drag([40, 240], [160, 320]);
  await bobs.press("Control+s");
  const panel = frame.locator("#export-panel");
  await panel.waitFor();
  expect(await frame.locator("#export-save").isVisible()).toBe(false);
  expect(await frame.locator("#export-missing").innerText()).toMatch(/^Not possible here: Save, Share/u);
  // Nor is there a chooser of files on Android.
  expect(await frame.locator("#import-here").isVisible()).toBe(false);
  await frame.locator("#export-format").selectOption("inkmesh");
  await frame.locator("#export-copy").click();
  await expect.poll(() => frame.locator('.notice[data-kind="transfer"]').innerText()).toBe("Copied");
  await bobs.press("Control+a", "Delete");
  await expect.poll(async () => (await alice.picture()).inked).toBe(0);
  await alices.press("Control+v");
  await expect.poll(async () => (await bob.picture()).inked).toBeGreaterThan(200);
  expect((await simulator.samePixels(alice, bob)).inked).toBeGreaterThan(200);
});
