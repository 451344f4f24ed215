import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { expect, it } from "vitest";
import type { CallPage } from "./call-page.ts";
import { useWebKitTab } from "./fixture.ts";

/*
 * A whole call in WebKit: two sessions of one page, from the ring to the end, by this engine's codecs. The device has
 * no microphone, so tones are lent.
 */
const tab = useWebKitTab("p");

async function codeOfPage(): Promise<string> {
  const entry = fileURLToPath(new URL("call-page.ts", import.meta.url));
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: "iife",
  });
  return outputFiles[0]!.text;
}

type Seen = ReturnType<CallPage["see"]>;

it("two people ring, talk, are heard at their pitch, listen without a microphone, and hang up", async () => {
  await tab.evaluate(
    (code: string) => {
      // The page has a Yjs of its own, and the two never meet.
      delete (globalThis as Record<string, unknown>)["__ $YJS$ __"];
      // As the messenger calls the page.
      // oxlint-disable-next-line no-eval
      (0, eval)(code);
    },
    await codeOfPage(),
  );
  const see = (name: string): Promise<Seen> =>
    tab.evaluate((who: string) => (window as unknown as { callPage: CallPage }).callPage.see(who), name);
  const press = async (name: string, what: "press" | "end"): Promise<void> => {
    await tab.evaluate(
      (given: [string, "press" | "end"]) =>
        (window as unknown as { callPage: CallPage }).callPage.atNextPress(...given),
      [name, what] as [string, "press" | "end"],
    );
    await tab.tap([300, 300]);
  };
  const phaseOf = (name: string) => expect.poll(async () => (await see(name)).phase);
  const hears = (name: string, pitch: number) =>
    expect.poll(async () => Math.abs((await see(name)).pitch - pitch) < 30).toBe(true);

  await phaseOf("ann").toBe("idle");
  await phaseOf("bo").toBe("idle");
  await press("ann", "press");
  await phaseOf("bo").toBe("rung");
  expect(await see("bo")).toMatchObject({ microphone: "closed", isOpen: false });
  await press("bo", "press");
  for (const name of ["ann", "bo"]) await phaseOf(name).toBe("talking");
  await hears("bo", 600);
  await hears("ann", 1000);
  await press("bo", "end");
  for (const name of ["ann", "bo"]) {
    await phaseOf(name).toBe("idle");
    expect((await see(name)).isOpen).toBe(false);
  }
  expect((await see("ann")).told).toEqual(["call-ended"]);

  await tab.evaluate(() => (window as unknown as { callPage: CallPage }).callPage.refuse("bo"));
  await press("bo", "press");
  await phaseOf("ann").toBe("rung");
  await press("ann", "press");
  for (const name of ["ann", "bo"]) await phaseOf(name).toBe("talking");
  await expect.poll(async () => (await see("bo")).microphone).toBe("refused");
  await hears("bo", 600);
  expect((await see("ann")).pitch).toBe(0);
  await press("ann", "end");
  for (const name of ["ann", "bo"]) await phaseOf(name).toBe("idle");
});
