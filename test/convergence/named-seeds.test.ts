import { describe, expect, test } from "vitest";
import { parseOperation } from "./operation.ts";
import { expectGoodRun } from "./random-run.ts";
import { anyOptions } from "./run-options.ts";
import type { RunOptions } from "./run-options.ts";

interface NamedSeed {
  /** The bug that it found. */
  readonly bug: string;
  readonly options: RunOptions;
  readonly operations: readonly string[];
}

/** Runs that failed once, shortened to the operations that made them fail. */
const NAMED_SEEDS: readonly NamedSeed[] = [
  {
    bug: "a stroke longer than one text, read from an answer that was cut inside it, lacked a piece",
    options: {
      seed: 711,
      peers: 2,
      durationMs: 29459,
      network: {
        latency: 71,
        jitter: 149,
        loss: 0.2,
        duplication: 0.1,
        reordering: 0.3,
        reorderingDelay: 2000,
      },
    },
    operations: ["0 ann open 1961476709", "22240 ann draw-long 287032832", "24178 ann draw-long 3437975131"],
  },
  {
    bug: "the guard refused the switch of a mark that was thrown three times, and the boards never met again",
    options: {
      seed: 532,
      peers: 5,
      durationMs: 35546,
      network: {
        latency: 223,
        jitter: 244,
        loss: 0.1,
        duplication: 0,
        reordering: 0.3,
        reorderingDelay: 2000,
      },
    },
    operations: [
      "2267 bo open 3985783513",
      "3175 bo draw 1594596314",
      "4663 bo undo 2247029234",
      "5465 bo redo 2736914752",
      "5885 bo undo 1491935767",
      "7019 bo redo 1995035663",
    ],
  },
  {
    bug: "a clear while a joining page was still held back hid strokes that its person had not been shown",
    options: {
      seed: 1094,
      peers: 4,
      durationMs: 21564,
      network: {
        latency: 223,
        jitter: 29,
        loss: 0.1,
        duplication: 0,
        reordering: 0.1,
        reorderingDelay: 2000,
      },
    },
    operations: [
      "0 bo open 1885799749",
      "0 cem open 592859790",
      "2269 cem pinch 95319764",
      "6963 cem offline 4207589603",
      "7071 ann open 1038517166",
      "7386 ann block 4144149928",
      "9314 ann draw 2154631058",
      "16426 cem roll-back-storage 718686358",
      "17065 bo draw 1345752059",
      "17719 cem open 2843060235",
      "18180 ann draw 3200802009",
      "19218 cem clear 87578473",
    ],
  },
  {
    bug: "a clear hid the full pieces of a long stroke that was still under the contact's pen",
    options: {
      seed: 712,
      peers: 3,
      durationMs: 39710,
      network: {
        latency: 91,
        jitter: 295,
        loss: 0.3,
        duplication: 0.1,
        reordering: 0.3,
        reorderingDelay: 2000,
      },
    },
    operations: [
      "0 bo open 753553536",
      "3767 ann open 555560229",
      "22352 bo draw-long 3685265305",
      "23100 ann clear 659996978",
    ],
  },
  {
    bug: "clear while two fingers draw: the first piece of a stroke was hidden, its second one not",
    options: {
      seed: 20997,
      peers: 2,
      durationMs: 9213,
      network: {
        latency: 155,
        jitter: 278,
        loss: 0.1,
        duplication: 0.1,
        reordering: 0.3,
        reorderingDelay: 2000,
      },
      faultsGoOn: true,
    },
    operations: [
      "0 bo open 2652028800",
      "2473 bo draw 576778717",
      "3069 bo draw-with-two 1334705321",
      "3515 bo draw-long 3258047270",
      "4608 bo clear 2293337891",
    ],
  },
  {
    bug: "who left was told that the board could not be saved: its second copy was written after the end",
    options: {
      seed: 587,
      peers: 2,
      durationMs: 52055,
      network: {
        latency: 176,
        jitter: 245,
        loss: 0.1,
        duplication: 0.1,
        reordering: 0.1,
        reorderingDelay: 2000,
      },
      faultsGoOn: false,
    },
    operations: [
      "0 ann open 201243388",
      "0 bo open 3199915754",
      "12619 bo draw-slowly 3404017275",
      "12965 ann draw 432070054",
      "14281 bo freeze 378543386",
      "22127 bo leave 1245878571",
    ],
  },
  {
    bug: "a page that stood still took an answer of the storage that it had not read yet for a failure",
    options: {
      seed: 175,
      peers: 2,
      durationMs: 14803,
      network: { latency: 230, jitter: 214, loss: 0, duplication: 0.1, reordering: 0, reorderingDelay: 2000 },
      faultsGoOn: false,
    },
    operations: ["0 ann open 1429285087", "2935 ann draw 2142689462", "3287 ann hide 2139456344"],
  },
  {
    bug: "who left before the messenger named the contacts was told that the board could not be saved",
    options: {
      seed: 90088,
      peers: 2,
      durationMs: 22874,
      network: {
        latency: 221,
        jitter: 249,
        loss: 0.3,
        duplication: 0,
        reordering: 0.3,
        reorderingDelay: 2000,
      },
      faultsGoOn: true,
    },
    operations: ["17881 bo open 1479861944", "20885 bo leave 468500454"],
  },
  {
    bug: "what an eraser would take was still shown after the end of a gesture that changed nothing",
    options: {
      seed: 777620,
      peers: 2,
      durationMs: 36389,
      network: {
        latency: 262,
        jitter: 91,
        loss: 0,
        duplication: 0,
        reordering: 0.3,
        reorderingDelay: 2000,
      },
      faultsGoOn: false,
    },
    operations: [
      "0 ann open 3934849324",
      "933 bo open 1023325254",
      "2562 bo draw 4105394593",
      "2923 ann erase 3507405811",
      "5796 bo draw-with-two 3806805131",
      "6598 bo show-erase 211063183",
      "7543 bo draw 2988684049",
      "7809 ann clear 2754813663",
      "10701 ann scribble 3316260158",
      "10827 ann recolor 1683045566",
      "11298 bo draw-with-two 3210140455",
      "11913 bo offline 3621346080",
      "12712 bo draw 664929959",
      "13416 ann write 3265991687",
      "15610 ann erase 2772367199",
      "16127 bo move 121131982",
      "17059 bo kill-messenger 3503174062",
      "17880 ann draw 634924870",
      "18789 ann move 3352864682",
      "19489 ann draw 1106557252",
      "22233 ann shape 1826069376",
      "24216 ann show-erase 704506247",
      "25407 ann erase 1870340744",
      "26499 bo open 3806435238",
      "26716 ann hide 3482386119",
      "27441 bo shape 2881987695",
      "28032 bo show-erase 3473144041",
    ],
  },
  {
    bug: "strokes were missed that a page had no time to save: it stood still, and was killed when it woke",
    options: {
      seed: 778274,
      peers: 2,
      durationMs: 29927,
      network: {
        latency: 150,
        jitter: 81,
        loss: 0.3,
        duplication: 0.1,
        reordering: 0.1,
        reorderingDelay: 2000,
      },
      faultsGoOn: false,
    },
    operations: [
      "0 ann open 2638274048",
      "1310 ann fill-the-board 2619891058",
      "1829 ann freeze 3796165411",
      "20141 ann kill-messenger 3016988700",
    ],
  },
  {
    bug: "everybody asked an older page that no longer heard: its hello had come after that of the newer one",
    options: {
      seed: 912221,
      peers: 5,
      durationMs: 20180,
      network: {
        latency: 236,
        jitter: 48,
        loss: 0.4,
        duplication: 0,
        reordering: 0.1,
        reorderingDelay: 2000,
      },
      faultsGoOn: false,
      host: "next",
    },
    operations: [
      "0 bo open 3051833336",
      "15192 bo open-again 1461058513",
      "18460 bo draw 4045831733",
      "19915 bo open-again 798890622",
    ],
  },
  {
    bug: "a clear missed what was on the screen, for another's erasing of it was applied and not shown yet",
    options: {
      seed: 780139,
      peers: 16,
      durationMs: 10000,
      network: {
        latency: 183,
        jitter: 194,
        loss: 0.02,
        duplication: 0.1,
        reordering: 0.3,
        reorderingDelay: 2000,
      },
      faultsGoOn: false,
    },
    operations: [
      "0 cem open 3283585296",
      "0 dee open 2784321274",
      "0 eli open 3326212816",
      "0 gus open 1141766428",
      "0 ida open 3772823424",
      "0 jon open 3435832835",
      "0 leo open 3739562129",
      "0 ned open 3036188246",
      "0 pia open 2341086023",
      "85 leo kill-messenger 3901470832",
      "95 fay open 2740218910",
      "224 hal open 3516377231",
      "841 eli draw 3674098128",
      "875 fay show-shape 3922786481",
      "1284 ida draw 737524369",
      "1483 bo open 2631235705",
      "1600 pia show-erase 2297077116",
      "1850 ola open 1490000585",
      "1869 bo draw 2330679194",
      "2170 fay cut 2684029257",
      "2315 gus duplicate 733942836",
      "2601 ned offline 3033370204",
      "2907 ida duplicate 3899325068",
      "3481 pia undo 144364506",
      "3761 mia partition 3128085343",
      "4777 fay clear 2002996830",
    ],
  },
  {
    bug: "a stroke was taken for cut where another finger's, drawn meanwhile, was cut, by pages opened after that",
    options: {
      seed: 90253,
      peers: 2,
      durationMs: 28292,
      network: { latency: 55, jitter: 156, loss: 0.1, duplication: 0, reordering: 0, reorderingDelay: 2000 },
    },
    operations: [
      "0 ann open 2852364284",
      "18486 ann draw 2708675729",
      "18490 ann draw 1401560244",
      "20279 ann cut 3801204892",
    ],
  },
];

/** Runs that failed as they were planned, and not in any shorter form: too many people asked too much. */
const CROWDS = [90026, 20059, 20248];

/** The messenger of all runs above, for those that do not say another. */
const FOUND_ON = "0.9.19";

describe("bugs that random runs have found", () => {
  test.each(NAMED_SEEDS)("$bug", async ({ options, operations }) => {
    const result = await expectGoodRun({ host: FOUND_ON, ...options }, operations.map(parseOperation));
    expect(result.operations).toBeGreaterThan(0);
  });

  test.each(CROWDS)("with 18 to 20 people questions kept answers from leaving (seed %i)", async (seed) => {
    const options = anyOptions(seed);
    expect(options.peers).toBeGreaterThanOrEqual(18);
    const { convergedMs } = await expectGoodRun({ host: FOUND_ON, ...options });
    expect(convergedMs).toBeLessThan(60_000);
  });
});
