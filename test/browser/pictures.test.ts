import type { Frame, Page } from "playwright-core";
import { describe, expect, it, onTestFinished } from "vitest";
import { blockJpeg } from "../base/block-jpeg.ts";
import { madePng } from "../base/made-pictures.ts";
import { closeClean } from "./closing.ts";
import { quartersPng } from "./flat-png.ts";
import { useKeptApp } from "./kept-app.ts";
import { bothReady } from "./meeting.ts";
import type { Color } from "./picture.ts";
import { readColors } from "./picture.ts";
import { openSimulator } from "./simulator.ts";
import { lookWhenIdle } from "./state.ts";

/*
 * The ways in which pictures come to the board. Pasting from the system's clipboard is in clipboard.test.ts,
 * dropping in drops.test.ts.
 */

const RED: Color = [220, 30, 30];
const GREEN: Color = [20, 160, 40];
const BLUE: Color = [30, 60, 220];
const QUARTERS = quartersPng(200, 100, [RED, GREEN, BLUE, RED]);
const FOUR_INKS = Buffer.from(blockJpeg({ blocks: [[[0, 255, 255, 255]]] }));
/** A GIF that goes through its frames for ever. */
const MOVING = Buffer.from(
  "GIF89a\u0001\0\u0001\0\0\0\0!\u00ff\u000bNETSCAPE2.0\u0003\u0001\0\0\0;",
  "latin1",
);

const { open, openNew, page, inked } = useKeptApp();

const selected = (app: Page | Frame): Promise<string> =>
  app.locator("#canvas-overlay [role=status]").innerText();
const notice = (app: Page | Frame): Promise<string> => app.locator('.notice[data-kind="canvas"]').innerText();

const notices = (app: Page | Frame): Promise<string> => app.locator("#notices").innerText();

interface GivenFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}
const png = (buffer: Buffer): GivenFile => ({ name: "picture.png", mimeType: "image/png", buffer });

async function openPanel(app: Page | Frame): Promise<void> {
  await app.locator("#menu-button").click();
  await app.locator("#picture-button").click();
}

/** Chooses files as a person does, in the dialog that the button opens. */
async function choose(app: Page | Frame, dialogs: Page, ...files: readonly GivenFile[]): Promise<void> {
  await openPanel(app);
  const [chooser] = await Promise.all([
    dialogs.waitForEvent("filechooser"),
    app.locator("#picture-file").click(),
  ]);
  await chooser.setFiles([...files]);
}

/** The middles of the quarters of what is selected, as they are painted. */
async function quarters(app: Page | Frame): Promise<readonly Color[]> {
  const box = (await app.locator(".selection-outline").boundingBox())!;
  const frame = (await app.locator("#stage").boundingBox())!;
  const at = (x: number, y: number) =>
    [box.x - frame.x + x * box.width, box.y - frame.y + y * box.height] as const;
  return lookWhenIdle(app, readColors, [at(0.3, 0.3), at(0.7, 0.3), at(0.3, 0.7), at(0.7, 0.7)]);
}

describe("a file that is chosen", () => {
  it("is in the middle of the view, as large as it is, selected, and one step of the history", async () => {
    await open();
    await choose(page, page, png(QUARTERS));
    await expect.poll(() => selected(page)).toBe("1 thing selected: Picture, 1 of 1");
    expect(await page.evaluate(() => document.documentElement.dataset["tool"])).toBe("select");
    await expect.poll(() => quarters(page)).toEqual([RED, GREEN, BLUE, RED]);
    const box = (await page.locator(".selection-outline").boundingBox())!;
    // The line itself is outside.
    expect([box.width - 200, box.height - 100].map((more) => more >= 0 && more < 3)).toEqual([true, true]);
    expect(Math.abs(box.x + box.width / 2 - 195)).toBeLessThan(2);
    expect(await page.locator("#panel-picture").isVisible()).toBe(false);
    await page.keyboard.press("Control+z");
    expect(await inked()).toBe(0);
    await page.keyboard.press("Control+Shift+z");
    expect(await inked()).toBeGreaterThan(10_000);
  });

  it("takes a part of the view where it is larger, and the same file can come again", async () => {
    await open();
    for (const again of [1, 2]) {
      await choose(page, page, png(quartersPng(3000, 2000, [BLUE])));
      await expect.poll(() => selected(page)).toContain(`${again} of ${again}`);
    }
    const box = (await page.locator(".selection-outline").boundingBox())!;
    expect(box.width).toBeCloseTo(0.6 * 390, -1);
    expect(box.width / box.height).toBeCloseTo(1.5, 1);
  });

  it("comes with others, one beside the other, and those that are none are told", async () => {
    await open();
    const text = { name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("words") };
    await choose(page, page, png(QUARTERS), text, png(QUARTERS));
    await expect.poll(() => notice(page)).toContain("Only PNG, JPEG and WebP");
    await expect.poll(() => selected(page)).toContain("2 of 2");
  });

  it.each([
    [
      "an SVG that calls itself a PNG",
      Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"),
      "Only PNG, JPEG",
    ],
    ["a picture of 60,000 pixels in a row", Buffer.from(madePng(1, 60_000)), "16 megapixels"],
    ["a bomb", Buffer.from(madePng(65_535, 65_535)), "16 megapixels"],
    ["made for printing", FOUR_INKS, "(CMYK)"],
    ["one that was cut off", QUARTERS.subarray(0, QUARTERS.length - 20), "damaged"],
  ])("changes nothing where it is %s", async (_, buffer, words) => {
    await open();
    const before = await page.evaluate(() => document.documentElement.dataset["board"]);
    await choose(page, page, png(buffer));
    await expect.poll(() => notice(page)).toContain(words);
    expect(await page.evaluate(() => document.documentElement.dataset["board"])).toBe(before);
  });

  it("is not put on a layer that is locked, and the person is told", async () => {
    await openNew();
    await page.keyboard.press("g");
    await page.getByRole("button", { name: /^Lock / }).click();
    await page.keyboard.press("Escape");
    await choose(page, page, png(QUARTERS));
    await expect.poll(() => page.locator(".notice").allInnerTexts().then(String)).toContain("is locked");
    expect(await inked()).toBe(0);
  });
});

describe("the camera", () => {
  const isRunning = (): Promise<boolean> => page.evaluate(() => document.querySelector("video") !== null);

  it("shows what it sees, takes it, and is off then", async () => {
    await open();
    await page.keyboard.press("q");
    await page.locator("#picture-camera").click();
    await page.locator("#camera-shutter:enabled").waitFor();
    const streams = await page.evaluateHandle(
      () => document.querySelector("video")!.srcObject as MediaStream,
    );
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe("camera-shutter");
    // Keys of the board are none of its.
    await page.keyboard.press("t");
    await page.keyboard.press("Enter");
    await expect.poll(() => selected(page)).toContain("Picture");
    expect(await isRunning()).toBe(false);
    expect(
      await streams.evaluate((stream) => stream.getTracks().map(({ readyState }) => readyState)),
    ).toEqual(["ended"]);
    const colors = await quarters(page);
    for (const [red, green, blue] of colors) expect(green).toBeGreaterThan(red + blue);
  });

  it("can be another one, where there is one", async () => {
    await open();
    await page.keyboard.press("q");
    await page.locator("#picture-camera").click();
    await page.locator("#camera-turn").click();
    await page.locator("#camera-shutter:enabled").waitFor();
    expect(await page.locator("video.mirrored").count()).toBe(1);
    await page.locator("#camera-turn").click();
    await expect.poll(() => page.locator("video.mirrored").count()).toBe(0);
    await page.keyboard.press("Escape");
    await expect.poll(isRunning).toBe(false);
    expect(await inked()).toBe(0);
  });

  it("is closed by its button, and when the page is hidden", async () => {
    await open();
    for (const close of [
      () => page.locator("#camera-close").click(),
      () => page.evaluate(() => void document.dispatchEvent(new Event("visibilitychange"))),
    ]) {
      await page.keyboard.press("q");
      await page.locator("#picture-camera").click();
      await page.locator("#camera-shutter:enabled").waitFor();
      await close();
      await expect.poll(isRunning).toBe(false);
    }
  });

  it.each(["NotAllowedError", "NotFoundError", "NotReadableError"])(
    "says so where there is none: %s",
    async (name) => {
      await openNew();
      await page.evaluate((error) => {
        navigator.mediaDevices.getUserMedia = async () => {
          throw new DOMException("", error);
        };
      }, name);
      await page.keyboard.press("q");
      await page.locator("#picture-camera").click();
      await expect.poll(() => notice(page)).toBe("The camera cannot be used here.");
      expect(await isRunning()).toBe(false);
    },
  );

  it("is let go where it comes after the viewfinder was closed", async () => {
    await openNew();
    const late = await page.evaluateHandle(() => {
      const seen: { give?: () => void; stream?: MediaStream } = {};
      const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      navigator.mediaDevices.getUserMedia = async (wanted) => {
        await new Promise<void>((resolve) => {
          seen.give = resolve;
        });
        seen.stream = await ask(wanted);
        return seen.stream;
      };
      return seen;
    });
    await page.keyboard.press("q");
    await page.locator("#picture-camera").click();
    await page.keyboard.press("Escape");
    await late.evaluate((seen) => seen.give!());
    await expect
      .poll(() =>
        late.evaluate(({ stream }) =>
          stream
            ?.getTracks()
            .map(({ readyState }) => readyState)
            .join(),
        ),
      )
      .toBe("ended");
  });
});

describe("the button for pictures", () => {
  it("is in the bar and in the menu, on a phone too", async () => {
    await openNew();
    const button = page.locator("#picture-tool");
    await button.waitFor();
    expect(await button.getAttribute("aria-label")).toBe("Picture");
    await button.click();
    expect(await page.locator("#panel-picture").isVisible()).toBe(true);
    expect(await button.getAttribute("aria-expanded")).toBe("true");
    await button.click();
    expect(await page.locator("#panel-picture").isVisible()).toBe(false);
    await page.locator("#menu-button").click();
    await page.locator("#picture-button").click();
    expect(await page.locator("#panel-picture").isVisible()).toBe(true);
  });

  it("leads keys in, and back to where they came from", async () => {
    await openNew();
    await page.locator("#picture-tool").focus();
    await page.keyboard.press("Enter");
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe("picture-file");
    await page.keyboard.press("Escape");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("picture-tool");
  });
});

describe("a picture that is copied", () => {
  const paste = (html: string): Promise<unknown> =>
    page.evaluate((given) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/html", given);
      document.body.dispatchEvent(
        new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }),
      );
    }, html);
  const words = (): Promise<string[]> => page.locator("#absent-pictures p").allInnerTexts();

  it("comes with its bytes onto a board of other people; without them its place says so until they come", async () => {
    await open();
    await choose(page, page, png(QUARTERS));
    await expect.poll(() => selected(page)).toContain("Picture");
    const copied = (): Promise<string> =>
      page.evaluate(() => {
        const clipboardData = new DataTransfer();
        document.dispatchEvent(new ClipboardEvent("copy", { clipboardData, cancelable: true }));
        return clipboardData.getData("text/html");
      });
    await expect.poll(copied).toContain("data-inkmesh-pictures=");
    const html = await copied();
    // Nothing is left of the page before, nor of what it stored.
    await openNew();
    await paste(html.replace(/ data-inkmesh-pictures="[^"]*"/u, ""));
    await expect.poll(() => notice(page)).toBe("Not all of the pasted pictures are on this device.");
    await expect.poll(words).toEqual(["Nobody here has this picture"]);
    const label = (await page.locator("#absent-pictures p").boundingBox())!;
    const picture = (await page.locator(".selection-outline").boundingBox())!;
    expect(label.x + label.width / 2).toBeCloseTo(picture.x + picture.width / 2, -1);
    expect(label.y + label.height / 2).toBeCloseTo(picture.y + picture.height / 2, -1);
    await paste(html);
    await expect.poll(words).toEqual([]);
    await expect.poll(() => selected(page)).toContain("2 of 2");
    await expect.poll(() => quarters(page)).toEqual([RED, GREEN, BLUE, RED]);
  });
});

describe("a picture between two", () => {
  it("is there in small at once, comes with words for how much of it has, and is then the same for both", async () => {
    // What is over soon is not told.
    const simulator = await openSimulator({ search: "latency=1000&jitter=0" });
    onTestFinished(() => closeClean(simulator));
    const [alice, bob] = await bothReady(simulator);
    await expect.poll(() => bob.says("#presence-text")).toContain("is here");
    const [hers, his] = [await alice.frame(), await bob.frame()];
    const seen = await his.evaluateHandle(() => {
      const texts = new Set<string>();
      new MutationObserver(() => {
        const text = document.querySelector('.notice[data-kind="picture"] p')?.textContent;
        if (text) texts.add(text.replaceAll(/[\u2066-\u2069]/gu, ""));
      }).observe(document.body, { subtree: true, childList: true });
      return texts;
    });
    const photo = await hers.evaluate(async () => {
      const canvas = Object.assign(document.createElement("canvas"), { width: 600, height: 500 });
      const context = canvas.getContext("2d")!;
      const image = context.createImageData(600, 500);
      let noise = 1;
      for (let i = 0; i < image.data.length; i++) {
        noise = (Math.imul(noise, 1_103_515_245) + 12_345) >>> 0;
        image.data[i] = i % 4 === 3 ? 255 : i % 4 === 1 ? 200 : noise >>> 24;
      }
      context.putImageData(image, 0, 0);
      return canvas.toDataURL("image/jpeg", 0.9).split(",")[1]!;
    });
    await hers.evaluate((content) => {
      const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File([bytes], "photo.jpeg", { type: "image/jpeg" }));
      document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
    }, photo);
    await expect.poll(() => bob.picture().then(({ inked: pixels }) => pixels)).toBeGreaterThan(10_000);
    await expect.poll(() => seen.evaluate((texts) => [...texts].join())).toMatch(/'s picture: \d+ %/u);
    await expect.poll(() => notices(his), { timeout: 60_000 }).not.toContain("picture:");
    await simulator.samePixels(alice, bob);
  });
});

describe("in the messenger", () => {
  async function openAs(profile: string): Promise<{ readonly frame: Frame; readonly page: Page }> {
    const simulator = await openSimulator({ search: `profile=${profile}&phones=1` });
    onTestFinished(() => closeClean(simulator));
    const phone = simulator.phone("Alice");
    await phone.ready();
    return { frame: await phone.frame(), page: simulator.page };
  }

  it("on Android a field takes what is pasted, and it is said that there is no file chooser", async () => {
    const { frame } = await openAs("android");
    await openPanel(frame);
    expect(await frame.locator("#picture-file").count()).toBe(0);
    expect(await frame.locator("#panel-picture").innerText()).toContain("Files cannot be chosen here.");
    expect(await frame.locator("#picture-camera").isVisible()).toBe(true);
    const field = frame.locator("#picture-field");
    await field.click();
    // Neither letters nor their keys mean anything there.
    await field.pressSequentially("te");
    expect(await field.innerText()).toBe("");
    expect(await frame.evaluate(() => document.documentElement.dataset["tool"])).toBe("pen");
    await field.evaluate(
      (found, bytes) => {
        const clipboardData = new DataTransfer();
        clipboardData.items.add(new File([Uint8Array.from(bytes)], "picture.png", { type: "image/png" }));
        found.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
      },
      [...QUARTERS],
    );
    await expect.poll(() => quarters(frame)).toEqual([RED, GREEN, BLUE, RED]);
    expect(await frame.locator("#panel-picture").isVisible()).toBe(false);
  });

  it("on Android the field takes what keyboards put there by themselves, in whichever way", async () => {
    const { frame } = await openAs("android");
    const field = frame.locator("#picture-field");
    const image = (type: string, content: Buffer): string =>
      `<img alt="" src="data:image/${type};base64,${content.toString("base64")}">`;
    const ways: readonly ((html: string) => Promise<unknown>)[] = [
      // As HTML, without being asked.
      (html) =>
        field.evaluate((found: HTMLElement, given) => {
          found.focus();
          // oxlint-disable-next-line typescript/no-deprecated -- what keyboards do has no other name.
          document.execCommand("insertHTML", false, given);
        }, html),
      // With a word before, with the file or with HTML.
      (html) =>
        field.evaluate((found, given) => {
          const dataTransfer = new DataTransfer();
          dataTransfer.setData("text/html", given);
          const options = { inputType: "insertFromPaste", dataTransfer, bubbles: true, cancelable: true };
          if (found.dispatchEvent(new InputEvent("beforeinput", options))) throw new Error("not taken");
        }, html),
      (html) =>
        field.evaluate((found, given) => {
          const clipboardData = new DataTransfer();
          clipboardData.setData("text/html", given);
          found.dispatchEvent(
            new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }),
          );
        }, html),
    ];
    for (const [i, put] of ways.entries()) {
      await openPanel(frame);
      await put(image("png", QUARTERS));
      await expect.poll(() => selected(frame)).toContain(`${i + 1} of ${i + 1}`);
      expect(await frame.locator("#panel-picture").isVisible()).toBe(false);
    }
    await openPanel(frame);
    await ways[0]!(image("gif", MOVING));
    await expect.poll(() => notice(frame)).toBe("Animated pictures cannot be put on the board.");
    await openPanel(frame);
    await ways[0]!('<img alt="" src="data:,x">');
    await expect.poll(() => notice(frame)).toContain("Only PNG, JPEG and WebP");
    await expect.poll(() => selected(frame)).toContain("3 of 3");
    expect(await field.innerHTML()).toBe("");
  });

  it.each(["iphone", "windows"])(
    "on %s files are chosen, and no address of a blob is needed",
    async (profile) => {
      const { frame, page: dialogs } = await openAs(profile);
      await choose(frame, dialogs, png(QUARTERS));
      await expect.poll(() => quarters(frame)).toEqual([RED, GREEN, BLUE, RED]);
      expect(await frame.locator("#picture-field").count()).toBe(0);
    },
  );

  it("on macOS the camera is refused in words", async () => {
    const { frame } = await openAs("macos");
    await openPanel(frame);
    await frame.locator("#picture-camera").click();
    await expect.poll(() => notice(frame)).toBe("The camera cannot be used here.");
  });
});
