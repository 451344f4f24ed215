import { describe, expect, test } from "vitest";
import { createRecordedWorld } from "./recorded-world.ts";

describe.each(["old", "0.9.19", "next"] as const)("the host %s", (host) => {
  test.each([
    ["an unknown command", { c: "dance" }, "unknown command dance"],
    [
      "a command that the messenger names and does not run",
      { c: "transferName" },
      "unknown command transferName",
    ],
    ["no command", {}, "no command"],
    ["a message without data", { c: "ds" }, "ds without data"],
    [
      "a storage request without a key",
      { c: "getStorage", t: "t", id: 1 },
      "storage command without table, key or id",
    ],
  ])("shows an alert for %s", async (_what, command, text) => {
    const { clock, ofType, types, openPage } = createRecordedWorld();
    const alice = openPage("alice", ["bob"], { host });
    alice.send(command);
    await clock.advance(1000);
    expect(ofType("alert")).toMatchObject([{ phone: "alice", page: alice.view.id, text }]);
    expect(types()).toEqual(["opened", "navigation", "alert"]);
    expect(alice.calls()).toEqual([]);
    expect(alice.view.state()).toBe("open");
  });

  test.each([
    ["xa:#", "not base64"],
    // The plus becomes a space, so that four digits are three.
    ["xa:e+30", "not base64"],
    [`xa:${btoa("{")}`, "not JSON"],
    [`xa:${btoa("1")}`, "not an object"],
  ])("shows an alert for %s", async (url, text) => {
    const { clock, ofType, openPage } = createRecordedWorld();
    openPage("alice", ["bob"], { host }).view.navigate(url);
    await clock.advance(1000);
    expect(ofType("alert").map((event) => event.text)).toEqual([text]);
  });

  test("only rejects a URL that is not its own, and answers a value that it cannot store", async () => {
    const { clock, ofType, types, openPage } = createRecordedWorld();
    const alice = openPage("alice", ["bob"], { host });
    alice.view.navigate("https://example.com/");
    alice.send({ c: "setStorage", t: "t", k: "k", v: null, id: 1 });
    await clock.advance(1000);
    expect(ofType("rejected").map(({ url, why }) => [url, why])).toEqual([
      ["https://example.com/", "unknown URL"],
    ]);
    expect(alice.calls()).toEqual([`executeUiCommand(SpixiAppSdk.ar, '{"id":"1","e":"invalid value"}')`]);
    expect(types()).not.toContain("alert");
  });

  test("names an unknown command with all that came with it", async () => {
    const { clock, ofType, openPage } = createRecordedWorld();
    openPage("alice", ["bob"], { host }).send({ c: "dance", steps: [1, 2], id: 4 });
    await clock.advance(1000);
    expect(ofType("alert").map(({ fields }) => fields)).toEqual(['{"steps":[1,2],"id":4}']);
  });

  test.each([
    ["sendPayment", [`executeUiCommand(SpixiAppSdk.ar, '{"id":"7","e":"rejected"}')`]],
    ["auth", []],
    ["registerName", []],
  ])("has %s as a person who says no", async (command, answers) => {
    const { clock, ofType, types, openPage } = createRecordedWorld();
    const alice = openPage("alice", ["bob"], { host });
    alice.send({ c: command, data: { challenge: "x" }, id: 7 });
    await clock.advance(1000);
    expect(ofType("unsupported")).toMatchObject([
      { phone: "alice", command, fields: '{"data":{"challenge":"x"},"id":7}' },
    ]);
    expect(types()).not.toContain("alert");
    expect(alice.calls()).toEqual(answers);
  });
});
