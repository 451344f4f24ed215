import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fontsFile } from "../browser/browser.ts";

/** The fonts that WebKit writes with. */
export interface Fonts {
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/**
 * Those of the Chromium that the tests use: where it is one that brings its own, WebKit gets them too. It
 * must also be told which of them is the system's: it believes a family that nobody has named to have no height.
 */
export async function shareFonts(): Promise<Fonts> {
  const shared = await fontsFile();
  if (shared === undefined) return { env: {}, close: () => Promise.resolve() };
  const folder = await mkdtemp(join(tmpdir(), "inkmesh-fonts-"));
  const file = join(folder, "fonts.conf");
  const alias = (family: string): string =>
    `<alias binding="same"><family>${family}</family><prefer><family>Open Sans</family></prefer></alias>`;
  await writeFile(
    file,
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include>${shared}</include>
  ${alias("system-ui")}
  ${alias("sans-serif")}
</fontconfig>
`,
  );
  return { env: { FONTCONFIG_FILE: file }, close: () => rm(folder, { recursive: true }) };
}
