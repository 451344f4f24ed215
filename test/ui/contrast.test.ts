import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

type Color = readonly [red: number, green: number, blue: number, alpha: number];

function parse(text: string): Color {
  const hex = /^#([0-9a-f]{6})$/u.exec(text)?.[1];
  if (hex !== undefined) {
    const rgb = Number.parseInt(hex, 16);
    return [rgb >> 16, (rgb >> 8) & 255, rgb & 255, 1];
  }
  const parts = /^rgba\(([\d.]+), ([\d.]+), ([\d.]+), ([\d.]+)\)$/u.exec(text);
  if (!parts) throw new Error(`no colour: ${text}`);
  return [Number(parts[1]), Number(parts[2]), Number(parts[3]), Number(parts[4])];
}

const over = ([r, g, b, a]: Color, [br, bg, bb]: Color): Color => [
  r * a + br * (1 - a),
  g * a + bg * (1 - a),
  b * a + bb * (1 - a),
  1,
];

/** Relative luminance as WCAG 2 has it. */
function luminance([r, g, b]: Color): number {
  const [red, green, blue] = [r, g, b].map((channel) => {
    const part = channel / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(front: Color, ground: Color): number {
  const [light, dark] = [luminance(over(front, ground)), luminance(ground)].sort((a, b) => b - a);
  return (light! + 0.05) / (dark! + 0.05);
}

/** The tokens of the light theme, and those that the dark one puts in their places. */
async function tokens(): Promise<Record<"light" | "dark", Map<string, string>>> {
  const css = await readFile(join(ROOT, "app/css/tokens.css"), "utf8");
  const at = css.indexOf("@media (prefers-color-scheme: dark)");
  const end = css.indexOf("@media", at + 1);
  const read = (text: string): [string, string][] =>
    [...text.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6}|rgba\([^)]*\));/gu)].map((match) => [
      match[1]!,
      match[2]!,
    ]);
  const light = new Map(read(css.slice(0, at)));
  return { light, dark: new Map([...light, ...read(css.slice(at, end))]) };
}

describe.each(["light", "dark"] as const)("in the %s theme", (scheme) => {
  const TEXT = [
    ["text", "surface"],
    ["text", "canvas"],
    ["text-quiet", "surface"],
    ["text-quiet", "canvas"],
    ["accent", "surface"],
    ["notice-text", "notice"],
    ["notice-action", "notice"],
  ] as const;
  it.each(TEXT)("%s can be read on %s", async (front, ground) => {
    const of = (await tokens())[scheme];
    expect(contrast(parse(of.get(front)!), parse(of.get(ground)!))).toBeGreaterThanOrEqual(4.5);
  });
  it.each([
    ["text", "pressed"],
    ["text-quiet", "pressed"],
    ["text", "chosen"],
    ["accent", "chosen"],
  ] as const)("%s can be read on a surface that is %s", async (front, veil) => {
    const of = (await tokens())[scheme];
    const ground = over(parse(of.get(veil)!), parse(of.get("surface")!));
    expect(contrast(parse(of.get(front)!), ground)).toBeGreaterThanOrEqual(4.5);
  });
  it("the edges of fields and switches can be seen", async () => {
    const of = (await tokens())[scheme];
    for (const ground of ["surface", "canvas"])
      expect(contrast(parse(of.get("field-line")!), parse(of.get(ground)!))).toBeGreaterThanOrEqual(3);
  });
});
