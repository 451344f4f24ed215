import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { dirname, join, posix } from "node:path";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";
import { appOptions } from "../src/package/bundle.ts";
import { packFiles } from "../src/package/archive.ts";
import { shippedFiles } from "../src/package/publish.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
/** 300 kB were to be enough; pictures, files and voice, with their words in fourteen languages, took 40 kB. */
const ZIP_BUDGET = 340_000;

/** What each part of `src` may import, besides itself. The simulator's page and main.ts know everyone. */
const ALLOWED: Record<string, readonly string[]> = {
  env: [],
  base: [],
  ink: ["base", "env"],
  board: ["base", "env", "ink"],
  sync: ["base", "env", "ink", "board"],
  tools: ["base", "env", "ink", "board"],
  render: ["base", "env", "ink", "board"],
  session: ["base", "env", "ink", "board", "sync", "tools", "render"],
  spixi: ["base", "env"],
  simulator: ["base", "env"],
  ui: ["base", "env", "ink", "board", "sync", "tools", "render", "session"],
  package: [],
};

/**
 * The rooms of the floors that are too large for one folder, the lowest first, and what each may import of
 * its floor besides itself. A file in no room is the floor's front: it may use every room, and no room
 * uses it.
 */
const ROOMS: Record<string, Record<string, readonly string[]>> = {
  board: {
    document: [],
    guard: ["document"],
    spatial: ["document"],
    reading: ["document"],
    writing: ["document", "reading"],
    pages: ["document", "reading", "writing"],
    previews: ["document", "reading"],
    storage: ["document", "guard"],
    blobs: ["document", "storage"],
    memory: ["document", "reading"],
  },
  sync: {
    wire: [],
    sending: ["wire"],
    presence: ["wire"],
    link: ["wire", "sending", "presence"],
    roster: ["wire", "link"],
    blobs: ["wire", "link"],
    voice: ["wire", "link"],
  },
  render: {
    canvas: [],
    shapes: ["canvas"],
    scene: ["canvas", "shapes"],
    layers: ["canvas", "shapes", "scene"],
    output: ["canvas", "shapes", "scene", "layers"],
  },
  ui: {
    words: [],
    choices: [],
    widgets: ["words", "choices"],
    input: ["words", "choices", "widgets"],
    camera: ["input"],
    text: ["words", "choices", "widgets", "input", "camera"],
    selection: ["words", "choices", "widgets", "input", "camera"],
    people: ["words", "choices", "widgets", "input", "camera"],
    notices: ["words", "choices", "widgets", "people"],
    voice: ["words", "widgets", "input", "people", "notices"],
    pages: ["words", "choices", "widgets", "input", "people", "notices"],
    pictures: ["words", "choices", "widgets", "input"],
    bar: ["words", "choices", "widgets", "input", "people", "notices"],
    stage: ["words", "choices", "widgets", "input", "camera", "text", "selection", "people"],
    memory: ["words", "choices", "widgets", "input", "camera", "stage"],
    transfer: ["words", "widgets", "notices", "pictures", "selection"],
  },
};

const PACKAGES_OF_THE_APP = ["fflate", "lib0", "lucide", "perfect-freehand", "rbush", "yjs"];

interface Import {
  readonly from: string;
  readonly to: string;
}

async function sources(): Promise<string[]> {
  const entries = await readdir(join(ROOT, "src"), { recursive: true });
  return entries.filter((path) => path.endsWith(".ts")).map((path) => path.replaceAll("\\", "/"));
}

/** Every import in `src`, types included; `to` is a path in `src`, or a package's name. */
async function imports(): Promise<Import[]> {
  const found: Import[] = [];
  for (const from of await sources()) {
    const text = await readFile(join(ROOT, "src", from), "utf8");
    for (const match of text.matchAll(/(?:\bfrom|\bimport\(|^import)\s*"([^"]+)"/gm)) {
      const specifier = match[1]!;
      if (specifier === "#translations") {
        found.push({ from, to: "ui/words/translations.ts" });
        continue;
      }
      found.push({ from, to: specifier.startsWith(".") ? posix.join(dirname(from), specifier) : specifier });
    }
  }
  return found;
}

function partOf(path: string): string {
  return path.includes("/") ? path.split("/")[0]! : path.replace(/\.ts$/, "");
}

/** The room of a floor in which a file stands; undefined: it is the floor's front, or has no rooms. */
function roomOf(path: string): string | undefined {
  const [, room, ...rest] = path.split("/");
  return partOf(path) in ROOMS && rest.length > 0 ? room : undefined;
}

/** Files that import each other in a circle, types included: one way around for each that is found. */
function circlesOf(all: readonly Import[]): string[] {
  const importsOf = new Map<string, string[]>();
  for (const { from, to } of all) importsOf.set(from, [...(importsOf.get(from) ?? []), to]);
  const circles: string[] = [];
  const done = new Set<string>();
  const way: string[] = [];

  function follow(file: string): void {
    const at = way.indexOf(file);
    if (at >= 0) circles.push([...way.slice(at), file].join(" -> "));
    if (at >= 0 || done.has(file)) return;
    way.push(file);
    for (const to of importsOf.get(file) ?? []) follow(to);
    way.pop();
    done.add(file);
  }
  for (const file of importsOf.keys()) follow(file);
  return circles;
}

function knowsEveryone(path: string): boolean {
  return path === "main.ts" || path.startsWith("simulator/page/");
}

describe("source", () => {
  it("imports downward only", async () => {
    const all = await imports();
    expect(all.length).toBeGreaterThan(100);
    const wrong = all
      .filter(({ from, to }) => to.endsWith(".ts") && !knowsEveryone(from) && partOf(from) !== partOf(to))
      .filter(({ from, to }) => !ALLOWED[partOf(from)]?.includes(partOf(to)))
      .map(({ from, to }) => `${from} imports ${to}`);
    expect(wrong).toEqual([]);
  });

  it("imports within a floor from lower rooms only", async () => {
    const wrong = (await imports())
      .filter(({ from, to }) => to.endsWith(".ts") && partOf(from) === partOf(to))
      .filter(({ from, to }) => {
        const room = roomOf(from);
        if (room === undefined || room === roomOf(to)) return false;
        const lower: readonly (string | undefined)[] = ROOMS[partOf(from)]![room] ?? [];
        return !lower.includes(roomOf(to));
      })
      .map(({ from, to }) => `${from} imports ${to}`);
    expect(wrong).toEqual([]);
  });

  it("has the rooms that have a rule, in an order in which each uses only what comes before it", async () => {
    for (const [floor, rooms] of Object.entries(ROOMS)) {
      const files = (await sources()).filter((path) => partOf(path) === floor);
      const found = new Set(files.map(roomOf).filter((room) => room !== undefined));
      const order = Object.keys(rooms);
      expect([...found].sort(), floor).toEqual([...order].sort());
      for (const [at, room] of order.entries()) {
        expect(order.slice(0, at), `${floor}/${room}`).toEqual(expect.arrayContaining([...rooms[room]!]));
      }
    }
  });

  it("has no import circle, types included", async () => {
    expect(circlesOf(await imports())).toEqual([]);
    const circle = ["a", "b", "c"].map((from, i) => ({ from, to: ["b", "c", "b"][i]! }));
    expect(circlesOf(circle)).toEqual(["b -> c -> b"]);
  });

  it("has no part without a rule", async () => {
    const parts = new Set((await sources()).filter((path) => !knowsEveryone(path)).map(partOf));
    expect([...parts].filter((part) => !(part in ALLOWED))).toEqual([]);
  });

  it("uses, outside the build, the packages that are shipped and no others", async () => {
    const wrong = (await imports())
      .filter(({ from, to }) => !to.endsWith(".ts") && partOf(from) !== "package")
      .filter(({ to }) => !PACKAGES_OF_THE_APP.includes(to.split("/")[0]!))
      .map(({ from, to }) => `${from} imports ${to}`);
    expect(wrong).toEqual([]);
  });
});

describe("the tests", () => {
  it("of a floor with rooms stand in rooms of the same names", async () => {
    for (const [floor, rooms] of Object.entries(ROOMS)) {
      const entries = await readdir(join(ROOT, "test", floor), { withFileTypes: true });
      const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
      expect(folders.filter((name) => !(name in rooms))).toEqual([]);
    }
  });
});

describe("the shipped app", () => {
  it("is one script without anything of the simulator or of the build", async () => {
    const { metafile } = await build({ ...appOptions(ROOT), write: false });
    const inputs = Object.keys(metafile!.inputs);
    expect(inputs).toContain("src/main.ts");
    expect(inputs.filter((path) => /^(src\/(simulator|package)|test)\//.test(path))).toEqual([]);
    expect(Object.keys(metafile!.outputs).sort()).toEqual(["app/js/inkmesh.css", "app/js/inkmesh.js"]);
  });

  it("runs the Yjs that was published, as the headless tests do", async () => {
    const { metafile } = await build({ ...appOptions(ROOT), write: false });
    const { exports } = JSON.parse(await readFile(join(ROOT, "node_modules/yjs/package.json"), "utf8")) as {
      exports: { readonly ".": { readonly import: string } };
    };
    const inputs = Object.keys(metafile!.inputs).filter((path) => path.startsWith("node_modules/yjs/"));
    expect(inputs).toEqual([posix.join("node_modules/yjs", exports["."].import)]);
    expect(appOptions(ROOT).plugins ?? []).toEqual([]);
  });

  it("fits into its budget and holds only files that a page can use", async () => {
    const files = await shippedFiles(ROOT);
    expect(files.has("app/js/inkmesh.js")).toBe(true);
    expect([...files.keys()].filter((path) => !/\.(html|css|js|txt|png|svg|spixi)$/.test(path))).toEqual([]);
    expect((await packFiles(files)).length).toBeLessThan(ZIP_BUDGET);
  });

  it("has a page with a policy, one classic script and nothing from elsewhere", async () => {
    const html = await readFile(join(ROOT, "app/index.html"), "utf8");
    const policy = /http-equiv="Content-Security-Policy"\s+content="([^"]+)"/.exec(html)?.[1] ?? "";
    expect(policy).toContain("default-src 'none'");
    // The host itself calls the page through eval.
    expect(policy).toMatch(/script-src 'self' 'unsafe-eval'(;|$)/);
    expect(policy).not.toContain("'unsafe-inline'");
    const scripts = [...html.matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag);
    expect(scripts).toHaveLength(1);
    expect(scripts[0]).toContain('src="js/inkmesh.js"');
    expect(scripts[0]).not.toContain("module");
    const addresses = [...html.matchAll(/(?:src|href)="([^"]*)"/g)].map((match) => match[1]!);
    expect(addresses.filter((address) => /^([a-z]+:)?\/\//i.test(address))).toEqual([]);
  });

  it("has one style sheet, of all the sources, that loads nothing", async () => {
    const files = await shippedFiles(ROOT);
    expect([...files.keys()].filter((path) => path.endsWith(".css"))).toEqual(["app/js/inkmesh.css"]);
    expect(String(files.get("app/js/inkmesh.css"))).not.toMatch(/@import|url\(/i);
    const main = await readFile(join(ROOT, "app/css/main.css"), "utf8");
    const imported = [...main.matchAll(/@import "(\S+)";/g)].map((match) => match[1]!);
    const sheets = (await readdir(join(ROOT, "app/css"))).filter((name) => name !== "main.css");
    expect(imported.sort()).toEqual(sheets.sort());
  });
});

describe("the lock file", () => {
  it("names no registry, so that everybody's own is used", async () => {
    const lock = await readFile(join(ROOT, "package-lock.json"), "utf8");
    expect(lock).not.toContain('"resolved"');
  });

  // A registry that serves only one platform's packages makes npm leave the others out, and then
  // `npm ci` refuses the file.
  it("has every optional dependency, also those of other platforms", async () => {
    interface Lock {
      readonly packages: Readonly<Record<string, { readonly optionalDependencies?: Record<string, string> }>>;
    }
    const { packages } = JSON.parse(await readFile(join(ROOT, "package-lock.json"), "utf8")) as Lock;
    const wanted = Object.values(packages).flatMap(({ optionalDependencies = {} }) =>
      Object.keys(optionalDependencies),
    );
    expect(wanted.length).toBeGreaterThan(50);
    expect(wanted.filter((name) => packages[`node_modules/${name}`] === undefined)).toEqual([]);
  });
});
