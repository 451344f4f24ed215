/*
 * Run in the app's page, each on its own: what they need comes with them.
 */

/** Milliseconds of a load: from the navigation on. */
export interface LoadTimes {
  /** When the storage was asked for a value first: all that is stored can be had from then on. */
  readonly firstRead: number;
  readonly ready: number;
  readonly firstInk: number;
  readonly complete: number;
}

/**
 * Before the page's own script: notes when there was ink first, which is the frame after the first tile with ink was
 * laid on the canvas. No pixel is read: that alone would keep a slow phone's thread for a good part of the load.
 */
export function watchLoad(): void {
  const { prototype } = CanvasRenderingContext2D;
  const { fill, stroke, drawImage } = prototype;
  let isInked = false;
  for (const [name, paint] of Object.entries({ fill, stroke })) {
    const inking = function ink(this: CanvasRenderingContext2D, ...args: never): void {
      isInked = true;
      paint.apply(this, args);
    };
    Object.assign(prototype, { [name]: inking });
  }
  prototype.drawImage = function layTile(this: CanvasRenderingContext2D, ...args: never): void {
    drawImage.apply(this, args);
    if (!isInked || this.canvas.id !== "cached-ink") return;
    Object.assign(prototype, { fill, stroke, drawImage });
    requestAnimationFrame(() => Object.assign(window, { benchFirstInk: performance.now() }));
  };
}

/**
 * Before the page's own script: notes when a stored value was read first. That is once the page has its place among
 * the browser's tabs; a library looks for settings of its own long before.
 */
export function watchFirstRead(): void {
  const { getItem } = Storage.prototype;
  Storage.prototype.getItem = function (key) {
    if (key.startsWith("inkmesh/")) {
      Storage.prototype.getItem = getItem;
      Object.assign(window, { benchFirstRead: performance.now() });
    }
    return getItem.call(this, key);
  };
}

/**
 * Before the page's own script: notes when there was ink first in what `selector` finds. A canvas is looked at;
 * of anything else, which is only in the document then, the frame that paints it is waited for.
 */
export function watchShown(selector: string): void {
  const note = (): void => void Object.assign(window, { benchFirstInk: performance.now() });
  const probe = new OffscreenCanvas(48, 48).getContext("2d", { willReadFrequently: true })!;
  const look = (): void => {
    const found = document.querySelector(selector);
    if (found instanceof HTMLCanvasElement && found.width > 300) {
      probe.drawImage(found, 0, 0, 48, 48);
      const pixels = new Uint32Array(probe.getImageData(0, 0, 48, 48).data.buffer);
      if (pixels.some((pixel) => pixel !== pixels[0])) {
        note();
        return;
      }
    } else if (found instanceof SVGElement) {
      requestAnimationFrame(note);
      return;
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** Waits until everything is painted. */
export async function loadTimes(): Promise<LoadTimes> {
  const { dataset } = document.documentElement;
  const frame = (): Promise<number> =>
    new Promise((resolve) => {
      requestAnimationFrame(resolve);
    });
  while (dataset["phase"] !== "ready") await frame();
  const ready = performance.now();
  const noted = window as unknown as { benchFirstRead?: number; benchFirstInk?: number };
  let complete = ready;
  for (let still = 0; still < 5;) {
    await frame();
    if (dataset["idle"] === "true") still++;
    else {
      still = 0;
      complete = performance.now();
    }
  }
  return { firstRead: noted.benchFirstRead ?? 0, ready, firstInk: noted.benchFirstInk ?? complete, complete };
}

export interface WheelTurns {
  /** What the wheel is turned over. */
  readonly selector: string;
  readonly count: number;
  /** Pixels of each turn; undefined: they pan. */
  readonly zoom: number | undefined;
}

/**
 * Turns the wheel once a frame and returns the milliseconds between frames; `zoom`: in and out again,
 * else round in a square.
 */
export async function wheelFrames({ selector, count, zoom }: WheelTurns): Promise<number[]> {
  const surface = document.querySelector(selector)!;
  const frame = (): Promise<number> =>
    new Promise((resolve) => {
      requestAnimationFrame(resolve);
    });
  const frames: number[] = [];
  let before = await frame();
  for (let i = 0; i < count; i++) {
    const side = Math.floor((4 * i) / count);
    const [x, y] = [
      [1, 0],
      [0, 1],
      [-1, 0],
      [0, -1],
    ][side]!;
    surface.dispatchEvent(
      new WheelEvent("wheel", {
        deltaX: zoom === undefined ? x! * 24 : 0,
        deltaY: zoom === undefined ? y! * 24 : i < count / 2 ? -zoom : zoom,
        ctrlKey: zoom !== undefined,
        clientX: 190,
        clientY: 400,
        bubbles: true,
        cancelable: true,
      }),
    );
    const now = await frame();
    frames.push(now - before);
    before = now;
  }
  return frames;
}

/** Zooms to about 100 %, and waits until that is painted. */
export async function zoomToFull(steps: number): Promise<void> {
  const surface = document.getElementById("stage")!;
  const frame = (): Promise<number> =>
    new Promise((resolve) => {
      requestAnimationFrame(resolve);
    });
  for (let i = 0; i < steps; i++) {
    const options = {
      deltaY: -38.4,
      ctrlKey: true,
      clientX: 195,
      clientY: 422,
      bubbles: true,
      cancelable: true,
    };
    surface.dispatchEvent(new WheelEvent("wheel", options));
    await frame();
  }
  for (let still = 0; still < 5;) {
    await frame();
    still = document.documentElement.dataset["idle"] === "true" ? still + 1 : 0;
  }
}

/** From now on, notes how long each pointer event is worked on: the ink is painted within it. */
export function watchPointer(): void {
  const spans: number[] = [];
  Object.assign(window, { benchSpans: spans });
  let start = 0;
  window.addEventListener("pointermove", () => (start = performance.now()), { capture: true });
  window.addEventListener("pointermove", (event) => {
    if (event.buttons > 0) spans.push(performance.now() - start);
  });
}

export function pointerSpans(): number[] {
  const noted = window as unknown as { benchSpans: number[] };
  return noted.benchSpans.splice(0);
}

/** Milliseconds from a pointer event to the end of the frame that shows it, from now on. */
export function watchPenFrames(): void {
  const delays: number[] = [];
  Object.assign(window, { benchDelays: delays });
  const channel = new MessageChannel();
  let waiting: number[] = [];
  channel.port1.addEventListener("message", () => {
    delays.push(...waiting.map((at) => performance.now() - at));
    waiting = [];
  });
  channel.port1.start();
  let isAsked = false;
  window.addEventListener("pointermove", (event) => {
    waiting.push(event.timeStamp);
    if (isAsked) return;
    isAsked = true;
    // After what was asked for this frame, and after the frame itself.
    requestAnimationFrame(() => {
      isAsked = false;
      channel.port2.postMessage(0);
    });
  });
}

export function penFrames(): number[] {
  const noted = window as unknown as { benchDelays: number[] };
  return noted.benchDelays.splice(0);
}
