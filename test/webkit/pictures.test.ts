import { describe, expect, it, vi } from "vitest";
import { blockJpeg, exifSegment } from "../base/block-jpeg.ts";
import { madePng, madeWebp } from "../base/made-pictures.ts";
import { quartersPng } from "../browser/flat-png.ts";
import type { Color, Place } from "../browser/picture.ts";
import { useWebKitTab } from "./fixture.ts";

/* Pictures on their way in, and cropping. The driver opens no dialogs: files are put where a dialog puts them. */
const tab = useWebKitTab();

const [RED, GREEN, BLUE, GREY]: readonly Color[] = [
  [220, 30, 30],
  [20, 160, 40],
  [30, 60, 220],
  [120, 120, 120],
];
const PAPER: Color = [253, 253, 251];
const QUARTERS = quartersPng(200, 100, [RED!, GREEN!, BLUE!, GREY!]);

interface Given {
  readonly bytes: readonly number[];
  readonly way: "paste" | "choose";
}

/** Brings a file in. */
const bring = (bytes: Uint8Array, way: Given["way"] = "paste"): Promise<void> =>
  tab.evaluate(
    (given: Given) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(given.bytes)], "picture.png", { type: "image/png" }));
      if (given.way === "paste") {
        const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
        document.body.dispatchEvent(event);
        return;
      }
      const chooser = document.querySelector<HTMLInputElement>("#panel-picture input[type=file]")!;
      chooser.files = data.files;
      chooser.dispatchEvent(new Event("change"));
    },
    { bytes: [...bytes], way },
  );

interface Placed {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where what is selected lies, without the line around it; waits until it is there. */
async function placed(width: number, height: number): Promise<Placed> {
  await tab.untilSeen("#selection-menu");
  const { x, y } = await tab.evaluate(() => {
    const box = document.querySelector(".selection-outline")!.getBoundingClientRect();
    return { x: box.left + box.width / 2, y: box.top + box.height / 2 };
  });
  return { x: x - width / 2, y: y - height / 2, width, height };
}

const quarters = ({ x, y, width, height }: Placed): Promise<readonly Color[]> => {
  const at = (across: number, down: number): Place => [
    Math.round(x + across * width),
    Math.round(y + down * height),
  ];
  return tab.colors([at(0.25, 0.25), at(0.75, 0.25), at(0.25, 0.75), at(0.75, 0.75)]);
};

const expectQuarters = (at: Placed, colors: readonly (Color | undefined)[]): Promise<void> =>
  vi.waitFor(async () => expect(await quarters(at)).toEqual(colors), { timeout: 20_000, interval: 50 });

const middleOf = (selector: string): Promise<Place> =>
  tab.evaluate((wanted): Place => {
    const { left, top, width, height } = document.querySelector(wanted)!.getBoundingClientRect();
    return [Math.round(left + width / 2), Math.round(top + height / 2)];
  }, selector);

describe("a picture", () => {
  it.each(["paste", "choose"] as const)(
    "comes in the way of %s, is selected, and can be taken back",
    async (way) => {
      await bring(QUARTERS, way);
      const at = await placed(200, 100);
      await expectQuarters(at, [RED, GREEN, BLUE, GREY]);
      await tab.press("Control+z");
      await expectQuarters(at, [PAPER, PAPER, PAPER, PAPER]);
    },
  );

  it("is turned as its camera was held", async () => {
    // Red above and blue below, with eight columns; turned to the right, red is on the right.
    const row = (block: number[]): number[][] => Array.from({ length: 8 }, () => block);
    const blocks = [row([76, 85, 255]), row([76, 85, 255]), row([29, 255, 107]), row([29, 255, 107])];
    await bring(blockJpeg({ blocks, before: exifSegment(6, "MM") }));
    const at = await placed(32, 64);
    await vi.waitFor(
      async () => {
        const seen = (await quarters(at)).map(([red, , blue]) => (red > blue ? "red" : "blue"));
        expect(seen).toEqual(["blue", "red", "blue", "red"]);
      },
      { timeout: 20_000, interval: 50 },
    );
  });

  it("that is none, too large or cut off is told, and changes nothing", async () => {
    const told = (): Promise<string | undefined> =>
      tab.evaluate(() => document.querySelector('.notice[data-kind="canvas"] p')?.textContent ?? undefined);
    for (const [bytes, words] of [
      [Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"), "Only PNG"],
      [madePng(1, 60_000), "16 megapixels"],
      [QUARTERS.subarray(0, QUARTERS.length - 20), "damaged"],
      [madePng(9, 9), "damaged"],
      // This engine decodes them to nothing.
      [QUARTERS.map((byte, at) => (at === QUARTERS.length - 30 ? byte ^ 1 : byte)), "damaged"],
      [madeWebp(100, 100, "VP8 "), "damaged"],
    ] as const) {
      await tab.evaluate(() => document.querySelector('.notice[data-kind="canvas"]')?.remove());
      await bring(bytes);
      await vi.waitFor(async () => expect(await told()).toContain(words), { timeout: 20_000, interval: 50 });
    }
    await tab.untilSeen("#selection-menu", false);
  });

  it("is cropped with the mouse, and whole again", async () => {
    await bring(QUARTERS);
    const at = await placed(200, 100);
    await tab.click('#selection-menu [data-command="crop"]');
    const [x, y] = await middleOf('[data-crop="ne"]');
    await tab.drag("mouse", [x, y], [x - 100, y + 50]);
    await tab.click('#selection-menu [data-command="crop"]');
    await expectQuarters(at, [PAPER, PAPER, BLUE, PAPER]);
    await tab.press("Control+z");
    await expectQuarters(at, [RED, GREEN, BLUE, GREY]);
  });

  it("that is a photograph takes 300 kB at most, whichever kinds the engine writes", async () => {
    const photo = await tab.evaluate(() => {
      const canvas = Object.assign(document.createElement("canvas"), { width: 900, height: 700 });
      const context = canvas.getContext("2d")!;
      const image = context.createImageData(900, 700);
      let seed = 1;
      for (let i = 0; i < image.data.length; i++) {
        seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
        image.data[i] = i % 4 === 3 ? 255 : seed >>> 24;
      }
      context.putImageData(image, 0, 0);
      return canvas.toDataURL("image/jpeg", 0.9).split(",")[1]!;
    });
    const bytes = Buffer.from(photo, "base64");
    expect(bytes.length).toBeGreaterThan(300_000);
    await bring(bytes);
    await tab.untilSeen("#selection-menu");
  });
});
