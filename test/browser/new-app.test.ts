import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { closeClean } from "./closing.ts";
import { sharedBrowser } from "./shared-browser.ts";
import { watchPage } from "./watch.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
/** What `git clone` and `npm ci` bring that is needed to build and serve. */
const CLONED = ["src", "app", "build.mjs", "appinfo.spixi", "icon.png", "package.json", "tsconfig.json"];

interface Guide {
  /** Contents by path. */
  readonly files: ReadonlyMap<string, string>;
  readonly commands: string;
}

/** The blocks of the page: a shell's are commands, each of the others is the file that the text before begins with. */
async function readGuide(): Promise<Guide> {
  const text = await readFile(join(ROOT, "src/simulator/README.md"), "utf8");
  const files = new Map<string, string>();
  const commands: string[] = [];
  for (const [, before, language, block] of text.matchAll(
    /([^\n]+(?:\n[^\n]+)*)\n\n```(\w+)\n([^]*?)```\n/g,
  )) {
    if (language === "sh") commands.push(block!);
    else files.set(/^`([^`]+)`/.exec(before!)![1]!, block!);
  }
  return { files, commands: commands.join("") };
}

let folder: string;
let shell: ChildProcess | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "inkmesh-new-app-"));
});

afterEach(async () => {
  if (shell?.exitCode === null) {
    const ended = once(shell, "exit");
    // With all that it has started.
    process.kill(-shell.pid!);
    await ended;
  }
  await rm(folder, { recursive: true });
});

/** Runs the commands until the last of them, which does not end by itself, has printed the page's address. */
async function follow(commands: string): Promise<string> {
  shell = spawn("sh", ["-ec", commands], { cwd: folder, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  let printed = "";
  for (const stream of [shell.stdout!, shell.stderr!]) stream.on("data", (text) => (printed += String(text)));
  await expect
    .poll(() => (shell!.exitCode === null ? printed : `ended: ${printed}`))
    .toMatch(/Simulator: http\S+\/\s|^ended/);
  expect(printed).toContain("Simulator: ");
  return /Simulator: (http\S+)/.exec(printed)![1]!;
}

it("the page on how to build a Mini App leads from an empty folder to two phones", async () => {
  const { files, commands } = await readGuide();
  expect([...files.keys()]).toEqual(["hello/appinfo.spixi", "hello/app/index.html", "hello/main.ts"]);
  for (const name of CLONED) await cp(join(ROOT, name), join(folder, "inkmesh", name), { recursive: true });
  await symlink(join(ROOT, "node_modules"), join(folder, "inkmesh/node_modules"));
  for (const [path, content] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  const url = await follow(commands);

  const browser = await sharedBrowser();
  const page = await browser.newPage();
  const { problems } = watchPage(page, url);
  const close = (): Promise<void> => page.close();
  try {
    await page.goto(`${url}?seed=1`);
    const alice = page.frameLocator('iframe[title="Alice"]');
    const bob = page.frameLocator('iframe[title="Bob"]');
    await expect.poll(() => alice.locator("#with").textContent()).toMatch(/^Bob/);
    await expect.poll(() => bob.locator("#with").textContent()).toMatch(/^ALice/);
    await alice.locator("#wave").click();
    await expect.poll(() => bob.locator("#theirs").textContent()).toBe("1");
    expect(await page.locator("#app-name").textContent()).toBe("Hello 1.0.0");

    // Bob asks Alice, and she has stored it; he sees her come back.
    const reopen = (name: string): Promise<void> =>
      page
        .getByRole("region", { name: `${name}'s phone` })
        .getByRole("button", { name: "Reopen" })
        .click();
    await reopen("Bob");
    await expect.poll(() => bob.locator("#with").textContent()).toMatch(/^ALice/);
    await expect.poll(() => bob.locator("#theirs").textContent()).toBe("1");
    await reopen("Alice");
    await expect.poll(() => alice.locator("#mine").textContent()).toBe("1");
    await expect.poll(() => bob.locator("#with").textContent()).toMatch(/^ALice/);
    const seen = page.locator('.log-row:is([data-group="alerts"], [data-group="problems"])');
    expect(await seen.allTextContents()).toEqual([]);
  } finally {
    await closeClean({ problems, close });
  }
});
