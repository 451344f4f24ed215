import { readFile, writeFile } from "node:fs/promises";
import { PNG } from "pngjs";
import { expect, it } from "vitest";
import { iconSvg } from "./icon.ts";
import { sharedBrowser } from "./shared-browser.ts";

const FILE = new URL("../../icon.png", import.meta.url);
/**
 * `INKMESH_DRAW=1` writes the icon anew. It is a third as large once any tool for PNG files has given it a palette of 64
 * colours, which nobody sees.
 */
it("icon.png is what icon.ts draws", async () => {
  const drawn = await rasterize(iconSvg());
  if (process.env["INKMESH_DRAW"] !== undefined) await writeFile(FILE, PNG.sync.write(drawn));
  const bytes = await readFile(FILE);
  expect(bytes.length).toBeLessThan(10_000);
  const stored = PNG.sync.read(bytes);
  expect([stored.width, stored.height]).toEqual([512, 512]);
  // Browsers differ by a few steps of a colour along the edges.
  const [was, is] = [seenOf(stored), seenOf(drawn)];
  const off = was.filter((value, i) => Math.abs(value - is[i]!) > 24).length;
  expect(off / was.length).toBeLessThan(0.002);
});

/** Red, green and blue, each as much as its pixel is opaque, and that: what nobody sees has no colour. */
function seenOf({ data }: PNG): number[] {
  return Array.from(data, (value, i) => (i % 4 === 3 ? value : (value * data[i | 3]!) / 255));
}

async function rasterize(svg: string): Promise<PNG> {
  const browser = await sharedBrowser();
  const page = await browser.newPage({ viewport: { width: 512, height: 512 } });
  try {
    await page.setContent(`<body style="margin:0">${svg}</body>`);
    return PNG.sync.read(await page.screenshot({ omitBackground: true }));
  } finally {
    await page.close();
  }
}
