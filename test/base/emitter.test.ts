import { expect, test } from "vitest";
import { createEmitter } from "../../src/base/emitter.ts";

test("a listener that throws is reported, and keeps nobody from hearing", () => {
  const errors: unknown[] = [];
  const heard: string[] = [];
  const emitter = createEmitter<string>((error) => errors.push(error));
  emitter.on((word) => heard.push(`first ${word}`));
  emitter.on(() => {
    throw new Error("no");
  });
  emitter.on((word) => heard.push(`last ${word}`));
  emitter.emit("word");
  expect(heard).toEqual(["first word", "last word"]);
  expect(errors).toEqual([new Error("no")]);
});

test("a listener that subscribed twice is called twice, and each subscription ends by itself", () => {
  let calls = 0;
  const emitter = createEmitter<void>(() => {});
  const listener = (): void => void calls++;
  const end = emitter.on(listener);
  emitter.on(listener);
  emitter.emit();
  end();
  end();
  emitter.emit();
  expect(calls).toBe(3);
});

test("a listener may end subscriptions and start new ones while it is called", () => {
  const heard: string[] = [];
  const emitter = createEmitter<void>(() => {});
  const end = emitter.on(() => {
    heard.push("once");
    end();
    emitter.on(() => heard.push("later"));
  });
  emitter.emit();
  emitter.emit();
  expect(heard).toEqual(["once", "later"]);
});
