import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeCommand, decodeFormValue } from "../../src/simulator/dotnet.ts";
import { encodeCommand } from "../../src/spixi/command.ts";

const anyText = fc.string({ unit: "binary" });

describe("command", () => {
  test("golden URLs", () => {
    expect(encodeCommand({ c: "ds", d: "hello" }, false)).toBe("xa:eyJjIjoiZHMiLCJkIjoiaGVsbG8ifQ==");
    expect(encodeCommand({ c: "ds", d: "hello" }, true)).toBe("xa:eyAiYyI6ImRzIiwiZCI6ImhlbGxvIn0=");
    expect(atob(encodeCommand({ c: "ds", d: "é>~😀\u007f" }, false).slice(3))).toBe(
      '{"c":"ds","d":"\\u00e9\\u003e\\u007e\\ud83d\\ude00\\u007f"}',
    );
  });

  test("the host reads every text back, and no URL holds a plus or a percent sign", () => {
    fc.assert(
      fc.property(anyText, fc.boolean(), (d, variant) => {
        const url = encodeCommand({ c: "ds", d }, variant);
        expect(url).toMatch(/^xa:[A-Za-z0-9/]+={0,2}$/);
        const result = decodeCommand(decodeFormValue(url).slice(3));
        // To everybody.
        expect(result).toEqual({
          ok: true,
          command: { c: "ds", text: d, recipient: undefined, protocol: undefined },
        });
      }),
      {
        numRuns: 500,
        examples: [
          [">>>>~~~~", false],
          ["a>aa~", true],
          ["\ud800", false],
        ],
      },
    );
  });

  test("the variant is another URL for the same command", () => {
    fc.assert(
      fc.property(anyText, (d) => {
        const urls = [false, true].map((variant) => encodeCommand({ c: "ds", d }, variant));
        expect(urls[0]).not.toBe(urls[1]);
        const [plain, variant] = urls.map((url) => decodeCommand(url.slice(3)));
        expect(plain).toEqual(variant);
      }),
    );
  });
});
