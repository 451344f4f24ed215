import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Metafile } from "esbuild";
import { licensesOf } from "../../src/package/licenses.ts";

const TERMS = 'Permission is hereby granted.\n\nTHE SOFTWARE IS PROVIDED "AS IS".';
const OTHER_TERMS = "Permission to use is hereby granted.";
let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "inkmesh-licenses-"));
});

afterEach(async () => {
  await rm(root, { recursive: true });
});

async function addPackage(name: string, license: string | undefined): Promise<void> {
  const folder = join(root, "node_modules", name);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), JSON.stringify({ name, version: "1.0.0" }));
  if (license !== undefined) await writeFile(join(folder, "LICENSE.md"), license);
}

/** Of a script that has two modules of each of the packages. */
function metafileOf(...names: string[]): Metafile {
  const inputs = names.flatMap((name) => [`node_modules/${name}/a.js`, `node_modules/${name}/b/c.js`]);
  return {
    inputs: Object.fromEntries(["src/main.ts", ...inputs].map((path) => [path, { bytes: 1, imports: [] }])),
    outputs: {},
  };
}

describe("licenses.txt", () => {
  it("has every copyright notice, and each licence's terms once", async () => {
    await addPackage("one", `MIT License\n\nCopyright (c) One\n\n${TERMS}\n`);
    await addPackage("@scope/two", `MIT\r\n\r\nCopyright (c) Two\r\n\r\n${TERMS.replaceAll("\n", "\r\n")}`);
    await addPackage("wrapped", `MIT\n\nCopyright (c) Five\n\n${TERMS.replace("is hereby", "is\nhereby")}\n`);
    await addPackage(
      "three",
      `ISC\n\nCopyright (c) Three\n\n${OTHER_TERMS}\n\n---\n\nSome of it is by Four\n\n${TERMS}\n`,
    );
    expect(await licensesOf(root, metafileOf("one", "three", "@scope/two", "wrapped"))).toBe(
      `@scope/two 1.0.0
MIT

Copyright (c) Two

one 1.0.0
MIT License

Copyright (c) One

three 1.0.0
Some of it is by Four

wrapped 1.0.0
MIT

Copyright (c) Five

${TERMS}

${"-".repeat(72)}

three 1.0.0
ISC

Copyright (c) Three

${OTHER_TERMS}
`,
    );
  });

  it("has a text that is no licence as it knows them in full", async () => {
    await addPackage("odd", "Do what you like.\n");
    expect(await licensesOf(root, metafileOf("odd"))).toBe("odd 1.0.0\n\n\nDo what you like.\n");
  });

  it("cannot be made of a package that has no licence", async () => {
    await addPackage("none", undefined);
    await expect(licensesOf(root, metafileOf("none"))).rejects.toThrow("none has no licence file");
  });
});
