/*
 * Pictures on their way from a person to the board: each is prepared, which takes a moment, and then placed, or
 * the person is told why not.
 */
import type { Point } from "../../base/geometry.ts";
import type { Strings } from "../words/strings.ts";
import { openCamera } from "./camera.ts";
import { type PreparedPicture, type PictureProblem, preparePicture } from "./prepare-picture.ts";

/** Takes pictures in, for one board. */
export interface PictureIntake {
  /** `at`: where they go, in world units; undefined: to the middle of the view. What is no picture is told. */
  take(files: readonly Blob[], at?: Point): void;
  /** Opens a viewfinder, for one picture. */
  photograph(): void;
  /** What is still on its way is not placed any more. */
  close(): void;
}

export interface PictureIntakeDeps {
  /** Puts it on the board; `nth`: so many of the same go came before it. */
  readonly place: (picture: PreparedPicture, at: Point | undefined, nth: number) => void;
  readonly say: (text: string) => void;
  readonly strings: Strings;
}

/** Of what was chosen or dropped at once, so many are looked at. */
const MOST_AT_ONCE = 20;

export function createPictureIntake({ place, say, strings }: PictureIntakeDeps): PictureIntake {
  let isOver = false;
  let stopCamera: (() => void) | undefined;

  const put = (made: PreparedPicture | PictureProblem, at: Point | undefined, nth: number): void => {
    if (isOver) return;
    if (typeof made === "string") say(strings.intake[made]);
    else place(made, at, nth);
  };
  const takeAll = async (files: readonly Blob[], at: Point | undefined): Promise<void> => {
    for (const [nth, file] of files.slice(0, MOST_AT_ONCE).entries())
      if (!isOver) put(await preparePicture(file), at, nth);
  };

  return {
    take: (files, at) => void takeAll(files, at),
    photograph() {
      stopCamera?.();
      stopCamera = openCamera({
        strings,
        onShot: (made) => void made.then((picture) => put(picture, undefined, 0)),
        onFailed: () => say(strings.intake.noCamera),
      });
    },
    close() {
      isOver = true;
      stopCamera?.();
    },
  };
}
