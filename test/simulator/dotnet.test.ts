import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encodeBase64 } from "../../src/base/bytes.ts";
import { decodeCommand, decodeFormValue, fromBase64String } from "../../src/simulator/dotnet.ts";

const commandOf = (json: unknown) =>
  decodeCommand(encodeBase64(new TextEncoder().encode(JSON.stringify(json))));

describe("form values", () => {
  test.each([
    ["plain", "plain"],
    ["a+b", "a b"],
    ["a%2Bb%20c", "a+b c"],
    ["%C3%A9%e4%b8%ad", "é中"],
    ["100%", "100%"],
    ["%zz%4", "%zz%4"],
  ])("%s", (text, decoded) => {
    expect(decodeFormValue(text)).toBe(decoded);
  });

  test("what encodeURIComponent made comes back", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(decodeFormValue(encodeURIComponent(text))).toBe(text);
      }),
    );
  });
});

describe("base64", () => {
  test("what was encoded comes back", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(fromBase64String(encodeBase64(bytes))).toEqual(bytes);
      }),
    );
  });

  test("white space is ignored", () => {
    expect(fromBase64String(" Y\tW\r\nI = ")).toEqual(Uint8Array.of(97, 98));
  });

  test("a plus that became a space corrupts the text", () => {
    const text = encodeBase64(new TextEncoder().encode("a>~~>b"));
    expect(text).toContain("+");
    expect(fromBase64String(decodeFormValue(text))).toBeUndefined();
  });

  test.each(["YQ", "YQ=", "Y===", "YW-_", "YQ==YQ=="])("%s is refused", (text) => {
    expect(fromBase64String(text)).toBeUndefined();
  });
});

describe("commands", () => {
  test("ds", () => {
    expect(commandOf({ c: "ds", d: "hi" })).toEqual({
      ok: true,
      command: { c: "ds", text: "hi", recipient: undefined, protocol: undefined },
    });
    expect(commandOf({ c: "ds", d: "hi", r: "bob", pid: "chess" })).toEqual({
      ok: true,
      command: { c: "ds", text: "hi", recipient: "bob", protocol: "chess" },
    });
  });

  test("storage: numbers are taken as text, a null value stays without bytes", () => {
    expect(commandOf({ c: "getStorage", t: "t", k: 5, id: 7 })).toEqual({
      ok: true,
      command: { c: "getStorage", table: "t", key: "5", id: "7" },
    });
    expect(commandOf({ c: "setStorage", t: "t", k: "k", v: null, id: "1" })).toEqual({
      ok: true,
      command: { c: "setStorage", table: "t", key: "k", value: undefined, id: "1" },
    });
    expect(commandOf({ c: "setStorage", t: "t", k: "k", v: "", id: "1" })).toEqual({
      ok: true,
      command: { c: "setStorage", table: "t", key: "k", value: new Uint8Array(0), id: "1" },
    });
  });

  test("anything else: by its name, with all that came with it", () => {
    expect(commandOf({ c: "auth", data: { challenge: "x" }, id: 3 })).toEqual({
      ok: true,
      command: { c: "other", name: "auth", fields: '{"data":{"challenge":"x"},"id":3}', id: "3" },
    });
  });

  test.each([
    ["!", "not base64"],
    [btoa("{"), "not JSON"],
    [btoa("7"), "not an object"],
    [btoa("null"), "not an object"],
    [btoa("{}"), "no command"],
    [btoa('{"c":"ds"}'), "ds without data"],
    [btoa('{"c":"getStorage","t":"t"}'), "storage command without table, key or id"],
  ])("%s is refused: %s", (base64, why) => {
    expect(decodeCommand(base64)).toEqual({ ok: false, why });
  });
});
