/*
 * Which ways there are out of this page and into it: each is offered only where it works. What looks as if it were
 * there and does nothing is known from how the messenger behaves (its WebView gives no downloads and no file chooser
 * on Android, and takes no picture to the clipboard there), everything else is asked of the browser.
 */
export type Format = "png" | "svg" | "inkmesh";

/**
 * - `save`: a download. `share`: the system's sheet.
 * - `copy`: a PNG as a picture, everything else as text.
 * - `show`: a picture to hold the finger on, or to take a screenshot of.
 */
export type Way = "save" | "share" | "copy" | "show";
export const WAYS: readonly Way[] = ["save", "share", "copy", "show"];

/** What there is around the page. */
export interface Surroundings {
  readonly inMessenger: boolean;
  readonly userAgent: string;
  /** Whether the system's sheet takes a file of this type. */
  readonly shares: (type: string) => boolean;
  /** The clipboard takes more than text. */
  readonly copiesPictures: boolean;
}

export const TYPES: Readonly<Record<Format, string>> = {
  png: "image/png",
  svg: "image/svg+xml",
  inkmesh: "application/octet-stream",
};

export function waysOut(format: Format, around: Surroundings): readonly Way[] {
  const { inMessenger, userAgent, shares, copiesPictures } = around;
  const isThere: Readonly<Record<Way, boolean>> = {
    save: !inMessenger || /Windows/u.test(userAgent),
    share: shares(TYPES[format]),
    copy: format !== "png" || (copiesPictures && !isAndroidApp(around)),
    show: format === "png",
  };
  return WAYS.filter((way) => isThere[way]);
}

/** Whether a file can be chosen. */
export function canChoose(around: Pick<Surroundings, "inMessenger" | "userAgent">): boolean {
  return !isAndroidApp(around);
}

function isAndroidApp({ inMessenger, userAgent }: Pick<Surroundings, "inMessenger" | "userAgent">): boolean {
  return inMessenger && /Android/u.test(userAgent);
}

export function surroundings(inMessenger: boolean): Surroundings {
  return {
    inMessenger,
    userAgent: navigator.userAgent,
    shares(type) {
      try {
        const files = [new File([""], nameOf("png"), { type })];
        return (navigator as Partial<Navigator>).canShare?.({ files }) === true;
      } catch {
        return false;
      }
    },
    copiesPictures: typeof ClipboardItem !== "undefined" && "clipboard" in navigator,
  };
}

export function nameOf(format: Format): string {
  return `inkmesh.${format}`;
}
