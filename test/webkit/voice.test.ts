import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { expect, it } from "vitest";
import type { Audio } from "../../src/env/audio.ts";
import { useWebKitTab } from "./fixture.ts";

/*
 * WebKit's microphone and loudspeaker: what a tone becomes through its encoder and its decoder. The device has no
 * microphone, so the tone is lent as one.
 */
const tab = useWebKitTab("p");

interface Probe {
  readonly state: string;
  readonly packets: number[];
  readonly levels: number[];
  readonly pitch: number;
}

/** The code of the app, for a page that has not exported it. */
async function codeOfAudio(): Promise<string> {
  const entry = fileURLToPath(new URL("../../src/spixi/browser-audio.ts", import.meta.url));
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: "iife",
    globalName: "audioOfTest",
    footer: { js: "window.audioOfTest = audioOfTest;" },
  });
  return outputFiles[0]!.text;
}

it("direct calls are offered where the engine has them, and are off; else it is said that they are not there", async () => {
  const hasThem = await tab.evaluate(() => "RTCPeerConnection" in window);
  await tab.press("s");
  await tab.untilSeen("#own-name");
  const seen = await tab.evaluate(() =>
    [...document.querySelectorAll<HTMLInputElement>("#prefer-directCalls")].map(({ checked }) => checked),
  );
  expect(seen).toEqual(hasThem ? [false] : []);
  const hint = await tab.evaluate(() => document.querySelector("#direct-calls-hint")!.textContent);
  expect(hint === "Not possible here: Direct calls.").toBe(!hasThem);
  console.log(`WebKit ${hasThem ? "has" : "lacks"} RTCPeerConnection`);
  await tab.press("Escape");
});

it("a tone is recorded, encoded in packets of 20 ms, decoded and played at its pitch", async () => {
  await tab.evaluate(
    (code: string) => {
      // As the messenger calls the page.
      // oxlint-disable-next-line no-eval
      (0, eval)(code);
      const page = window as unknown as {
        audioOfTest: {
          createBrowserAudio(scope: Window, clock: object): Audio;
        };
        probe: { state: string; packets: number[]; levels: number[]; pitch: number };
      };
      const devices = navigator.mediaDevices as MediaDevices | undefined;
      const lend = (): Promise<MediaStream> => {
        const context = new AudioContext();
        const tone = new OscillatorNode(context, { frequency: 600 });
        const out = context.createMediaStreamDestination();
        tone.connect(out);
        tone.start();
        void context.resume();
        return Promise.resolve(out.stream);
      };
      if (devices) devices.getUserMedia = lend;
      page.probe = { state: "", packets: [], levels: [], pitch: 0 };
      const connect = AudioNode.prototype.connect as (this: AudioNode, to: AudioNode) => AudioNode;
      let ears: AnalyserNode | undefined;
      AudioNode.prototype.connect = function (this: AudioNode, to: AudioNode) {
        if (to instanceof AudioDestinationNode && this instanceof WaveShaperNode) {
          ears = new AnalyserNode(this.context, { fftSize: 4096, smoothingTimeConstant: 0 });
          connect.call(this, ears);
        }
        return connect.call(this, to);
      } as typeof AudioNode.prototype.connect;
      const now = (): number => performance.now();
      const audio = page.audioOfTest.createBrowserAudio(window, { now });
      let at = 0;
      document.addEventListener(
        "pointerdown",
        () =>
          void audio
            .open({
              packet(packet, level) {
                page.probe.packets.push(packet.length);
                page.probe.levels.push(level);
                at = Math.max(at + 20, now() + 100);
                audio.play("bo", [{ at, packet }]);
                if (!ears) return;
                const bins = new Float32Array(ears.frequencyBinCount);
                ears.getFloatFrequencyData(bins);
                const loudest = Math.max(...bins);
                if (loudest > -50)
                  page.probe.pitch = (bins.indexOf(loudest) * ears.context.sampleRate) / ears.fftSize;
              },
              lost: () => undefined,
              taken: () => undefined,
            })
            .then((state) => (page.probe.state = state)),
        { once: true },
      );
    },
    await codeOfAudio(),
  );
  await tab.tap([300, 300]);
  const probe = (): Promise<Probe> => tab.evaluate(() => (window as unknown as { probe: Probe }).probe);
  await expect.poll(async () => (await probe()).state).toBe("open");
  await expect.poll(async () => (await probe()).packets.length).toBeGreaterThan(50);
  const { packets, levels } = await probe();
  expect(Math.max(...packets)).toBeLessThanOrEqual(200);
  expect(levels.at(-1)).toBeGreaterThan(0.1);
  await expect.poll(async () => Math.abs((await probe()).pitch - 600)).toBeLessThan(30);
});
