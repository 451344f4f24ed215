/*
 * The app alone, for tests of what pointers do to the board and to the view of it: besides what every test
 * has, where the ink is, and what the buttons say.
 */
import { useApp, type AppFixture } from "./fixture.ts";
import { canStep } from "./hands.ts";
import type { Place } from "./picture.ts";
import { lookWhenIdle } from "./state.ts";

export interface GestureFixture extends AppFixture {
  /** What the board of this page is, in one word. */
  digest(): Promise<string | undefined>;
  /** The middle of all finished ink on the screen. */
  inkMiddle(): Promise<Place>;
  /** A dot by the mouse. */
  mouseDot(place: Place): Promise<void>;
  /** What the button says that shows the zoom; undefined while it is hidden. */
  zoomShown(): Promise<string | undefined>;
  hasUndo(): Promise<boolean>;
}

/** Called once, at the head of a file, as `useApp` is; `app` where the file keeps its page. */
export function useGestureApp(app: AppFixture = useApp()): GestureFixture {
  const { page, idle } = app;
  return {
    ...app,
    digest: (): Promise<string | undefined> => page.evaluate(() => document.documentElement.dataset["board"]),
    async inkMiddle() {
      await idle();
      return lookWhenIdle(page, findInkMiddle, undefined);
    },
    async mouseDot(place: Place): Promise<void> {
      await page.mouse.move(...place);
      await page.mouse.down();
      await page.mouse.up();
      await idle();
    },
    async zoomShown(): Promise<string | undefined> {
      await idle();
      const button = page.locator("#zoom-button");
      return (await button.isVisible()) ? ((await button.textContent()) ?? "") : undefined;
    },
    hasUndo: () => canStep(page, "undo"),
  };
}

/** Runs in the app's page. */
function findInkMiddle(): Place {
  const canvas = document.getElementById("cached-ink") as HTMLCanvasElement;
  const { clientWidth: width, clientHeight: height } = canvas;
  const copy = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true })!;
  copy.drawImage(canvas, 0, 0, width, height);
  const { data } = copy.getImageData(0, 0, width, height);
  let count = 0;
  let x = 0;
  let y = 0;
  for (let i = 0; i < width * height; i++) {
    if (data[4 * i]! > 128) continue;
    count++;
    x += i % width;
    y += Math.floor(i / width);
  }
  return [x / count, y / count];
}
