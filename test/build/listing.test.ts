import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parseAppInfo, type AppInfo } from "../../src/package/appinfo.ts";
import { writeListing } from "../../src/package/listing.ts";

const INFO = `caVersion = 0
id = com.example.app
publisher = Somebody
name = An app
description = It does a "thing".
version = 1.2.3
capabilities = MultiUser
`;
const SERVED = "https://example.org/apps/";
const FILES = new Map<string, Uint8Array | string>([
  ["com.example.app.zspixiapp", Uint8Array.of(1, 2, 3)],
  ["com.example.app.spixi", "id = com.example.app\n"],
  ["com.example.app.png", Uint8Array.of(4, 5)],
]);
let root: string;
let folder: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "inkmesh-listing-"));
  folder = join(root, "dist/listing");
  await writeFile(join(root, "package.json"), "{}");
});

afterEach(async () => {
  await rm(root, { recursive: true });
});

function infoOf(text: string): AppInfo {
  const parsed = parseAppInfo(text);
  if (!parsed.ok) throw new Error(parsed.problems.join());
  return parsed.info;
}

async function list(extra = `url = ${SERVED}com.example.app.spixi\n`): Promise<string[]> {
  return writeListing(root, folder, infoOf(INFO + extra), FILES);
}

async function entry(): Promise<unknown> {
  return JSON.parse(await readFile(join(folder, "entry.json"), "utf8"));
}

describe("what the public list wants", () => {
  it("is one object with the list's keys, from appinfo.spixi", async () => {
    await list();
    expect(Object.entries((await entry()) as object)).toEqual([
      ["id", "com.example.app"],
      ["name", "An app"],
      ["publisher", "Somebody"],
      ["description", 'It does a "thing".'],
      ["category", "Tools"],
      ["featured", false],
      ["version", "1.2.3"],
      ["icon", `${SERVED}com.example.app.png`],
      ["spixiUrl", `${SERVED}com.example.app.spixi`],
      ["github", ""],
      ["singleUser", false],
      ["multiUser", true],
    ]);
  });

  it.each([
    ["https://code.example.org/a/b", "https://code.example.org/a/b"],
    [{ type: "git", url: "git+https://code.example.org/a/b.git" }, "https://code.example.org/a/b"],
    ["git@code.example.org:a/b.git", ""],
    [{}, ""],
  ])("leads to the source that package.json has as %j", async (repository, github) => {
    await writeFile(join(root, "package.json"), JSON.stringify({ repository }));
    await list();
    expect(await entry()).toMatchObject({ github });
    const isMissing = (await readFile(join(folder, "README.txt"), "utf8")).includes('no "repository"');
    expect(isMissing).toBe(github === "");
  });

  it("lies in folders as in the list's repository, with words on what goes where", async () => {
    const paths = await list();
    const names = ["com.example.app.zspixiapp", "com.example.app.spixi", "com.example.app.png"];
    expect(paths.map((path) => path.slice(folder.length + 1))).toEqual([
      ...names.map((name) => `apps/${name}`),
      "entry.json",
      "README.txt",
    ]);
    for (const [name, bytes] of FILES)
      expect(await readFile(join(folder, "apps", name)), name).toEqual(Buffer.from(bytes));
    const words = await readFile(join(folder, "README.txt"), "utf8");
    for (const word of [...names, "data/apps.json", SERVED]) expect(words).toContain(word);
  });

  it("is the same, byte for byte, each time, and nothing older stays beside it", async () => {
    const read = async (): Promise<string[]> =>
      Promise.all((await list()).map((path) => readFile(path, "base64")));
    const first = await read();
    await writeFile(join(folder, "apps/com.example.old.spixi"), "");
    expect(await read()).toEqual(first);
    expect(await readdir(join(folder, "apps"))).toHaveLength(3);
  });

  it("is not made of a package that says nowhere where it is to be got; an older one goes", async () => {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "entry.json"), "{}");
    expect(await list("")).toEqual([]);
    await expect(readdir(folder)).rejects.toThrow("ENOENT");
  });
});
