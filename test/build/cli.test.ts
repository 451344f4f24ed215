import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { unpackFiles } from "../../src/package/archive.ts";
import { runBuild } from "../../src/package/cli.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const ID = "com.inkmesh.canvas";
const ADDRESS = `https://example.org/apps/${ID}.spixi`;

let root: string;

/** A project with this one's descriptions and next to no sources, so that it builds in a moment. */
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "inkmesh-cli-"));
  for (const name of ["appinfo.spixi", "icon.png", "package.json"])
    await cp(join(ROOT, name), join(root, name));
  const sources = {
    "src/main.ts": "document.title = String(1);",
    "src/simulator/page/main.ts": "document.title = String(2);",
    "src/simulator/page/style.css": "p { order: 1 }",
    "src/simulator/page/index.html": "<!doctype html>",
    "app/css/main.css": "p { order: 2 }",
    "app/index.html": "<!doctype html>",
  };
  for (const [path, text] of Object.entries(sources)) {
    await mkdir(join(root, path, ".."), { recursive: true });
    await writeFile(join(root, path), text);
  }
});

afterEach(async () => {
  await rm(root, { recursive: true });
});

/** Builds; returns what is printed. */
async function run(...args: string[]): Promise<string> {
  const printed: string[] = [];
  await (
    await runBuild(root, args, (text) => printed.push(text))
  )();
  return printed.join("\n");
}

async function packedAppInfo(): Promise<string> {
  const files = await unpackFiles(await readFile(join(root, "dist", `${ID}.zspixiapp`)));
  return Buffer.from(files.get("appinfo.spixi")!).toString("utf8");
}

describe("a build", () => {
  it("with --url makes a package that an invitation can install, what the public list wants, and says what weighs what", async () => {
    const printed = await run("--url", ADDRESS);
    expect(await packedAppInfo()).toMatch(new RegExp(`^description = .+$[^]*^url = ${ADDRESS}$`, "m"));
    const published = await readFile(join(root, "dist", `${ID}.spixi`), "utf8");
    expect(published).toMatch(new RegExp(`^description = .+$[^]*^url = ${ADDRESS}$`, "m"));
    for (const name of ["zspixiapp", "spixi", "png"])
      expect(await readFile(join(root, "dist/listing/apps", `${ID}.${name}`)), name).toEqual(
        await readFile(join(root, "dist", `${ID}.${name}`)),
      );
    expect(printed).toContain("entry.json");
    expect(printed).toMatch(/^src\/main\.ts +\d+ +\d/m);
    expect(printed).toMatch(/^app\/js\/inkmesh\.js +\d+ +\d+$/m);
    expect(printed).toMatch(/^package +[\d,]+$/m);
    expect(printed).not.toContain("--url");
  });

  it("without --url says why it should have one", async () => {
    const printed = await run();
    expect(printed).toContain("id||url||name");
    expect(printed).toContain(`npm run build -- --url https://example.org/${ID}.spixi`);
    expect(await packedAppInfo()).toBe(await readFile(join(ROOT, "appinfo.spixi"), "utf8"));
    expect((await readdir(join(root, "dist"))).sort()).toEqual([
      `${ID}.png`,
      `${ID}.spixi`,
      `${ID}.zspixiapp`,
      "simulator",
    ]);
  });

  it("with an address that an invitation cannot carry says so and writes nothing", async () => {
    await expect(run("--url", `http://example.org/${ID}.spixi`)).rejects.toThrow("is not https");
    expect((await readdir(root)).sort()).toEqual(["app", "appinfo.spixi", "icon.png", "package.json", "src"]);
    expect((await readdir(join(root, "app"))).sort()).toEqual(["css", "index.html"]);
  });

  it.each([["--watch"], ["--app", "."]])("that makes no package takes no --url: %s", async (...args) => {
    await expect(run(...args, "--url", ADDRESS)).rejects.toThrow("--watch and --app make none");
  });

  it("that serves another app says what of the SDK it lacks", async () => {
    const app = join(root, "apps/other/app");
    await mkdir(app, { recursive: true });
    await writeFile(join(app, "index.html"), "<!doctype html>");
    await writeFile(join(app, "spixi-tools.js"), "// replace");
    const serve = (): Promise<string> => run("--serve", "--port", "0", "--app", join(root, "apps/other"));
    expect(await serve()).toContain(
      "app/spixi-tools.js only stands for a script of the messenger's SDK, and no folder above has mini-apps-sdk/spixi-tools.js",
    );
    await mkdir(join(root, "mini-apps-sdk"));
    await writeFile(join(root, "mini-apps-sdk/spixi-tools.js"), "var SpixiTools = {};");
    expect(await serve()).not.toContain("SDK");
  });

  it.each([
    [["--record", "a", "--replay", "b"], "--record and --replay exclude each other."],
    [["--record", "a", "--watch"], "--watch goes with neither --record nor --replay."],
    [["--replay", "nowhere.jsonl"], /There is no .*nowhere\.jsonl/],
  ])("takes no %j", async (args, message) => {
    await expect(run("--serve", ...args)).rejects.toThrow(message);
  });
});

describe("a page that is served to be recorded", () => {
  it("alone writes to the file: its first part is all, the others come after it", async () => {
    const file = join(root, "run.jsonl");
    await writeFile(file, "an older run");
    const printed: string[] = [];
    const stop = await runBuild(root, ["--serve", "--port", "0", "--record", file], (text) =>
      printed.push(text),
    );
    try {
      const url = /http:\S+/.exec(printed.join("\n"))![0];
      const write = async (method: string, body: string, origin: string): Promise<number> =>
        (await fetch(`${url}run`, { method, body, headers: { origin } })).status;
      const own = new URL(url).origin;
      expect(await write("PUT", "1\n", own)).toBe(204);
      expect(await write("POST", "2\n", own)).toBe(204);
      expect(await write("POST", "3\n", "https://example.org")).toBe(403);
      expect(await readFile(file, "utf8")).toBe("1\n2\n");
    } finally {
      await stop();
    }
  });

  it("takes nothing where nothing is recorded", async () => {
    const printed: string[] = [];
    const stop = await runBuild(root, ["--serve", "--port", "0"], (text) => printed.push(text));
    try {
      const url = /http:\S+/.exec(printed.join("\n"))![0];
      const headers = { origin: new URL(url).origin };
      expect((await fetch(`${url}run`, { method: "PUT", body: "1", headers })).status).toBe(404);
    } finally {
      await stop();
    }
  });
});
