import { describe, expect, it } from "vitest";
import { useKeptSimulator } from "./kept-simulator.ts";
import { circle, wave } from "./places.ts";

const WAVE = wave([60, 220], 240, 40);
const CIRCLE = circle([180, 380], 70);
const LARGE = circle([180, 320], 90);

const { simulator, alice, bob, open, closeAfter } = useKeptSimulator(async (opened) => {
  expect(opened.simulator.problems().join("\n")).toBe("");
  expect([await opened.alice.alerts(), await opened.bob.alerts()]).toEqual(["", ""]);
});

async function expectSamePixels(): Promise<void> {
  expect((await simulator.samePixels(alice, bob)).inked).toBeGreaterThan(0);
}

describe.each(["0.9.19", "next"] as const)("two contacts whose messenger is %s", (host) => {
  it("converge over a network that loses, doubles and reorders", async () => {
    await open({ host, search: "loss=0.3&duplication=0.2&reordering=0.3&latency=80" });
    await alice.draw(wave([60, 200], 240, 30));
    await bob.draw(wave([60, 300], 240, 30));
    await alice.draw(circle([180, 420], 60));
    await expectSamePixels();
  });

  it("see the same pixels of what both have drawn, at the same time too", async () => {
    await open({ host });
    await alice.draw(WAVE);
    await bob.draw(CIRCLE);
    await expectSamePixels();
    expect(await bob.inkedPlaces(WAVE)).toBe(WAVE.length);
    expect(await alice.inkedPlaces(CIRCLE)).toBe(CIRCLE.length);
  });

  it("see ink grow while the pen is still down", async () => {
    await open({ host });
    // No part of it becomes a shape, wherever the pen stands still.
    const places = wave([60, 300], 240, 30, 60);
    await alice.startStroke(places);
    await expect.poll(() => bob.inkedPlaces(places.slice(0, 20))).toBe(20);
    await alice.endStroke();
    await expectSamePixels();
  });

  it("get what was drawn while one of them was offline", async () => {
    await open({ host });
    await bob.setOffline(true);
    await alice.draw(WAVE);
    await bob.draw(CIRCLE);
    expect((await bob.picture()).hash).not.toBe((await alice.picture()).hash);
    await bob.setOffline(false);
    await expectSamePixels();
  });

  it("draw on screens of different size and pixel ratio, and through a rotation", async () => {
    await open({ host });
    closeAfter();
    await alice.draw(circle([180, 300], 80));
    await simulator.boardsEqual();
    const before = await alice.picture();
    await alice.card.locator(".more > summary").click();
    await alice.card.getByLabel("Pixel ratio").selectOption("3");
    await alice.card.getByLabel("Screen").selectOption("844x390");
    await alice.card.locator(".more > summary").click();
    await expect.poll(async () => (await alice.picture()).width).toBe(844 * 3);
    expect((await alice.picture()).inked).toBeGreaterThan(before.inked);
    await bob.draw(wave([100, 300], 160, 20));
    await simulator.boardsEqual();
  });
});

describe("coming and going", () => {
  it("a contact who joins late gets everything", async () => {
    await open();
    await bob.press("Back");
    await alice.draw(WAVE);
    await alice.draw(CIRCLE);
    await bob.press("Open");
    await bob.ready();
    await expectSamePixels();
  });

  it("back and open again: the board is there, without anybody's help", async () => {
    await open();
    await alice.draw(LARGE);
    await simulator.boardsEqual();
    const picture = await alice.picture();
    await alice.saved();
    await bob.press("Back");
    await alice.press("Back");
    await alice.press("Open");
    await alice.ready();
    await expect.poll(() => alice.picture()).toEqual(picture);
    await bob.press("Open");
    await bob.ready();
    await expectSamePixels();
  });

  it("the app's own button leads back to the chat", async () => {
    await open();
    await (await alice.frame()).getByRole("button", { name: "Back to chat" }).click();
    await alice.card.getByText("Alice is in the chat.").waitFor();
    const presence = (await bob.frame()).locator("#presence-text");
    await expect.poll(() => presence.textContent()).toContain("is away");
  });

  it("killed and opened again: the contact gives back what the kill has lost", async () => {
    await open();
    await alice.draw(WAVE);
    await simulator.boardsEqual();
    await alice.press("Kill");
    await bob.draw(CIRCLE);
    await alice.press("Open");
    await alice.ready();
    await expectSamePixels();
    expect(await alice.inkedPlaces(WAVE)).toBe(WAVE.length);
  });

  it("drawn while the other app is hidden: there when it is shown again", async () => {
    await open();
    await bob.card.getByLabel("Hidden").check();
    await alice.draw(LARGE);
    await bob.card.getByLabel("Hidden").uncheck();
    await expectSamePixels();
  });

  it("clear, and the undo of it, reach the other", async () => {
    await open();
    await alice.draw(LARGE);
    await expectSamePixels();
    await (await bob.frame()).locator("#menu-button").click();
    await (await bob.frame()).getByRole("button", { name: "Clear the board" }).click();
    await expect.poll(async () => (await alice.picture()).inked).toBe(0);
    await (await bob.frame()).locator("#undo-button").click();
    await expectSamePixels();
  });
});

describe("boards of other people", () => {
  it("never appear: each set of people has its own", async () => {
    await open({ search: "phones=3" });
    const carol = simulator.phone("Carol");
    await carol.ready();
    await alice.draw(LARGE);
    await expect.poll(() => bob.inkedPlaces(LARGE)).toBe(LARGE.length);
    const withBob = await alice.picture();
    expect((await carol.picture()).inked).toBe(0);

    await alice.setContact("Bob", false);
    await alice.ready();
    expect((await alice.picture()).inked).toBe(0);
    await alice.setContact("Carol", true);
    await alice.ready();
    expect((await alice.picture()).inked).toBe(0);
    await carol.draw(WAVE);
    await expect.poll(() => alice.inkedPlaces(WAVE)).toBe(WAVE.length);
    expect(await bob.picture()).toEqual(withBob);

    await alice.setContact("Carol", false);
    await alice.setContact("Bob", true);
    await alice.ready();
    await expect.poll(() => alice.picture()).toEqual(withBob);
  });
});
