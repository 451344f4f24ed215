import { describe, expect, it } from "vitest";
import type { KeyCommand } from "../../../src/ui/input/shortcuts.ts";
import { commandFor } from "../../../src/ui/input/shortcuts.ts";

const CODES = [
  "QWERTYUIOP"
    .split("")
    .map((letter) => `Key${letter}`)
    .concat("BracketLeft", "BracketRight"),
  "ASDFGHJKL"
    .split("")
    .map((letter) => `Key${letter}`)
    .concat("Semicolon", "Quote"),
  "ZXCVBNM"
    .split("")
    .map((letter) => `Key${letter}`)
    .concat("Comma", "Period", "Slash"),
];
/** What the three rows of letters say without Shift, a key after the other; `´` is a dead key. */
const LAYOUTS = {
  Russian: ["й ц у к е н г ш щ з х ъ", "ф ы в а п р о л д ж э", "я ч с м и т ь б ю ."],
  Greek: ["; ς ε ρ τ υ θ ι ο π [ ]", "α σ δ φ γ η ξ κ λ ´ '", "ζ χ ψ ω β ν μ , . /"],
  Hebrew: ["/ ' ק ר א ט ו ן ם פ ] [", "ש ד ג כ ע י ח ל ך ף ,", "ז ס ב ה נ מ צ ת ץ ."],
  Arabic: ["ض ص ث ق ف غ ع ه خ ح ج د", "ش س ي ب ل ا ت ن م ك ط", "ئ ء ؤ ر لا ى ة و ز ظ"],
  Hindi: [
    "\u094c \u0948 \u093e \u0940 \u0942 ब ह ग द ज ड \u093c",
    "\u094b \u0947 \u094d \u093f \u0941 प र क त च ट",
    "\u0946 \u0902 म न व ल स , . य",
  ],
  Thai: [
    "ๆ ไ \u0e33 พ ะ \u0e31 \u0e35 ร น ย บ ล",
    "ฟ ห ก ด เ \u0e49 \u0e48 า ส ว ง",
    "ผ ป แ อ \u0e34 \u0e37 ท ม ใ ฝ",
  ],
  Korean: [
    "ㅂ ㅈ ㄷ ㄱ ㅅ ㅛ ㅕ ㅑ ㅐ ㅔ [ ]",
    "ㅁ ㄴ ㅇ ㄹ ㅎ ㅗ ㅓ ㅏ ㅣ ; '",
    "ㅋ ㅌ ㅊ ㅍ ㅠ ㅜ ㅡ , . /",
  ],
  Serbian: ["љ њ е р т з у и о п ш ђ", "а с д ф г х ј к л ч ћ", "ѕ џ ц в б н м , . -"],
  "Japanese, wide letters": [
    "ｑ ｗ ｅ ｒ ｔ ｙ ｕ ｉ ｏ ｐ ＠ ［",
    "ａ ｓ ｄ ｆ ｇ ｈ ｊ ｋ ｌ ； ：",
    "ｚ ｘ ｃ ｖ ｂ ｎ ｍ 、 。 ・",
  ],
  "Japanese, kana": [
    "た て い す か ん な に ら せ ゛ ゜",
    "ち と し は き く ま の り れ け",
    "つ さ そ ひ こ み も ね る め",
  ],
  "Chinese, wide signs": ["q w e r t y u i o p 【 】", "a s d f g h j k l ； ‘", "z x c v b n m ， 。 、"],
  QWERTY: ["q w e r t y u i o p [ ]", "a s d f g h j k l ; '", "z x c v b n m , . /"],
  Dvorak: ["' , . p y f g c r l / =", "a o e u i d h t n s -", "; q j k x b m w v z"],
  Colemak: ["q w f p g j l u y ; [ ]", "a r s t d h n e i o '", "z x c v b k m , . /"],
  AZERTY: ["a z e r t y u i o p ´ $", "q s d f g h j k l m ù", "w x c v b n , ; : !"],
  "QWERTZ, German": ["q w e r t z u i o p ü +", "a s d f g h j k l ö ä", "y x c v b n m , . -"],
  "QWERTZ, Slovenian": ["q w e r t z u i o p š đ", "a s d f g h j k l č ć", "y x c v b n m , . -"],
  Spanish: ["q w e r t y u i o p ´ +", "a s d f g h j k l ñ ´", "z x c v b n m , . -"],
  Italian: ["q w e r t y u i o p è +", "a s d f g h j k l ò à", "z x c v b n m , . -"],
  Portuguese: ["q w e r t y u i o p + ´", "a s d f g h j k l ç º", "z x c v b n m , . -"],
  Lithuanian: ["q w e r t y u i o p [ ]", "a s d f g h j k l ; '", "z x c v b n m , . /"],
} as const;
type Layout = keyof typeof LAYOUTS;
const LATIN: readonly Layout[] = [
  "Chinese, wide signs",
  "QWERTY",
  "Dvorak",
  "Colemak",
  "AZERTY",
  "QWERTZ, German",
  "QWERTZ, Slovenian",
  "Spanish",
  "Italian",
  "Portuguese",
  "Lithuanian",
];

interface LayoutKey {
  readonly code: string;
  readonly key: string;
}
function keysOf(layout: Layout): LayoutKey[] {
  return CODES.flatMap((codes, row) => {
    const said = LAYOUTS[layout][row]!.split(" ");
    expect(said.length, layout).toBe(codes.length);
    return codes.map((code, i) => ({ code, key: said[i] === "´" ? "Dead" : said[i]! }));
  });
}

const none = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };
const plainly = (key: LayoutKey, shiftKey = false): KeyCommand | undefined =>
  commandFor({ ...none, ...key, shiftKey });
const withCtrl = (key: LayoutKey, shiftKey = false): KeyCommand | undefined =>
  commandFor({ ...none, ...key, ctrlKey: true, shiftKey });
const onQwerty = (letter: string): LayoutKey => ({ code: `Key${letter.toUpperCase()}`, key: letter });

describe.each(Object.keys(LAYOUTS) as Layout[])("on a keyboard for %s", (layout) => {
  const keys = keysOf(layout);
  const isLatin = LATIN.includes(layout);

  it("every letter has its command: a Latin one by what it says, another by its place", () => {
    for (const key of keys) {
      const letter = isLatin ? key.key : /^Key([A-Z])$/.exec(key.code)?.[1]?.toLowerCase();
      if (letter === undefined || !/^[a-z]$/.test(letter)) continue;
      const name = `${key.key} at ${key.code}`;
      expect(plainly(key), name).toBe(plainly(onQwerty(letter)));
      expect(withCtrl(key), name).toBe(withCtrl(onQwerty(letter)));
      expect(plainly({ ...key, key: key.key.toUpperCase() }, true), name).toBe(plainly(onQwerty(letter)));
    }
    const commands = new Set(keys.map((key) => plainly(key)));
    for (const tool of ["pen", "eraser", "text", "select", "laser"] as const)
      expect(commands, tool).toContain(tool);
    expect(keys.map((key) => withCtrl(key))).toContain("undo");
    expect(keys.map((key) => withCtrl(key))).toContain("redo");
  });

  it("no key clears the board", () => {
    const every = [false, true].flatMap((shiftKey) =>
      [...keys, { code: "Backspace", key: "Backspace" }, { code: "Delete", key: "Delete" }].flatMap((key) => [
        plainly(key, shiftKey),
        withCtrl(key, shiftKey),
      ]),
    );
    expect(every).not.toContain("clear");
  });

  it("a key that says a sign of the table means that sign, wherever it is", () => {
    const signs: Readonly<Record<string, KeyCommand>> = {
      "[": "smaller",
      ",": "smaller",
      "]": "larger",
      ".": "larger",
      "+": "zoom-in",
      "=": "zoom-in",
      "-": "zoom-out",
      "?": "help",
    };
    for (const { code } of keys)
      for (const [key, command] of Object.entries(signs)) {
        expect(plainly({ code, key }), `${key} at ${code}`).toBe(command);
        expect(plainly({ code, key }, true), `Shift and ${key} at ${code}`).toBe(command);
      }
  });
});

describe("keys of other layouts", () => {
  it.each([
    ["Russian, restacking", { key: "ъ", code: "BracketRight", ctrlKey: true }, "forward"],
    [
      "Russian, restacking to the front",
      { key: "Ъ", code: "BracketRight", ctrlKey: true, shiftKey: true },
      "front",
    ],
    ["Russian, a smaller brush", { key: "х", code: "BracketLeft" }, "smaller"],
    ["Russian, a comma", { key: ",", code: "Slash", shiftKey: true }, "smaller"],
    ["Hindi, undo", { key: "\u0946", code: "KeyZ", ctrlKey: true }, "undo"],
    ["Thai, redo", { key: "\u0e31", code: "KeyY", ctrlKey: true }, "redo"],
    ["Arabic, two letters on one key", { key: "لا", code: "KeyB" }, "background"],
    ["Arabic, help", { key: "؟", code: "Slash", shiftKey: true }, "help"],
    ["Dvorak, help", { key: "?", code: "BracketLeft", shiftKey: true }, "help"],
    ["Dvorak, zoom", { key: "+", code: "BracketRight", shiftKey: true }, "zoom-in"],
    ["Dvorak, an accent from a dead key", { key: "é", code: "KeyD" }, "eraser"],
    ["AZERTY, a dead key", { key: "Dead", code: "BracketLeft" }, "smaller"],
    ["Arabic, an Arabic digit", { key: "\u0660", code: "Digit0" }, "actual-size"],
    ["Russian, redo", { key: "Я", code: "KeyZ", ctrlKey: true, shiftKey: true }, "redo"],
    ["Thai, redo by a sign of Shift", { key: "(", code: "KeyZ", ctrlKey: true, shiftKey: true }, "redo"],
    ["Command and Backspace", { key: "Backspace", code: "Backspace", metaKey: true }, "delete"],
    ["Shift and Delete", { key: "Delete", code: "Delete", shiftKey: true }, "delete"],
    [
      "Control, Shift and Delete",
      { key: "Delete", code: "Delete", ctrlKey: true, shiftKey: true },
      undefined,
    ],
    ["Dvorak, a slash", { key: "/", code: "BracketLeft" }, undefined],
    ["AZERTY, a digit without Shift", { key: "à", code: "Digit0" }, "actual-size"],
    ["AZERTY, all", { key: "&", code: "Digit1" }, "show-all"],
    ["QWERTY, Shift and a digit", { key: "!", code: "Digit1", shiftKey: true }, undefined],
    ["an input method at work", { key: "Process", code: "KeyZ", ctrlKey: true }, undefined],
    ["a key that nobody knows", { key: "Unidentified", code: "" }, undefined],
    ["a Mac's third level", { key: "Ω", code: "KeyZ", altKey: true }, undefined],
  ] as const)("%s", (_name, press, command) => {
    expect(commandFor({ ...none, ...press })).toBe(command);
  });
});
