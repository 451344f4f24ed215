import { PNG } from "pngjs";
import { describe, expect, test } from "vitest";
import { useApp } from "./fixture.ts";

/*
 * The ways out and in, in a browser: a download, the clipboard, a picture on the whole screen, a file that is chosen,
 * dropped or pasted.
 */
const { open, page, draw, idle, inked, inkedPlaces } = useApp({
  permissions: ["clipboard-read", "clipboard-write"],
});

async function opened(): Promise<void> {
  await open();
  await draw([100, 300], [200, 300], [200, 400]);
}

async function choose(format: string, area = "page"): Promise<void> {
  await page.keyboard.press("Control+s");
  await page.locator("#export-format").selectOption(format);
  await page.locator("#export-area").selectOption(area);
}

async function saved(): Promise<{ readonly name: string; readonly content: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#export-save").click()]);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  return { name: download.suggestedFilename(), content: Buffer.concat(chunks) };
}

const notice = (): Promise<string> => page.locator('.notice[data-kind="transfer"]').innerText();

const pagesLabel = (): Promise<string | null> => page.locator("#pages-button").getAttribute("aria-label");

const pasteText = (text: string): Promise<void> =>
  page.evaluate((given) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", given);
    document.body.dispatchEvent(
      new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }),
    );
  }, text);

const dropFile = (name: string, content: string, at: readonly [number, number]): Promise<void> =>
  page.evaluate(
    ([named, bytes, [x, y]]) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([bytes], named));
      const options = { dataTransfer, clientX: x, clientY: y, bubbles: true, cancelable: true };
      document.getElementById("stage")!.dispatchEvent(new DragEvent("drop", options));
    },
    [name, content, at] as const,
  );

const ELEMENTS = [
  { type: "rectangle", x: 0, y: 0, width: 200, height: 100, strokeWidth: 4, backgroundColor: "#ffc9c9" },
  { type: "text", x: 20, y: 30, width: 80, height: 25, text: "Hello", fontSize: 20 },
];
const DRAWING = JSON.stringify({ type: "excalidraw", version: 2, elements: ELEMENTS });

describe("out", () => {
  test("a PNG is downloaded in the size that was chosen, with what is drawn and nothing under it", async () => {
    await opened();
    await choose("png");
    await page.locator("#export-scale").selectOption("1");
    await page.locator(".switch:has(#export-paper)").click();
    const { name, content } = await saved();
    expect(name).toBe("inkmesh.png");
    const { width, height, data } = PNG.sync.read(content);
    // 100 wide and high, the ink's width and the margin.
    expect(width).toBeGreaterThan(148);
    expect(width).toBeLessThan(170);
    expect(Math.abs(width - height)).toBeLessThan(4);
    expect(data[3]).toBe(0);
    const opaque = Array.from({ length: width * height }, (_, i) => data[4 * i + 3]!).filter(
      (a) => a === 255,
    );
    expect(opaque.length).toBeGreaterThan(200);
    await expect.poll(notice).toContain("Handed on.");
    await choose("png", "view");
    const { content: view } = await saved();
    expect(PNG.sync.read(view).width).toBe(390);
  });

  test("an SVG is downloaded, and copied as text", async () => {
    await opened();
    await choose("svg");
    const { name, content } = await saved();
    expect(name).toBe("inkmesh.svg");
    expect(content.toString()).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" width="\d+/u);
    await choose("svg");
    await page.locator("#export-copy").click();
    await expect.poll(notice).toBe("Copied");
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(content.toString());
  });

  test("a picture gets into the clipboard, and nobody says that it surely did", async () => {
    await opened();
    await choose("png");
    await page.locator("#export-copy").click();
    await expect.poll(notice).toContain("If nothing arrives");
    const types = await page.evaluate(async () =>
      (await navigator.clipboard.read()).flatMap(({ types: each }) => each),
    );
    expect(types).toEqual(["image/png"]);
  });

  test("a picture is shown by itself, under a data address, to be held or taken a screenshot of", async () => {
    await opened();
    await choose("png");
    await page.locator("#export-show").click();
    const image = page.locator("#clean-view img");
    await image.waitFor();
    expect(await image.getAttribute("src")).toMatch(/^data:image\/png;base64,/u);
    expect(await image.evaluate((each: HTMLImageElement) => each.naturalWidth)).toBeGreaterThan(200);
    await image.click();
    expect(await page.locator(".clean-bar").isVisible()).toBe(false);
    await image.click();
    await page.keyboard.press("Escape");
    await image.waitFor({ state: "detached" });
  });

  test("what is selected goes out alone; without a selection that cannot be chosen", async () => {
    await opened();
    await draw([50, 600], [80, 600]);
    await page.keyboard.press("Control+s");
    expect(await page.locator("#export-area option[value=selection]").isDisabled()).toBe(true);
    await page.keyboard.press("Escape");
    await page.keyboard.press("v");
    await page.mouse.click(65, 600);
    await page.locator("#selection-menu").waitFor();
    await choose("svg", "selection");
    const { content } = await saved();
    expect(content.toString().match(/<path d="M/gu)).toHaveLength(2);
    await choose("inkmesh", "selection");
    await page.locator("#export-copy").click();
    await expect.poll(notice).toBe("Copied");
    expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^inkmesh:1:/u);
  });
});

test("a long export tells how far it is, and is cancelled", async () => {
  await open();
  const elements = Array.from({ length: 3000 }, (_, i) => ({
    type: "ellipse",
    x: (i * 37) % 4000,
    y: (i * 101) % 4000,
    width: 300,
    height: 200,
  }));
  await pasteText(JSON.stringify({ type: "excalidraw", elements }));
  await expect.poll(notice).toMatch(/^3,?000 things selected/u);
  await page.keyboard.press("Escape");
  const names: string[] = [];
  page.on("download", (download) => names.push(download.suggestedFilename()));
  await choose("png");
  await page.locator("#export-scale").selectOption("4");
  await page.locator("#export-save").click();
  await expect.poll(notice).toMatch(/^Export and import: \d+ %/u);
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.locator('.notice[data-kind="transfer"]').waitFor({ state: "detached" });
  await choose("inkmesh");
  const { name, content } = await saved();
  expect(names).toEqual(["inkmesh.inkmesh"]);
  // So does what comes in, of which nothing is to be seen then.
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Delete");
  await expect.poll(inked).toBe(0);
  const client = await page.context().newCDPSession(page.mainFrame().page());
  await client.send("Emulation.setCPUThrottlingRate", { rate: 8 });
  await page.keyboard.press("Control+s");
  await page.locator("#import-here input").setInputFiles([{ name, mimeType: "", buffer: content }]);
  await expect.poll(notice).toMatch(/^Export and import: [5-9]\d %/u);
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.locator('.notice[data-kind="transfer"]').waitFor({ state: "detached" });
  await client.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  await idle();
  expect(await inked()).toBe(0);
  // Nothing of it is a step: what was deleted comes back.
  await page.keyboard.press("Control+z");
  await expect.poll(inked).toBeGreaterThan(0);
});

describe("in", () => {
  test("a board's file comes back as it was, as one step, and as text too", async () => {
    await opened();
    const before = await inked();
    await choose("inkmesh");
    const { name, content } = await saved();
    expect(name).toBe("inkmesh.inkmesh");
    await choose("inkmesh");
    await page.locator("#export-copy").click();
    await expect.poll(notice).toBe("Copied");
    const text = await page.evaluate(() => navigator.clipboard.readText());
    for (const way of ["file", "text"]) {
      await page.keyboard.press("Control+a");
      await page.keyboard.press("Delete");
      await expect.poll(inked).toBe(0);
      if (way === "file") {
        await page.keyboard.press("Control+s");
        const files = [{ name, mimeType: "", buffer: content }];
        await page.locator("#import-here input").setInputFiles(files);
      } else await pasteText(text);
      await expect.poll(notice).toMatch(/^1 thing selected/u);
      await page.keyboard.press("Escape");
      await idle();
      await expect.poll(inked).toBeGreaterThan(0.9 * before);
      await page.keyboard.press("Control+z");
      await expect.poll(inked).toBe(0);
      await page.keyboard.press("Control+z");
      await expect.poll(inked).toBeGreaterThan(0.9 * before);
    }
  });

  test("a drawing of Excalidraw comes where it is dropped, and what it has more is named", async () => {
    await open();
    await dropFile("plan.excalidraw", DRAWING, [200, 400]);
    await expect.poll(notice).toMatch(/^2 things selected. Left out: fills./u);
    await page.keyboard.press("Escape");
    expect(await inkedPlaces([100, 400], [200, 350], [200, 450])).toBe(3);
    await page.locator(".notice-action").click();
    await expect.poll(inked).toBe(0);
  });

  test("a drawing's pictures come with it, and go out with the board's file and in an SVG", async () => {
    await open();
    const address = await page.evaluate(() => {
      const canvas = document.createElement("canvas");
      Object.assign(canvas, { width: 60, height: 40 });
      const context = canvas.getContext("2d")!;
      context.fillStyle = "#d02020";
      context.fillRect(0, 0, 60, 40);
      return canvas.toDataURL();
    });
    const images = [
      { type: "image", x: 0, y: 0, width: 120, height: 80, fileId: "a" },
      { type: "image", x: 0, y: 200, width: 120, height: 80, fileId: "gone" },
    ];
    const files = { a: { mimeType: "image/png", dataURL: address } };
    await dropFile(
      "p.excalidraw",
      JSON.stringify({ type: "excalidraw", elements: images, files }),
      [200, 300],
    );
    await expect.poll(notice).toMatch(/^1 thing selected. Left out: pictures./u);
    await page.keyboard.press("Escape");
    await expect.poll(() => inkedPlaces([150, 270], [250, 330])).toBe(2);
    await choose("svg");
    expect((await saved()).content.toString()).toMatch(/<image [^>]*href="data:image\/(png|webp);base64,/u);
    await choose("inkmesh");
    const { name, content } = await saved();
    await page.keyboard.press("Control+a");
    await page.keyboard.press("Delete");
    await page.keyboard.press("Control+s");
    await page.locator("#import-here input").setInputFiles([{ name, mimeType: "", buffer: content }]);
    await expect.poll(notice).toMatch(/^1 thing selected(?!\.)/u);
    await page.keyboard.press("Escape");
    await expect.poll(inked).toBeGreaterThan(8000);
  });

  test("a library comes onto a page of its own, as what is to be opened there does", async () => {
    await opened();
    const library = JSON.stringify({
      type: "excalidrawlib",
      version: 1,
      library: [ELEMENTS],
    });
    await pasteText(library);
    await expect.poll(notice).toMatch(/^New page/u);
    await expect.poll(pagesLabel).toContain("2");
    await page.keyboard.press("Control+s");
    const files = [{ name: "plan.excalidraw", mimeType: "", buffer: Buffer.from(DRAWING) }];
    await page.locator("#import-pages input").setInputFiles(files);
    await expect.poll(pagesLabel).toContain("3");
  });

  test.each([
    ["cut.inkmesh", "inkmesh1", "The copy is damaged."],
    ["later.inkmesh", "inkmesh7", "Copied in a newer Inkmesh. Update yours to paste it."],
    ["broken.excalidraw", '{"type": "excalidraw", "elements": [', "The copy is damaged."],
    ["list.json", "[1, 2]", "This is no file of Inkmesh or Excalidraw."],
  ])("%s changes nothing, and it is said why", async (name, content, words) => {
    await opened();
    const before = await inked();
    await dropFile(name, content, [200, 400]);
    await expect.poll(notice).toBe(words);
    expect(await inked()).toBe(before);
  });
});
