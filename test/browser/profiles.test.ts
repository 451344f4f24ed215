import type { Frame } from "playwright-core";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { closeClean } from "./closing.ts";
import { openSimulator, type SimulatorPage } from "./simulator.ts";

/*
 * What the simulated messengers let a page do: as the real ones, platform by platform.
 */

let simulator: SimulatorPage | undefined;
let openedAs = "";

async function open(profile: string): Promise<Frame> {
  if (openedAs !== profile) {
    await simulator?.close();
    simulator = await openSimulator({ search: `profile=${profile}&phones=1` });
    openedAs = profile;
  }
  const phone = simulator!.phone("Alice");
  await phone.ready();
  return phone.frame();
}

/** What a browser says of an address behind which there is nothing. */
const NOTHING_THERE = "console error: Failed to load resource: net::ERR_FILE_NOT_FOUND";
const problems = (): readonly string[] =>
  simulator?.problems().filter((problem) => problem !== NOTHING_THERE) ?? [];

afterEach(() => expect(problems()).toEqual([]));
afterAll(() => simulator && closeClean({ problems, close: simulator.close }));

/** Has an element of the page, made for it, clicked as by a person, and waits until that has had its effect. */
async function clickOn(frame: Frame, tag: "input" | "a", attributes: Record<string, string>): Promise<void> {
  await frame.evaluate(
    ([name, all]) => {
      const made = document.createElement(name);
      for (const [key, value] of Object.entries(all)) made.setAttribute(key, value);
      made.id = "made";
      made.textContent = "Press";
      made.style.cssText = "position: fixed; inset: 200px auto auto 40px; z-index: 99";
      document.body.append(made);
    },
    [tag, attributes] as const,
  );
  await frame.locator("#made").click();
  await frame.evaluate(() => {
    document.querySelector<HTMLElement>("#made")!.click();
    document.querySelector("#made")!.remove();
  });
}

/** How an asked device or clipboard answers, as the name of its error or "yes". */
const answer = (frame: Frame, ask: string): Promise<string> =>
  frame.evaluate(`Promise.resolve().then(() => ${ask}).then(() => "yes", (error) => error.name)`);

describe.each([
  { profile: "android", agent: /Android.*wv\)/, chooser: 0, download: 0, blob: true },
  { profile: "iphone", agent: /iPhone.*AppleWebKit.*Mobile/, chooser: 2, download: 0, blob: false },
  { profile: "windows", agent: /Windows.*Edg\//, chooser: 2, download: 2, blob: true },
  { profile: "macos", agent: /Macintosh.*AppleWebKit/, chooser: 2, download: 0, blob: false },
  { profile: "browser", agent: /Chrome/, chooser: 2, download: 2, blob: true },
])("a page on $profile", ({ profile, agent, chooser, download, blob }) => {
  let frame: Frame;
  beforeEach(async () => {
    frame = await open(profile);
  });

  it("knows where it is, and what it lacks there", async () => {
    expect(await frame.evaluate(() => navigator.userAgent)).toMatch(agent);
    if (profile === "browser") return;
    expect(await frame.evaluate(() => "share" in navigator)).toBe(false);
    expect(await frame.evaluate(() => "showOpenFilePicker" in window)).toBe(profile === "windows");
  });

  it(`opens ${chooser} file choosers for two presses`, async () => {
    let count = 0;
    const counted = (): void => void count++;
    simulator!.page.on("filechooser", counted);
    await clickOn(frame, "input", { type: "file" });
    await expect.poll(() => count).toBe(chooser);
    simulator!.page.off("filechooser", counted);
  });

  it(`downloads ${download} files for two presses, and never leaves the page`, async () => {
    const names: string[] = [];
    simulator!.page.on("download", (started) => void names.push(started.suggestedFilename()));
    const link = { href: "data:text/plain,words", download: "words.txt" };
    await clickOn(frame, "a", link);
    await expect.poll(() => names).toEqual(Array.from({ length: download }, () => "words.txt"));
    expect(await frame.evaluate(() => document.readyState)).toBe("complete");
    simulator!.page.removeAllListeners("download");
  });

  it(`${blob ? "shows" : "does not show"} a picture from a blob's address, and always one from data`, async () => {
    const load = (kind: "blob" | "data"): Promise<boolean> =>
      frame.evaluate(async (from) => {
        const canvas = document.createElement("canvas");
        const made = await new Promise<Blob>((resolve) => {
          canvas.toBlob((given) => resolve(given!));
        });
        const image = new Image();
        image.src = from === "data" ? canvas.toDataURL() : URL.createObjectURL(made);
        return image.decode().then(
          () => true,
          () => false,
        );
      }, kind);
    expect(await load("blob")).toBe(blob);
    expect(await load("data")).toBe(true);
  });
});

describe("on Android", () => {
  it("the clipboard swallows pictures and cannot be read", async () => {
    const frame = await open("android");
    const picture = `new ClipboardItem({ "image/png": new Blob(["x"], { type: "image/png" }) })`;
    expect(await answer(frame, `navigator.clipboard.write([${picture}])`)).toBe("yes");
    for (const way of ["read", "readText"])
      expect(await answer(frame, `navigator.clipboard.${way}()`)).toBe("NotAllowedError");
  });

  it("the messenger has no right to the microphone", async () => {
    const frame = await open("android");
    const ask = "navigator.mediaDevices.getUserMedia";
    expect(await answer(frame, `${ask}({ audio: true })`)).toBe("NotReadableError");
    expect(await answer(frame, `${ask}({ audio: true, video: true })`)).toBe("NotReadableError");
  });
});

it("on macOS neither camera nor microphone is to be had", async () => {
  const frame = await open("macos");
  for (const wanted of ["{ video: true }", "{ audio: true }"])
    expect(await answer(frame, `navigator.mediaDevices.getUserMedia(${wanted})`)).toBe("NotAllowedError");
});

it("a phone's profile can be chosen among its settings", async () => {
  await open("android");
  const { card, ready, frame } = simulator!.phone("Alice");
  await card.locator(".more > summary").click();
  const choice = card.locator("label", { hasText: /^Platform/ }).locator("select");
  await choice.selectOption("Plain browser");
  await ready();
  expect(await (await frame()).evaluate(() => navigator.userAgent)).not.toContain("Android");
  openedAs = "";
});
