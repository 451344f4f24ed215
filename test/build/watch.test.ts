import { appendFile, cp, mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { runBuild } from "../../src/package/cli.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
/** A change is noticed within a second or two. */
const PATIENT = { timeout: 20_000 };
const TALLY = join(ROOT, "test/browser/fixtures/tally");

let root: string;
let stop: (() => Promise<void>) | undefined;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "inkmesh-watch-"));
  for (const name of ["src", "app", "appinfo.spixi", "icon.png", "package.json", "tsconfig.json"])
    await cp(join(ROOT, name), join(root, name), { recursive: true });
  await symlink(join(ROOT, "node_modules"), join(root, "node_modules"));
});

afterEach(async () => {
  await stop?.();
  await rm(root, { recursive: true });
});

/** Serves and watches; returns the address. */
async function start(...args: string[]): Promise<string> {
  const printed: string[] = [];
  stop = await runBuild(root, ["--serve", "--watch", "--port", "0", ...args], (text) => printed.push(text));
  return /http:\S+/.exec(printed.join("\n"))![0];
}

/** How often the server has told an open page that there is something new. */
async function countAnnouncements(url: string): Promise<() => number> {
  const { body } = await fetch(`${url}builds`);
  const reader = body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  const read = async (): Promise<void> => {
    for (let part = await reader.read(); !part.done; part = await reader.read()) text += part.value;
  };
  // Stopping the server breaks it off.
  read().catch(() => {});
  return () => text.split("data: built").length - 1;
}

it("--watch builds again when a source changes, and tells the open page", async () => {
  const url = await start();
  const announcements = await countAnnouncements(url);
  const script = (): Promise<string> => readFile(join(root, "app/js/inkmesh.js"), "utf8");
  expect(await script()).not.toContain("built anew");
  await appendFile(join(root, "src/main.ts"), '\ndocument.title = "built anew";\n');
  await expect.poll(script, PATIENT).toContain("built anew");
  await expect.poll(announcements, PATIENT).toBeGreaterThan(0);

  const before = announcements();
  await appendFile(join(root, "app/css/tokens.css"), "\n.changed { order: 7 }");
  const style = async (): Promise<string> => (await fetch(`${url}app/js/inkmesh.css`)).text();
  await expect.poll(style, PATIENT).toContain(".changed{order:7}");
  await expect.poll(announcements, PATIENT).toBeGreaterThan(before);
});

it("--app --watch tells the open page when the other Mini App changes", async () => {
  const app = join(root, "tally");
  await cp(TALLY, app, { recursive: true });
  const url = await start("--app", app);
  const announcements = await countAnnouncements(url);
  const before = announcements();
  await appendFile(join(app, "app/js/tally.js"), "// changed");
  await expect.poll(announcements, PATIENT).toBeGreaterThan(before);
  expect(await (await fetch(`${url}app/js/tally.js`)).text()).toContain("// changed");
});
