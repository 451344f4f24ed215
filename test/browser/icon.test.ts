import { readFile, writeFile } from "node:fs/promises";
import { PNG } from "pngjs";
import { expect, it } from "vitest";
import { iconSvg } from "./icon.ts";
import { sharedBrowser } from "./shared-browser.ts";

const FILE = new URL("../../icon.png", import.meta.url);
/** Rows as they are, and matches looked for: for plain colours that is smaller by a third. */
const FOR_PLAIN_COLORS = { deflateLevel: 9, deflateStrategy: 0, filterType: 0 } as const;

/** `INKMESH_DRAW=1` writes the icon anew. */
it("icon.png is what icon.ts draws", async () => {
  const drawn = await rasterize(iconSvg());
  if (process.env["INKMESH_DRAW"] !== undefined)
    await writeFile(FILE, PNG.sync.write(drawn, FOR_PLAIN_COLORS));
  const bytes = await readFile(FILE);
  // A tenth of what the package may weigh.
  expect(bytes.length).toBeLessThan(30_000);
  // As it was drawn: eight bits of red, green, blue and opacity, no palette.
  expect([...bytes.subarray(24, 26)]).toEqual([8, 6]);
  const stored = PNG.sync.read(bytes);
  expect([stored.width, stored.height]).toEqual([512, 512]);
  // Browsers differ by a few steps of a colour along the edges.
  let off = 0;
  for (let i = 0; i < stored.data.length; i++) {
    if (Math.abs(stored.data[i]! - drawn.data[i]!) > 24) off++;
  }
  expect(off / stored.data.length).toBeLessThan(0.002);
});

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
