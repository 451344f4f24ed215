import type { Frame, Page } from "playwright-core";
import { describe, expect, it, onTestFinished } from "vitest";
import { closeClean } from "./closing.ts";
import { quartersPng } from "./flat-png.ts";
import { canStep } from "./hands.ts";
import { useKeptMeeting } from "./kept-meeting.ts";
import type { Color, Place } from "./picture.ts";
import { openSimulator, type SimulatedPhone } from "./simulator.ts";

const { simulator, alice, bob, alices, bobs, meetAnew, closeAfter } = useKeptMeeting();

/** Somebody, Bob where not given, has drawn a rectangle far up on the left, and selected it. */
async function boxSelected(phone = bob, hands = bobs): Promise<Frame> {
  await hands.press("r");
  await hands.drag([40, 140], [100, 180]);
  await hands.press("v");
  await hands.tap([40, 160]);
  const frame = await phone.frame();
  await frame.locator("#selection-menu").waitFor();
  return frame;
}

const selected = async (frame: Frame): Promise<string | undefined> =>
  (await frame.locator("#canvas-overlay [role=status]").innerText()).split(":")[0];
const notice = (frame: Frame): Promise<string> => frame.locator('.notice[data-kind="canvas"]').innerText();

/** What another app left in the clipboard. */
const pasteFrom = (
  frame: Frame,
  content: { text?: string; html?: string; picture?: boolean; file?: boolean; letters?: number },
): Promise<void> =>
  frame.evaluate(({ text, html, picture, file, letters }) => {
    const clipboardData = new DataTransfer();
    if (text !== undefined) clipboardData.setData("text/plain", text);
    if (html !== undefined) clipboardData.setData("text/html", html);
    if (file) clipboardData.items.add(new File(["x"], "list.csv", { type: "text/csv" }));
    if (letters !== undefined) clipboardData.setData("text/plain", "a".repeat(letters));
    if (picture) clipboardData.items.add(new File(["x"], "picture.png", { type: "image/png" }));
    const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
    document.body.dispatchEvent(event);
  }, content);

/** What a copy puts into the clipboard, by the names of its forms. */
const copiedBy = (frame: Frame): Promise<Record<string, string>> =>
  frame.evaluate(() => {
    const clipboardData = new DataTransfer();
    const event = new ClipboardEvent("copy", { clipboardData, bubbles: true, cancelable: true });
    document.body.dispatchEvent(event);
    return Object.fromEntries(clipboardData.types.map((type) => [type, clipboardData.getData(type)]));
  });

/** The page may neither write to the system's clipboard nor read it, for good. */
const closeClipboard = (frame: Frame): Promise<void> => {
  closeAfter();
  return frame.evaluate(() => {
    const closed = (): Promise<never> => Promise.reject(new DOMException("closed", "NotAllowedError"));
    Object.defineProperty(navigator, "clipboard", { value: { writeText: closed, readText: closed } });
    Object.defineProperty(document, "execCommand", { value: () => false });
  });
};

/** Bob has written two texts, the lower one first, and drawn a rectangle; all is selected. */
async function wordsSelected(): Promise<Frame> {
  const frame = await boxSelected();
  await bobs.press("Escape", "t");
  for (const [place, words] of [
    [[200, 300], "Milk"],
    [[60, 240], "Bread & <b>"],
  ] as const) {
    await bobs.tap(place);
    await frame.locator("#text-field").waitFor();
    await simulator.page.keyboard.type(words);
    await simulator.page.keyboard.press("Escape");
  }
  await bobs.press("Control+a");
  await expect.poll(() => selected(frame)).toBe("3 things selected");
  return frame;
}

describe("what is copied", () => {
  it("is words for others: pasted into a field they are there as one reads them, and nothing of ink", async () => {
    const frame = await wordsSelected();
    await bobs.press("Control+c", "Escape");
    const field = await frame.evaluateHandle(() =>
      document.body.appendChild(document.createElement("textarea")),
    );
    const pasted = async (): Promise<string> => {
      await field.evaluate((area) => {
        area.value = "";
        area.focus();
      });
      await simulator.page.keyboard.press("Control+v");
      return field.evaluate((area) => area.value);
    };
    expect(await pasted()).toBe("Bread & <b>\nMilk");
    await field.evaluate((area) => area.blur());
    await bobs.press("v");
    await bobs.tap([40, 160]);
    await bobs.press("Control+c");
    expect(await pasted()).toBe("");
    await field.evaluate((area) => area.remove());
  });

  it("is the items for this app, by keys and by buttons, on the board of somebody else too", async () => {
    const frame = await wordsSelected();
    const hers = await alice.frame();
    await bobs.press("Control+c");
    await alices.press("v", "Control+v");
    await expect.poll(() => selected(hers)).toBe("3 things selected");
    await alices.press("Control+z");
    await bobs.press("Escape");
    await bobs.tap([40, 160]);
    await frame.locator('#selection-menu [data-command="copy"]').click();
    await expect.poll(() => notice(frame)).toBe("Copied");
    await alices.press("Control+v");
    await expect.poll(() => selected(hers)).toBe("1 thing selected");
    await alices.press("Control+z");
    await simulator.samePixels(alice, bob);
  });

  it("is recognised by its words or in HTML where a system keeps no more, and nothing else is taken for it", async () => {
    const frame = await wordsSelected();
    const forms = await copiedBy(frame);
    expect(forms["text/plain"]).toBe("Bread & <b>\nMilk");
    await pasteFrom(frame, { text: "Bread & <b>\r\nMilk\r\n" });
    await expect.poll(() => selected(frame)).toBe("3 things selected");
    await pasteFrom(frame, { text: "Bread" });
    await expect.poll(() => selected(frame)).toBe("1 thing selected");
    const hers = await alice.frame();
    await pasteFrom(hers, { text: "Bread & <b>\nMilk", html: forms["text/html"]! });
    await expect.poll(() => selected(hers)).toBe("3 things selected");
    // As copies were before.
    await pasteFrom(hers, { text: forms["application/x-inkmesh"]! });
    await expect.poll(() => selected(hers)).toBe("3 things selected");
    await pasteFrom(hers, { text: "Bread & <b>\nMilk", html: "<p>Bread</p>" });
    await expect.poll(() => selected(hers)).toBe("1 thing selected");
    await simulator.samePixels(alice, bob);
  });
});

describe("keys", () => {
  it("copy to the middle of another board's screen, a little off each time, and select it there", async () => {
    closeAfter();
    await boxSelected(alice, alices);
    await alices.press("Control+c", "Escape");
    const first = await simulator.samePixels(alice, bob);
    await simulator.page.locator("#add").click();
    const carol = simulator.phone("Carol");
    await alice.setContact("Bob", false);
    await alice.setContact("Carol", true);
    await carol.ready();
    await alice.ready();

    const frame = await alice.frame();
    await alices.press("Control+v");
    await expect.poll(() => selected(frame)).toBe("1 thing selected");
    const handle = async (): Promise<number> => (await frame.locator('[data-handle="nw"]').boundingBox())!.x;
    const left = await handle();
    await alices.press("Control+v");
    await expect.poll(async () => Math.round((await handle()) - left)).toBe(16);
    const screen = (await alice.screen.boundingBox())!;
    expect(Math.abs(left + 22 - screen.x - 180)).toBeLessThan(60);
    const both = await alice.picture();
    expect(both.inked).toBeGreaterThan(first.inked);
    await expect.poll(() => carol.picture()).toEqual(both);
    await alices.press("Control+z");
    await expect.poll(async () => (await carol.picture()).inked).toBe(first.inked);

    // The board it was copied from is as it was.
    await alice.setContact("Carol", false);
    await alice.setContact("Bob", true);
    await alice.ready();
    await expect.poll(() => alice.picture()).toEqual(first);
    expect(await bob.picture()).toEqual(first);
  });

  it("copy words that are marked on the page, not what is selected on the board", async () => {
    const frame = await boxSelected();
    const taken = (): Promise<boolean> =>
      frame.evaluate(() => {
        const event = new ClipboardEvent("copy", { bubbles: true, cancelable: true });
        return !document.body.dispatchEvent(event);
      });
    await frame.evaluate(() => getSelection()!.selectAllChildren(document.querySelector("#presence-text")!));
    expect(await taken()).toBe(false);
    await frame.evaluate(() => getSelection()!.removeAllRanges());
    expect(await taken()).toBe(true);
  });

  it("cut, which is a step of its own, and paste where the clipboard was cut from", async () => {
    const frame = await boxSelected();
    await bobs.press("Control+x");
    await expect.poll(async () => (await alice.picture()).inked).toBe(0);
    await bobs.press("Control+v");
    expect(await selected(frame)).toBe("1 thing selected");
    await expect.poll(async () => (await alice.picture()).inked).toBeGreaterThan(100);
    await bobs.press("Control+z", "Control+z");
    await expect.poll(() => alice.inkedPlaces([[40, 160]])).toBe(1);
    await simulator.samePixels(alice, bob);
  });
});

describe("buttons", () => {
  it("copy as well, and where the system's clipboard is closed the page remembers for itself, and says so", async () => {
    const frame = await boxSelected();
    await closeClipboard(frame);
    await frame.locator('#selection-menu [data-command="copy"]').click();
    await expect.poll(() => notice(frame)).toContain("for this board only");
    await pasteFrom(frame, {});
    await expect.poll(() => bob.inkedPlaces([[40, 160]])).toBe(1);
    expect((await simulator.samePixels(alice, bob)).inked).toBeGreaterThan(300);
  });
});

describe("without keys", () => {
  it("one pastes and selects all with buttons that are there while nothing is selected", async () => {
    const frame = await boxSelected();
    const start = frame.locator("#selection-start");
    expect(await start.isVisible()).toBe(false);
    await closeClipboard(frame);
    await frame.locator('#selection-menu [data-command="copy"]').click();
    await bobs.tap([300, 500]);
    await start.getByRole("button", { name: "Paste" }).click();
    await expect.poll(() => selected(frame)).toBe("1 thing selected");
    await bobs.tap([300, 500]);
    await start.getByRole("button", { name: "Select all" }).click();
    expect(await selected(frame)).toBe("2 things selected");
    await bobs.press("p");
    expect(await start.isVisible()).toBe(false);
    expect((await simulator.samePixels(alice, bob)).inked).toBeGreaterThan(300);
  });

  it("no notice lies over them", async () => {
    const frame = await boxSelected();
    const start = frame.locator("#selection-start");
    await closeClipboard(frame);
    await frame.locator('#selection-menu [data-command="copy"]').click();
    await frame.locator('.notice[data-kind="canvas"]').waitFor();
    await bobs.tap([300, 500]);
    await start.waitFor();
    // Also not where there is more to read.
    await frame.evaluate(() => {
      const text = document.querySelector('.notice[data-kind="canvas"] p')!;
      text.textContent = `${text.textContent} `.repeat(6);
    });
    const covered = await frame.evaluate(() =>
      Array.from(document.querySelectorAll("#selection-start button"), (button) => {
        const { left, right, top, bottom } = button.getBoundingClientRect();
        const corners = [top + 2, bottom - 2].flatMap((y) =>
          [left + 8, right - 8].map((x) => [x, y] as const),
        );
        return corners.every(([x, y]) => button.contains(document.elementFromPoint(x, y)));
      }),
    );
    expect(covered).toEqual([true, true]);
    await start.getByRole("button", { name: "Paste" }).click();
    expect(await frame.locator('.notice[data-kind="canvas"]').isVisible()).toBe(true);
    await expect.poll(() => selected(frame)).toBe("1 thing selected");
  });

  it("one is told where there is nothing to paste that this page may see", async () => {
    closeAfter();
    const frame = await bob.frame();
    await frame.evaluate(() => {
      Object.defineProperty(navigator, "clipboard", { value: undefined });
    });
    await bobs.press("v");
    await frame.locator('#selection-start [data-command="paste"]').click();
    await expect.poll(() => notice(frame)).toContain("may not look into the clipboard");
  });
});

describe("what comes from elsewhere", () => {
  it("is words where it is text, selected and to be taken back at once", async () => {
    await meetAnew();
    const frame = await bob.frame();
    await pasteFrom(frame, { text: "Bread\r\nMilk\n" });
    expect(await selected(frame)).toBe("1 thing selected");
    expect((await simulator.samePixels(alice, bob)).inked).toBeGreaterThan(50);
    await bobs.press("Control+z");
    expect(await canStep(frame, "undo")).toBe(false);
  });

  it("is refused in words where it is no text, damaged, newer, too much, or nothing", async () => {
    const frame = await bob.frame();
    for (const [content, words] of [
      [{ picture: true }, "Only PNG, JPEG and WebP pictures"],
      [{ text: "inkmesh:1:AAAA" }, "damaged"],
      [{ text: "inkmesh:3:AAAA" }, "newer Inkmesh"],
      [{ file: true }, "Only PNG, JPEG and WebP pictures"],
      [{ html: '<span data-inkmesh="inkmesh:1:AAAA"></span>', text: "words" }, "damaged"],
      [{ html: '<span data-inkmesh="inkmesh:2:AAAA"></span>', text: "words" }, "newer Inkmesh"],
      [{ letters: 6000 }, "too much to paste"],
      [{ text: " " }, "nothing to paste"],
    ] as const) {
      await pasteFrom(frame, content);
      await expect.poll(() => notice(frame)).toContain(words);
      expect((await bob.picture()).inked, words).toBe(0);
    }
  });
});

describe("a picture in the system's clipboard", () => {
  const GREEN: Color = [20, 160, 40];

  /** Puts one there, as another app does, of a page that has the keyboard. */
  async function copyPicture(page: Page): Promise<void> {
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.evaluate(
      async (bytes) => {
        const blob = new Blob([Uint8Array.from(bytes)], { type: "image/png" });
        window.focus();
        await navigator.clipboard.write([new ClipboardItem({ "image/png": blob })]);
      },
      [...quartersPng(100, 80, [GREEN])],
    );
  }
  const middle = async (phone: SimulatedPhone): Promise<Color> => {
    const frame = await phone.frame();
    const box = (await frame.locator(".selection-outline").boundingBox())!;
    const screen = (await phone.screen.boundingBox())!;
    const at: Place = [box.x + box.width / 2 - screen.x, box.y + box.height / 2 - screen.y];
    return (await phone.colors([at]))[0]!;
  };

  it("is pasted with keys", async () => {
    const frame = await bob.frame();
    await copyPicture(simulator.page);
    await bobs.press("Control+v");
    await expect.poll(() => selected(frame)).toBe("1 thing selected");
    await expect.poll(() => middle(bob)).toEqual(GREEN);
    expect(await frame.evaluate(() => document.documentElement.dataset["tool"])).toBe("select");
  });

  it("is pasted with buttons where the page may look: beside the selection's start, and under Picture", async () => {
    const other = await openSimulator({ search: "profile=browser&phones=1", context: { hasTouch: true } });
    onTestFinished(() => closeClean(other));
    const phone = other.phone("Alice");
    await phone.ready();
    const frame = await phone.frame();
    await copyPicture(other.page);
    await frame.locator("#point-button").click();
    await frame.locator('#selection-start [data-command="paste"]').click();
    await expect.poll(() => middle(phone)).toEqual(GREEN);
    await frame.locator("#menu-button").click();
    await frame.locator("#picture-button").click();
    await frame.locator("#picture-paste").click();
    await expect.poll(() => frame.locator("#canvas-overlay [role=status]").innerText()).toContain("2 of 2");
  });

  it("goes to the board also while somebody types, and what is typed stays", async () => {
    const frame = await bob.frame();
    await copyPicture(simulator.page);
    await bobs.press("t");
    await bobs.tap([60, 140]);
    await frame.locator("#text-field").waitFor();
    await simulator.page.keyboard.type("HHH");
    await simulator.page.keyboard.press("Control+v");
    await expect.poll(() => middle(bob)).toEqual(GREEN);
    expect(await frame.locator("#text-field").isVisible()).toBe(false);
    await expect.poll(() => frame.locator("#canvas-overlay [role=status]").innerText()).toContain("2 of 2");
    await simulator.samePixels(alice, bob);
  });

  it("with the words of a table beside it, is not meant: the words are", async () => {
    const frame = await bob.frame();
    await pasteFrom(frame, { text: "a b", html: "<table></table>", picture: true });
    await expect.poll(() => frame.locator("#canvas-overlay [role=status]").innerText()).toContain("Text");
    await pasteFrom(frame, { text: "picture.png", picture: true });
    await expect.poll(() => notice(frame)).toContain("Only PNG, JPEG and WebP");
  });
});
