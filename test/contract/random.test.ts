import { createPrng } from "../../src/base/prng.ts";
import { createBrowserRandom } from "../../src/spixi/browser-random.ts";
import { randomContract } from "./random.ts";

randomContract("seeded", () => createPrng(7));
randomContract("browser", () => createBrowserRandom(globalThis));
