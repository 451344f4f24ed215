import { expect, test, vi } from "vitest";
import { createFrames } from "../../src/render/frames.ts";

function createDesk() {
  const cancel = vi.fn<() => void>();
  const requestFrame = vi.fn<(task: () => void) => () => void>(() => cancel);
  const paint = vi.fn<(slice: number) => boolean>(() => false);
  const frames = createFrames({ requestFrame, paint });
  frames.paintNow();
  paint.mockClear();
  return { frames, requestFrame, paint, cancel };
}

test("what is painted at once asks the engine for no frame", () => {
  const { frames, requestFrame, paint } = createDesk();
  frames.paintNow(() => {
    frames.schedule();
    frames.schedule();
  });
  expect(paint).toHaveBeenCalledTimes(1);
  expect(requestFrame).not.toHaveBeenCalled();
  expect(frames.idle()).toBe(true);
  frames.schedule();
  expect(requestFrame).toHaveBeenCalledTimes(1);
});

test("a frame that was asked for before is taken back, and nothing is painted where nothing changed", () => {
  const { frames, paint, cancel } = createDesk();
  frames.paintNow(() => undefined);
  expect(paint).not.toHaveBeenCalled();
  frames.schedule();
  frames.paintNow(() => undefined);
  expect([paint.mock.calls.length, cancel.mock.calls.length]).toEqual([1, 1]);
});

test("what changed before the change broke off is painted in a frame", () => {
  const { frames, requestFrame, paint } = createDesk();
  const change = (): void => {
    frames.schedule();
    throw new Error("broken");
  };
  expect(() => frames.paintNow(change)).toThrow("broken");
  expect(paint).not.toHaveBeenCalled();
  expect(requestFrame).toHaveBeenCalledTimes(1);
  frames.paintNow();
  expect(paint).toHaveBeenCalledTimes(1);
});
