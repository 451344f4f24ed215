/*
 * Calls in the browser: microphones that hum, through the browser's own encoder and decoder and the simulated
 * messenger, to what would be heard.
 */
import type { Frame } from "playwright-core";
import { describe, expect, it, onTestFinished } from "vitest";
import { pitchOf } from "../../src/simulator/page/tones.ts";
import { heardIn, listenIn, openPair, pitchIn, talk } from "./calls.ts";
import type { Ears } from "./calls.ts";
import { closeClean } from "./closing.ts";
import { handsOn } from "./hands.ts";
import { allSee } from "./meeting.ts";
import { openSimulator } from "./simulator.ts";

describe("a call", () => {
  it("is heard on both sides, shown at who talks, and can be muted and hung up", async () => {
    const pair = await openPair();
    const { hers, his } = pair;
    expect(pitchOf("Alice")).not.toBe(pitchOf("Bob"));
    await talk(pair);
    const owners = await Promise.all([hers, his].map((frame) => heardIn(frame)));
    expect(owners.every(({ peak }) => peak <= 1)).toBe(true);
    await expect.poll(() => pitchIn(his)).toBeGreaterThan(0);
    await expect.poll(() => pitchIn(hers)).toBeGreaterThan(0);
    const [his1, hers1] = [await pitchIn(his), await pitchIn(hers)];
    expect(Math.abs(his1 - hers1) * 20).toBeGreaterThan(60);
    for (const frame of [hers, his]) {
      await expect.poll(() => frame.locator("[data-talking].person").count()).toBe(1);
      expect(await frame.locator("#call-text").innerText()).toMatch(/^[\d,]+ characters a second, \d+ ms$/);
    }
    const latency = Number(/(\d+) ms/.exec(await his.locator("#call-text").innerText())![1]);
    console.log(`mouth to ear: ${latency} ms; ${await hers.locator("#call-text").innerText()}`);
    expect(latency).toBeLessThan(1000);
    await hers.locator("#mute-button").click();
    await expect.poll(() => hers.locator("#mute-button").getAttribute("aria-pressed")).toBe("true");
    await expect.poll(() => pitchIn(his)).toBe(0);
    // As long as the key is held.
    await hers.locator("#mute-button").dispatchEvent("keydown", { key: "F9" });
    await expect.poll(() => pitchIn(his)).toBeGreaterThan(0);
    await hers.locator("#mute-button").dispatchEvent("keyup", { key: "F9" });
    await expect.poll(() => pitchIn(his)).toBe(0);
    await hers.locator("#mute-button").click();
    await expect.poll(() => pitchIn(his)).toBeGreaterThan(0);
    // As loud as each wants it, also in the next call.
    const slider = his.locator("#call-bar input");
    // What comes first, on a busy machine, is made up, and quiet.
    let loud = 0;
    const hearNow = async (): Promise<number> => {
      loud = (await heardIn(his)).peak;
      return loud;
    };
    await expect.poll(hearNow).toBeGreaterThan(0.2);
    await slider.press("Home");
    await expect.poll(() => pitchIn(his)).toBe(0);
    await slider.press("ArrowRight");
    await slider.press("ArrowRight");
    await slider.press("ArrowRight");
    await expect.poll(() => pitchIn(his)).toBeGreaterThan(0);
    await expect.poll(async () => (await heardIn(his)).peak).toBeLessThan(0.5 * loud);
    const meter = (name: string): Promise<string | null> =>
      pair.bob.card.locator(".voice-meter").getAttribute(`data-${name}`);
    for (const figure of ["sent", "heard", "chars"])
      await expect.poll(async () => Number(await meter(figure)), { message: figure }).toBeGreaterThan(50);
    await his.locator("#hang-up").click();
    for (const frame of [hers, his])
      await expect.poll(() => frame.locator("#call-bar").isVisible()).toBe(false);
    await expect.poll(async () => Number(await meter("chars"))).toBe(0);
    await talk(pair);
    await expect.poll(() => pitchIn(his)).toBeGreaterThan(0);
    expect(await slider.inputValue()).toBe("3");
    expect((await heardIn(his)).peak).toBeLessThan(0.6 * loud);
    expect(await pair.simulator.loggedProblems()).toEqual([]);
  });

  it("lets people draw meanwhile, and all of it gets there", async () => {
    const pair = await openPair();
    await talk(pair);
    await expect.poll(() => pitchIn(pair.his)).toBeGreaterThan(0);
    const line = Array.from({ length: 60 }, (_, i) => [60 + 4 * i, 250 + 40 * Math.sin(i / 5)] as const);
    await pair.alice.drawSteadily(line);
    await pair.simulator.boardsEqual();
    await allSee([pair.alice, pair.bob], [line[0]!, line[30]!, line[59]!]);
    await expect.poll(() => pitchIn(pair.his)).toBeGreaterThan(0);
  });

  it("goes on in another language, with the settings open; what is held meanwhile is let go", async () => {
    const pair = await openPair();
    const { hers, his } = pair;
    await talk(pair);
    await expect.poll(() => pitchIn(his)).toBeGreaterThan(0);
    const microphone = hers.locator("#mute-button");
    await microphone.click();
    await expect.poll(() => pitchIn(his)).toBe(0);
    await handsOn(pair.simulator, pair.alice).press("s");
    await microphone.dispatchEvent("keydown", { key: "F9" });
    await expect.poll(() => pitchIn(his)).toBeGreaterThan(0);
    await hers.locator("#language").selectOption("de");
    await expect.poll(() => hers.locator("#call-text").innerText()).toContain("Zeichen pro Sekunde");
    await expect.poll(() => microphone.getAttribute("aria-pressed")).toBe("true");
    await expect.poll(() => pitchIn(his)).toBe(0);
    await microphone.dispatchEvent("keyup", { key: "F9" });
    expect(await microphone.getAttribute("aria-pressed")).toBe("true");
    await microphone.dispatchEvent("keydown", { key: "F9" });
    await expect.poll(() => pitchIn(his)).toBeGreaterThan(0);
    await microphone.dispatchEvent("keyup", { key: "F9" });
    await expect.poll(() => pitchIn(his)).toBe(0);
    expect(await pitchIn(hers)).toBeGreaterThan(0);
    await hers.locator("#hang-up").click();
    await expect.poll(() => his.locator("#call-bar").isVisible()).toBe(false);
  });

  it("can be declined, and says so", async () => {
    const { hers, his } = await openPair();
    await hers.locator("#talk-button").click();
    await expect.poll(() => hers.locator("#call-text").innerText()).toBe("Calling…");
    await his.locator('.notice[data-kind="call"]').getByRole("button", { name: "Not now" }).click();
    await expect.poll(() => hers.locator(".notice").innerText()).toContain("cannot talk now");
    expect(await hers.locator("#call-bar").isVisible()).toBe(false);
  });

  it("goes on at loss and jitter, and after a while offline", async () => {
    const pair = await openPair("latency=50&jitter=300&loss=0.2");
    await talk(pair);
    await expect.poll(() => pitchIn(pair.his)).toBeGreaterThan(0);
    await pair.bob.setOffline(true);
    await expect.poll(() => pitchIn(pair.his)).toBe(0);
    await pair.bob.setOffline(false);
    await expect.poll(() => pitchIn(pair.his)).toBeGreaterThan(0);
  });

  it("says what is wrong with the microphone, goes on without it, and takes it when it is there again", async () => {
    const pair = await openPair();
    const { hers, his } = pair;
    const says = (words: string | RegExp) =>
      expect.poll(() => hers.locator("#call-text").innerText()).toMatch(words);
    const microphone = hers.locator("#mute-button");
    await hers.evaluate(() => void ((window as Ears).refusal = "NotAllowedError"));
    await talk(pair);
    await says("may not use the microphone");
    await expect.poll(() => pitchIn(hers)).toBeGreaterThan(0);
    expect(await pitchIn(his)).toBe(0);
    await hers.evaluate(() => void ((window as Ears).refusal = "NotFoundError"));
    await microphone.click();
    await says("characters a second");
    await expect.poll(() => pitchIn(his)).toBeGreaterThan(0);
    // A phone call begins, and ends.
    const takeAway = (isTaken: boolean): Promise<void> =>
      hers.evaluate((muted) => {
        const { microphone: track } = window as Ears;
        Object.defineProperty(track, "muted", { value: muted, configurable: true });
        track!.dispatchEvent(new Event(muted ? "mute" : "unmute"));
      }, isTaken);
    await takeAway(true);
    await says("Something else is using the microphone");
    await takeAway(false);
    await says("characters a second");
    // Headphones are unplugged: nothing opens another microphone but a press.
    await hers.evaluate(() => (window as Ears).microphone!.dispatchEvent(new Event("ended")));
    await says("The microphone is gone");
    await expect.poll(() => pitchIn(his)).toBe(0);
    await expect.poll(() => pitchIn(hers)).toBeGreaterThan(0);
    await microphone.click();
    await says("characters a second");
    await expect.poll(() => pitchIn(his)).toBeGreaterThan(0);
    // A phone call has it before this one begins.
    await hers.locator("#hang-up").click();
    await hers.evaluate(() => void ((window as Ears).isTaken = true));
    await talk(pair);
    await says("Something else is using the microphone");
    await takeAway(false);
    await says("characters a second");
    // Where nothing encodes sound one can listen.
    await hers.locator("#hang-up").click();
    await hers.evaluate(() => delete (window as { AudioEncoder?: unknown }).AudioEncoder);
    await talk(pair);
    await says("You can listen");
    await expect.poll(() => pitchIn(hers)).toBeGreaterThan(0);
    expect(await pair.simulator.loggedProblems()).toEqual([]);
  });

  it("ends where a page is hidden or killed, whose microphone is closed, and both are told", async () => {
    const pair = await openPair();
    const { hers, his, bob } = pair;
    const isOver = (frame: Frame) =>
      expect
        .poll(() => frame.locator('.notice[data-kind="call-ended"]').innerText())
        .toBe("The call is over");
    await talk(pair);
    await expect.poll(() => pitchIn(hers)).toBeGreaterThan(0);
    await bob.card.getByLabel("Hidden").check();
    await isOver(hers);
    expect(await his.evaluate(() => (window as Ears).microphone!.readyState)).toBe("ended");
    await bob.card.getByLabel("Hidden").uncheck();
    await isOver(his);
    await expect.poll(() => hers.locator("#talk-button").isVisible()).toBe(true);
    await expect.poll(() => hers.locator('.notice[data-kind="call-ended"]').count()).toBe(0);
    await talk(pair);
    await bob.press("Kill");
    await isOver(hers);
    expect(await hers.evaluate(() => (window as Ears).microphone!.readyState)).toBe("ended");
  });

  it("that was missed is told to who returns, with the one who rang gone", async () => {
    const { alice, bob, hers } = await openPair();
    /** Of what is kept beside the pages. */
    const notesWritten = async (): Promise<number> => {
      const tables = (await bob.card.locator(".meter").getAttribute("data-tables")) ?? "";
      const counts = Object.entries(JSON.parse(tables) as Record<string, number>);
      return counts.reduce((sum, [table, count]) => sum + (/-n[01]$/.test(table) ? count : 0), 0);
    };
    const before = await notesWritten();
    await hers.locator("#talk-button").click();
    const question = (await bob.frame()).locator('.notice[data-kind="call"]');
    await question.waitFor();
    // It is written after a while, and on the disk later.
    await expect.poll(notesWritten).toBeGreaterThan(before);
    await bob.saved();
    await bob.press("Kill");
    await alice.press("Back");
    await bob.press("Open");
    await bob.ready();
    const missed = (await bob.frame()).locator('.notice[data-kind^="call-missed"]');
    await expect.poll(() => missed.innerText()).toMatch(/called$/);
  });

  it("is never louder than full scale, whatever several people send", async () => {
    const simulator = await openSimulator({
      search: "profile=windows&latency=50&jitter=0&phones=3",
      host: "next",
      group: "open",
      context: { viewport: { width: 1800, height: 860 } },
      async prepare(context) {
        await listenIn(context);
        // A square wave as loud as can be.
        await context.addInitScript(() => {
          const devices = navigator.mediaDevices as MediaDevices | undefined;
          if (!devices) return;
          devices.getUserMedia = () => {
            const sound = new AudioContext();
            const tone = new OscillatorNode(sound, { type: "square", frequency: 400 });
            const out = sound.createMediaStreamDestination();
            tone.connect(out);
            tone.start();
            return Promise.resolve(out.stream);
          };
        });
      },
    });
    onTestFinished(() => closeClean(simulator));
    const phones = ["Alice", "Bob", "Carol"].map((name) => simulator.phone(name));
    for (const phone of phones) await phone.ready();
    const [alice, ...others] = await Promise.all(phones.map((phone) => phone.frame()));
    await expect.poll(() => alice!.locator("#presence-text").innerText()).toContain("2");
    await alice!.locator("#talk-button").click();
    for (const frame of others)
      await frame.locator('.notice[data-kind="call"]').getByRole("button", { name: "Talk" }).click();
    await expect.poll(() => alice!.locator("#call-bar li[data-talking]").count()).toBe(2);
    const peakOf = (which: "ears" | "mix"): Promise<number> =>
      alice!.evaluate((name) => {
        const node = (window as Ears)[name];
        const samples = new Float32Array(node?.fftSize ?? 0);
        node?.getFloatTimeDomainData(samples);
        return samples.reduce((most, each) => Math.max(most, Math.abs(each)), 0);
      }, which);
    // Together they are more than that.
    await expect.poll(() => peakOf("mix")).toBeGreaterThan(1.3);
    for (let look = 0; look < 20; look++) expect(await peakOf("ears")).toBeLessThanOrEqual(1);
    await expect.poll(() => peakOf("ears")).toBeGreaterThan(0.9);
  });

  it("takes the microphone of the device where there is one", async () => {
    const pair = await openPair(undefined, false);
    await talk(pair);
    for (const frame of [pair.hers, pair.his]) {
      await expect.poll(() => frame.locator("#mute-button").getAttribute("data-state")).toBe("open");
      await expect.poll(() => frame.locator("[data-talking].person").count()).toBe(1);
    }
  });

  it("of the messenger's own is shown, and ours not offered", async () => {
    const { hers } = await openPair();
    const page = (script: string): Promise<unknown> => hers.evaluate(script);
    await page("displayCallBar('1', 'Bob, 0:12', 0)");
    await expect.poll(() => hers.locator("#call-bar").innerText()).toContain("Bob, 0:12");
    expect(await hers.locator("#talk-button").isVisible()).toBe(false);
    await page("displayCallBar('1', '<b>Bob</b>', 0)");
    await expect.poll(() => hers.locator("#call-text").innerText()).toBe("<b>Bob</b>");
    await page("displayCallBar()");
    await expect.poll(() => hers.locator("#call-text").innerText()).toBe("Spixi");
    await page("hideCallBar()");
    await expect.poll(() => hers.locator("#talk-button").isVisible()).toBe(true);
    expect(await hers.locator("#call-bar").isVisible()).toBe(false);
  });
});
