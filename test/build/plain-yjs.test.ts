import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { beforeAll, describe, expect, it, vi } from "vitest";
import * as Y from "yjs";
import { plainYjs } from "../../src/package/plain-yjs.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

let code: string;
let Plain: typeof Y;

beforeAll(async () => {
  const { outputFiles } = await build({
    stdin: { contents: 'export { Doc, applyUpdate, encodeStateAsUpdate } from "yjs";', resolveDir: ROOT },
    plugins: [plainYjs(ROOT)],
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
  });
  code = outputFiles[0]!.text;
  // Yjs warns where it is loaded twice.
  const warned = vi.spyOn(console, "error").mockReturnValue();
  const address = `data:text/javascript;base64,${Buffer.from(code).toString("base64")}`;
  Plain = (await import(address)) as typeof Y;
  warned.mockRestore();
});

describe("Yjs as it ships", () => {
  it("has nothing of XML but empty classes", () => {
    expect(code).toMatch(/YXmlFragment = class \{\s*\}/);
    expect(code).not.toMatch(/YXmlTreeWalker|nodeName|nextSibling|hookName/);
  });

  it("logs without colours, and what these need", () => {
    expect(code).toContain("Changed the client-id");
    expect(code).not.toMatch(/lib0\/(schema|dom|logging\.common)\.js|argv/);
  });

  it("reads and writes what Yjs with everything does", () => {
    const doc = new Y.Doc();
    const text = new Y.Text("some ink");
    doc.getArray("items").push([text]);
    doc.getMap("marks").set("a", new Uint8Array([1, 2]));
    text.insert(4, " more");
    text.delete(0, 2);
    const update = Y.encodeStateAsUpdate(doc);
    const copy = new Plain.Doc();
    Plain.applyUpdate(copy, update);
    expect(copy.getArray("items").toJSON()).toEqual(["me more ink"]);
    expect(copy.getMap("marks").get("a")).toEqual(new Uint8Array([1, 2]));
    expect(Plain.encodeStateAsUpdate(copy)).toEqual(update);
  });

  it.each([
    ["element", new Y.XmlElement("p")],
    ["fragment", new Y.XmlFragment()],
    ["hook", new Y.XmlHook("h")],
    ["text", new Y.XmlText("t")],
  ])("throws at an XML %s, which the guard does not let through", (_, type) => {
    const doc = new Y.Doc();
    doc.getArray("items").push([type]);
    expect(() => Plain.applyUpdate(new Plain.Doc(), Y.encodeStateAsUpdate(doc))).toThrow(TypeError);
  });
});
