import { mkdir, mkdtemp, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { unpackFiles } from "../../src/package/archive.ts";
import { checkPackage, checksumOf } from "../../src/package/installer.ts";
import { readOwnAppInfo } from "../../src/package/own-appinfo.ts";
import { publishPackage, type PublishedPackage } from "../../src/package/publish.ts";

const INFO = `caVersion = 0
id = com.example.app
publisher = Somebody
name = An app
description = It does a thing.
version = 1.2.3
capabilities = multiUser
maxUsers = 4
`;
const URL_OF_IT = "https://example.org/apps/com.example.app.spixi";
let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "inkmesh-publish-"));
  await mkdir(join(root, "app/js"), { recursive: true });
  await writeFile(join(root, "app/js/z.js"), "1;".repeat(1000));
  await writeFile(join(root, "app/index.html"), "<!doctype html>");
  await writeFile(join(root, "app/.hidden"), "not shipped");
  await writeFile(join(root, "notes.txt"), "not shipped");
  await writeFile(join(root, "appinfo.spixi"), INFO);
  await writeFile(join(root, "icon.png"), await readFile(new URL("../../icon.png", import.meta.url)));
  await writeFile(join(root, "package.json"), JSON.stringify({ version: "1.2.3" }));
});

afterEach(async () => {
  await rm(root, { recursive: true });
});

async function publish(url?: string): Promise<PublishedPackage> {
  return publishPackage(root, await readOwnAppInfo(root, url));
}

async function packedAppInfo({ zip }: PublishedPackage): Promise<string> {
  return Buffer.from((await unpackFiles(zip)).get("appinfo.spixi")!).toString("utf8");
}

describe("the package", () => {
  it("holds app, appinfo.spixi and icon.png alone, sorted", async () => {
    const { zip } = await publish();
    expect([...(await unpackFiles(zip)).keys()]).toEqual([
      "app/index.html",
      "app/js/z.js",
      "appinfo.spixi",
      "icon.png",
    ]);
  });

  it("leaves out what the style sheet is made of, and holds everything else as it is", async () => {
    await mkdir(join(root, "app/css"));
    await writeFile(join(root, "app/css/a.css"), "body {\n  color: black;\n}\n");
    const files = await unpackFiles((await publish()).zip);
    expect([...files.keys()].filter((path) => path.endsWith(".css"))).toEqual([]);
    for (const path of ["app/js/z.js", "app/index.html", "icon.png"])
      expect(Buffer.from(files.get(path)!), path).toEqual(await readFile(join(root, path)));
  });

  it("is the same, byte for byte, whenever and from whichever files it is made", async () => {
    const first = await publish();
    await utimes(join(root, "app/index.html"), new Date(0), new Date(86_400_000 * 9000));
    const again = await publish();
    expect(checksumOf(again.zip)).toBe(checksumOf(first.zip));
    expect(checksumOf((await publish(URL_OF_IT)).zip)).toBe(checksumOf((await publish(URL_OF_IT)).zip));
  });

  it("comes with the metadata that the messenger reads, and its icon", async () => {
    const { zip, paths } = await publish();
    expect(paths.map((path) => path.slice(root.length + 1))).toEqual([
      "dist/com.example.app.zspixiapp",
      "dist/com.example.app.spixi",
      "dist/com.example.app.png",
    ]);
    expect(await readFile(paths[1]!, "utf8")).toBe(
      `caVersion = 0
id = com.example.app
publisher = Somebody
name = An app
description = It does a thing.
version = 1.2.3
capabilities = multiUser
image = com.example.app.png
maxUsers = 4
contentUrl = com.example.app.zspixiapp
checksum = ${checksumOf(zip)}
contentSize = ${zip.length}
`,
    );
    expect(checksumOf(await readFile(paths[2]!))).toBe(checksumOf(await readFile(join(root, "icon.png"))));
  });

  it("says inside and beside it where it is to be got, for an invitation to carry it", async () => {
    const published = await publish(URL_OF_IT);
    expect(await packedAppInfo(published)).toBe(`${INFO}url = ${URL_OF_IT}\n`);
    expect(await readFile(published.paths[1]!, "utf8")).toContain(
      `image = com.example.app.png\nurl = ${URL_OF_IT}\n`,
    );
  });

  it("holds appinfo.spixi as it is where no address is given, and one that is given in place of another", async () => {
    expect(await packedAppInfo(await publish())).toBe(INFO);
    const written = "https://example.com/com.example.app.spixi";
    await writeFile(join(root, "appinfo.spixi"), `url = ${written}\n${INFO}`);
    expect(await packedAppInfo(await publish())).toBe(`url = ${written}\n${INFO}`);
    expect(await packedAppInfo(await publish(URL_OF_IT))).toBe(`${INFO}url = ${URL_OF_IT}\n`);
  });

  it.each([
    ["without app/index.html", async () => rm(join(root, "app/index.html")), "app/index.html is missing"],
    ["with an icon that is no PNG", async () => writeFile(join(root, "icon.png"), "GIF89a"), "no PNG"],
    [
      "with a capability listed twice",
      async () => writeFile(join(root, "appinfo.spixi"), INFO.replace("multiUser", "multiUser, multiuser")),
      "listed twice",
    ],
    [
      "of another version than package.json",
      async () => writeFile(join(root, "package.json"), JSON.stringify({ version: "2.0.0" })),
      "version 1.2.3, package.json 2.0.0",
    ],
    [
      "without a description",
      async () => writeFile(join(root, "appinfo.spixi"), INFO.replace(/description.*\n/, "")),
      "no description",
    ],
    [
      "with an address that no invitation could use",
      async () => writeFile(join(root, "appinfo.spixi"), `${INFO}url = http://example.org/app.spixi\n`),
      "is not https",
    ],
  ])("is refused %s", async (_, spoil, message) => {
    await spoil();
    await expect(publish()).rejects.toThrow(message);
  });

  it("is refused by the installer after one bit of it has changed", async () => {
    const { zip, paths } = await publish();
    const metadata = await readFile(paths[1]!, "utf8");
    expect(await checkPackage(zip, metadata)).toEqual([]);
    zip[zip.length >> 1]! ^= 1;
    expect((await checkPackage(zip, metadata)).join(" ")).toContain("checksum");
  });

  it.each([
    [
      "another address",
      "url = https://example.org/apps/",
      "url = https://example.com/apps/",
      "differ in url",
    ],
    ["no address", `url = ${URL_OF_IT}\n`, "", "differ in url"],
    ["another description", "It does a thing.", "It does more.", "differ in description"],
    ["an address that is not https", "url = https:", "url = http:", "is not https"],
    ["a name that would part an invitation", "name = An app", "name = An || app", "parts an invitation"],
  ])("is refused by the installer beside metadata with %s", async (_, from, to, message) => {
    const { zip, paths } = await publish(URL_OF_IT);
    const metadata = await readFile(paths[1]!, "utf8");
    expect(await checkPackage(zip, metadata)).toEqual([]);
    expect((await checkPackage(zip, metadata.replace(from, to))).join(" ")).toContain(message);
  });
});
