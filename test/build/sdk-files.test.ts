import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { packFiles } from "../../src/package/archive.ts";
import { openMiniApp, readTree } from "../../src/package/files.ts";

const PLACEHOLDER = "// A placeholder, replace with actual spixi-app-sdk.js\n";
const SDK = "var SpixiAppSdk = {}; // the SDK\n";
const PATH = "app/js/spixi-app-sdk.js";

let root: string;
let app: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "inkmesh-sdk-"));
  app = join(root, "apps/com.example.app");
  await write(join(app, "app/index.html"), "<!doctype html>");
});

afterEach(async () => {
  await rm(root, { recursive: true });
});

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

async function served(path = PATH): Promise<string> {
  const content = await (await openMiniApp(app)).read(path);
  return Buffer.from(content ?? "").toString("utf8");
}

async function problems(): Promise<readonly string[]> {
  return (await openMiniApp(app)).problems();
}

describe("a script of the SDK that a comment stands for", () => {
  beforeEach(() => write(join(app, PATH), PLACEHOLDER));

  it("is the one of mini-apps-sdk beside the folder of all apps", async () => {
    await write(join(root, "mini-apps-sdk/spixi-app-sdk.js"), SDK);
    expect(await served()).toBe(SDK);
    expect(await problems()).toEqual([]);
  });

  it("is found as well where the app's inner folder is opened, or has no js folder", async () => {
    await write(join(root, "mini-apps-sdk/spixi-app-sdk.js"), SDK);
    await write(join(app, "app/spixi-app-sdk.js"), "/* nothing */\n\n");
    app = join(app, "app");
    expect(await served()).toBe(SDK);
    expect(await served("app/spixi-app-sdk.js")).toBe(SDK);
    expect(await problems()).toEqual([]);
  });

  it("is said to be missing where there is none, or another comment", async () => {
    await write(join(app, "app/js/spixi-tools.js"), "");
    await write(join(root, "mini-apps-sdk/spixi-app-sdk.js"), PLACEHOLDER);
    expect(await served()).toBe(PLACEHOLDER);
    expect((await problems()).map((text) => text.replace(/ only stands [^]* has /, ": "))).toEqual([
      "app/js/spixi-app-sdk.js: mini-apps-sdk/spixi-app-sdk.js, which is to be put in its place: the app cannot run without it.",
      "app/js/spixi-tools.js: mini-apps-sdk/spixi-tools.js, which is to be put in its place: the app cannot run without it.",
    ]);
  });

  it("is not put into a package, which is said to lack it", async () => {
    const zip = join(root, "app.zspixiapp");
    await writeFile(zip, await packFiles(await readTree(app)));
    await write(join(root, "mini-apps-sdk/spixi-app-sdk.js"), SDK);
    app = zip;
    expect(await served()).toBe(PLACEHOLDER);
    expect(await problems()).toEqual([
      "app/js/spixi-app-sdk.js only stands for a script of the messenger's SDK: this package was made without it, and its app can run on no phone.",
    ]);
  });
});

it("an app's own copy of the SDK, and comments in files of other names, stay as they are", async () => {
  await write(join(root, "mini-apps-sdk/spixi-app-sdk.js"), "another version");
  await write(join(root, "mini-apps-sdk/notes.js"), "another version");
  await write(join(app, PATH), SDK);
  await write(join(app, "app/js/notes.js"), PLACEHOLDER);
  expect(await served()).toBe(SDK);
  expect(await served("app/js/notes.js")).toBe(PLACEHOLDER);
  expect(await problems()).toEqual([]);
});
