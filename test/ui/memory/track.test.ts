import { expect, test } from "vitest";
import type { PastStep } from "../../../src/board/document/past.ts";
import { trackImage } from "../../../src/ui/memory/track.ts";

const by = (session: number): PastStep => ({ by: session, isOwn: false, deed: "drew", moment: undefined });
const COLORS: Readonly<Record<number, number>> = { 1: 0xff0000, 2: 0x00ff00 };
const colorOf = (step: PastStep): number => COLORS[step.by]!;

test("a track has the colour of whoever did each step, one stretch for those in a row", () => {
  const steps = [1, 1, 2, 1].map(by);
  expect(trackImage(steps, colorOf, "ltr")).toBe(
    "linear-gradient(to right, #ff0000 0.00% 50.00%, #00ff00 50.00% 75.00%, #ff0000 75.00% 100.00%)",
  );
  expect(trackImage(steps, colorOf, "rtl")).toContain("to left");
});

test("of very many steps each stretch has the colour of most", () => {
  const steps = Array.from({ length: 10_000 }, (_, i) => by(i < 5000 || i % 10 === 0 ? 1 : 2));
  expect(trackImage(steps, colorOf, "ltr")).toBe(
    "linear-gradient(to right, #ff0000 0.00% 50.00%, #00ff00 50.00% 100.00%)",
  );
});
