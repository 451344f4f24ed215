/*
 * The bar of a call on narrow screens and in languages with long words or other directions: nothing lies on anything
 * else, nothing is cut off, and everything is large enough for a finger.
 */
import { describe, expect, it } from "vitest";
import { CALL_SCENES, showCall, showGroupCall } from "./call-scenes.ts";
import { useCrowd } from "./crowd-fixture.ts";

const { open } = useCrowd();

/** Runs in the page: what is wrong with what is shown of a call. */
function faultsOfCall(): string[] {
  const bar = document.querySelector<HTMLElement>("#call-bar")!;
  const presence = document.querySelector<HTMLElement>(".presence")!;
  const isShown = (each: HTMLElement): boolean => each.checkVisibility() && each.getClientRects().length > 0;
  const nameOf = (each: HTMLElement): string => each.id || each.className || each.textContent;
  const all = (root: HTMLElement, selector: string): HTMLElement[] =>
    [...root.querySelectorAll<HTMLElement>(selector)].filter(isShown);
  const faults: string[] = [];
  const targets = [
    ...all(bar, "button, input"),
    ...all(presence, "#talk-button"),
    ...all(document.body, ".notice button"),
  ];
  const list = bar.querySelector("ul")!.getBoundingClientRect();
  /** What a list that scrolls has beyond its edge is not there. */
  const isOut = (each: HTMLElement): boolean => {
    const { top, bottom } = each.getBoundingClientRect();
    return each.closest("ul") !== null && (bottom > list.bottom + 1 || top < list.top - 1);
  };
  const parts = [...targets, ...all(bar, "li > span, #call-text"), ...all(presence, "p, .people")].filter(
    (each) => !isOut(each),
  );
  for (const target of targets) {
    const { width, height } = target.getBoundingClientRect();
    if (width < 43.5 || height < 43.5) faults.push(`${nameOf(target)} is ${width} x ${height}`);
  }
  for (const [i, one] of parts.entries()) {
    const a = one.getBoundingClientRect();
    if (a.left < 0 || a.right > innerWidth || a.top < 0 || a.bottom > innerHeight)
      faults.push(`${nameOf(one)} is beyond the edge`);
    for (const other of parts.slice(i + 1)) {
      const b = other.getBoundingClientRect();
      const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (width > 1 && height > 1) faults.push(`${nameOf(one)} lies on ${nameOf(other)}`);
    }
  }
  const text = bar.querySelector<HTMLElement>("#call-text")!;
  if (isShown(text)) {
    const range = document.createRange();
    range.selectNodeContents(text);
    const [words, around] = [range.getBoundingClientRect(), bar.getBoundingClientRect()];
    if (words.left < around.left + 8 || words.right > around.right - 8 || words.bottom > around.bottom)
      faults.push("words stand out of the bar");
  }
  for (const bottom of all(document.body, "#bar")) {
    const [over, under] = [bar.getBoundingClientRect(), bottom.getBoundingClientRect()];
    if (isShown(bar) && over.bottom > under.top + 1) faults.push("the bar lies on the tools");
  }
  if (isShown(text)) {
    const range = document.createRange();
    range.selectNodeContents(text);
    // A line in two directions has several parts.
    const lineAt = new Map<number, number>();
    for (const { bottom, width } of range.getClientRects())
      lineAt.set(Math.round(bottom), (lineAt.get(Math.round(bottom)) ?? 0) + width);
    const lines = [...lineAt.values()];
    if (lines.at(-1)! < 0.3 * lines[0]!) faults.push("a word has a line of its own");
  }
  if (bar.getBoundingClientRect().height > 0.5 * innerHeight) faults.push("the bar takes half of the screen");
  return faults;
}

describe("the bar of a call", () => {
  it.each(["de", "ru", "ar"])("fits narrow screens, in %s", async (language) => {
    const app = await open({ language });
    for (const width of [320, 360, 390]) {
      await app.page.setViewportSize({ width, height: 568 });
      for (const [name, people, call] of CALL_SCENES) {
        await showCall(app, people, call);
        await expect
          .poll(() => app.page.evaluate(faultsOfCall), { message: `${name}, ${width}` })
          .toEqual([]);
      }
    }
  });

  it("says which way sound takes before what that costs, also from right to left", async () => {
    const app = await open({ language: "ar" });
    await showCall(app, 2, { phase: "talking", members: [0], way: "messenger" });
    const edges = await app.page.locator("#call-text").evaluate(({ firstChild: text }) =>
      ["Spixi", "2880"].map((word) => {
        const at = text!
          .textContent!.replace(/[٠-٩]/g, (digit) => `${"٠١٢٣٤٥٦٧٨٩".indexOf(digit)}`)
          .indexOf(word);
        const range = document.createRange();
        range.setStart(text!, at);
        range.setEnd(text!, at + word.length);
        return range.getBoundingClientRect().left;
      }),
    );
    expect(edges[0]).toBeGreaterThan(edges[1]!);
  });

  it("leaves the drawing in sight while twenty talk, upright and lying; everybody can be reached", async () => {
    const app = await open();
    for (const [width, height] of [
      [320, 568],
      [844, 390],
    ] as const) {
      await app.page.setViewportSize({ width, height });
      await showGroupCall(app, 20);
      await expect.poll(() => app.page.evaluate(faultsOfCall), { message: `${width}` }).toEqual([]);
      const sliders = app.page.locator("#call-bar input");
      expect(await sliders.count()).toBe(19);
      await sliders.last().scrollIntoViewIfNeeded();
      await expect.poll(() => app.page.evaluate(faultsOfCall), { message: `${width}` }).toEqual([]);
      await sliders.last().press("Home");
      expect(await sliders.last().getAttribute("aria-valuetext")).toBe("0 %");
    }
  });

  it("says by its picture and its words whether one is heard", async () => {
    const app = await open();
    const button = app.page.locator("#mute-button");
    const picture = (): Promise<string> => button.locator("svg").innerHTML();
    await showCall(app, 2, { phase: "talking", members: [0] });
    const on = await picture();
    await showCall(app, 2, { phase: "talking", members: [0], isMuted: true });
    await expect.poll(picture).not.toBe(on);
    for (const [microphone, words] of [
      ["missing", "The microphone cannot be used here. You can listen."],
      ["refused", "Inkmesh may not use the microphone. You can listen, or press it to ask again."],
      ["lost", "The microphone is gone. Press it to try again."],
      ["taken", "Something else is using the microphone."],
    ] as const) {
      await showCall(app, 2, { phase: "talking", members: [0], microphone });
      await expect.poll(() => app.page.locator("#call-text").innerText()).toBe(words);
      expect(await picture()).not.toBe(on);
    }
    await showCall(app, 4, { phase: "talking", members: [0, 1], isFull: true });
    await expect
      .poll(() => app.page.locator("#call-text").innerText())
      .toBe("Four people are talking: you are not heard.");
    expect(await picture()).toBe(on);
    await showCall(app, 4, { phase: "talking", members: [0, 1], isHeldUp: true });
    await expect
      .poll(() => app.page.locator("#call-text").innerText())
      .toBe("Too much is being sent: parts of what you say are lost.");
  });

  it("says aloud what there is to know, and of its figures the first", async () => {
    const app = await open();
    const aloud = app.page.locator("#news");
    const bar = app.page.locator("#call-text");
    await showCall(app, 2, { phase: "ringing" });
    await expect.poll(() => aloud.innerText()).toBe("Calling…");
    await showCall(app, 2, { phase: "talking", members: [0], microphone: "taken" });
    await expect.poll(() => aloud.innerText()).toBe("Something else is using the microphone.");
    await showCall(app, 2, { phase: "talking", members: [0] });
    await expect.poll(() => aloud.innerText()).toBe("2880 characters a second, 1385 ms");
    await showCall(app, 2, { phase: "talking", members: [0], way: "direct" });
    await expect.poll(() => bar.innerText()).toMatch(/^Direct/);
    await showCall(app, 2, { phase: "idle", outside: "Ann" });
    await expect.poll(() => aloud.innerText()).toBe("Ann");
  });

  it("has a ring at the picture, the cursor and the name of who talks, and at nobody else's", async () => {
    const app = await open();
    await showCall(app, 4, { phase: "talking", members: [0, 1, 2], talking: [2] });
    const ringed = (selector: string): Promise<string[]> =>
      app.page
        .locator(selector)
        .evaluateAll((all) =>
          all
            .filter((each) => getComputedStyle(each).outlineStyle === "solid")
            .map((each) => each.closest("[data-address]")!.getAttribute("data-address")!.slice(0, 1)),
        );
    for (const selector of [".people .person", "#call-bar li > span", ".cursor-name"])
      await expect.poll(() => ringed(selector), { message: selector }).toEqual(["2"]);
    await showCall(app, 4, { phase: "idle" });
    for (const selector of [".people .person", ".cursor-name"])
      await expect.poll(() => ringed(selector), { message: selector }).toEqual([]);
  });
});
