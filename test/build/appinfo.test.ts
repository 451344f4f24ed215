import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { formatAppInfo, parseAppInfo } from "../../src/package/appinfo.ts";

const LINES: Record<string, string> = {
  caVersion: "0",
  id: "com.example.app",
  publisher: "Somebody",
  name: "An app",
  version: "1.0.0",
  capabilities: "multiUser",
};

function problemsOf(change: Record<string, string | undefined>, extra = ""): readonly string[] {
  const lines = Object.entries({ ...LINES, ...change }).filter((line) => line[1] !== undefined);
  const result = parseAppInfo(formatAppInfo(lines as [string, string][]) + extra);
  return result.ok ? [] : result.problems;
}

describe("appinfo.spixi", () => {
  it("reads keys and values around the first equals sign, and skips comments and empty lines", () => {
    const text =
      "; note = x\r\n\r\n  name =  a = b \r\ncaVersion=0\nid = i\npublisher = p\nversion = 1\ncapabilities = MULTIUSER, singleUser\n";
    const result = parseAppInfo(text);
    expect(result).toMatchObject({
      ok: true,
      info: { name: "a = b", id: "i", capabilities: ["MULTIUSER", "singleUser"] },
    });
  });

  it.each([
    [{ capabilities: "multiUser, MultiUser" }, "listed twice"],
    [{ capabilities: "multiUser, flying" }, "no capability"],
    [{ capabilities: undefined }, '"capabilities" is missing'],
    [{ id: "../up" }, "folder"],
    [{ id: "nul.app" }, "folder"],
    [{ id: "ends.with." }, "folder"],
    [{ id: "" }, '"id" is missing'],
    [{ caVersion: "0.1" }, "caVersion"],
    [{ minUsers: "3", maxUsers: "2" }, "greater"],
    [{ maxUsers: "many" }, "whole numbers"],
    [{ capabilites: "multiUser" }, "no key"],
  ])("refuses %j", (change, word) => {
    expect(problemsOf(change).join(" ")).toContain(word);
  });

  it("refuses a line without an equals sign and a key given twice", () => {
    expect(problemsOf({}, "name\n").join()).toContain('no "="');
    expect(problemsOf({}, "name = again\n").join()).toContain("twice");
  });

  it("takes an id that begins like a reserved name of Windows but is none", () => {
    expect(problemsOf({ id: "com.inkmesh.canvas" })).toEqual([]);
  });

  it("of this project says what the store shows", async () => {
    const result = parseAppInfo(await readFile(new URL("../../appinfo.spixi", import.meta.url), "utf8"));
    expect(result.ok && Object.fromEntries(result.info.fields)).toMatchObject({
      id: "com.inkmesh.canvas",
      name: "Inkmesh",
      publisher: "Inkmesh",
      capabilities: "multiUser, singleUser",
      minUsers: "1",
      maxUsers: "20",
      description: expect.stringMatching(/^.{40,200}$/) as string,
    });
  });
});
