import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { modelOperations, runModel } from "./model-run.ts";

/*
 * `INKMESH_MODEL_RUNS=20000 npx vitest run --config test/config/vitest.ts test/convergence/model.test.ts`
 * tries more; INKMESH_MODEL_SEED others. A run that fails is shrunk to the fewest operations.
 */
const runs = Number(process.env["INKMESH_MODEL_RUNS"] ?? 150);
const seed = Number(process.env["INKMESH_MODEL_SEED"] ?? 1);

describe("boards show what the rules say, whoever does what and hears of it when", () => {
  test.each([2, 3])("%i people", { timeout: 600_000 }, (count) => {
    const holds = fc.property(modelOperations, (operations) => {
      expect(() => runModel(count, operations)).not.toThrow();
    });
    fc.assert(holds, { seed: seed + count, numRuns: runs });
  });
});
