/*
 * A viewfinder of this app's own: in the messenger on Android there is no other way to take a picture.
 */
import { element, listen } from "../widgets/dom.ts";
import { iconButton } from "../widgets/icon-button.ts";
import type { Strings } from "../words/strings.ts";
import { type PictureProblem, type PreparedPicture, prepareFrame } from "./prepare-picture.ts";

export interface CameraDeps {
  readonly strings: Strings;
  /** A picture was taken; the viewfinder is closed. */
  readonly onShot: (made: Promise<PreparedPicture | PictureProblem>) => void;
  /** There is no camera, or this page may not use it. */
  readonly onFailed: () => void;
}

/** As cameras are held, by the names that browsers have: away from the person, and towards. */
type Facing = "environment" | "user";

/** What is asked for: a board takes no more, and sensors have this shape. */
const SIZE = { width: { ideal: 1600 }, height: { ideal: 1200 } };

export function canPhotograph(): boolean {
  return typeof (navigator.mediaDevices as MediaDevices | undefined)?.getUserMedia === "function";
}

/** Shows it over the whole page, until a picture is taken or it is closed; returns the function that closes it. */
export function openCamera({ strings, onShot, onFailed }: CameraDeps): () => void {
  const { photo, otherCamera } = strings.intake;
  const video = element("video", { attributes: { playsinline: "", "aria-hidden": "true" } });
  // Without a word about the sound, phones do not play.
  video.muted = true;
  const shutter = iconButton(photo, "camera", "camera-shutter");
  const close = iconButton(strings.close, "close", "camera-close");
  const turn = iconButton(otherCamera, "turnCamera", "camera-turn");
  const bar = element("div", { class: "camera-bar" }, [close, shutter, turn]);
  const finder = element("dialog", { id: "camera", attributes: { "aria-label": photo } }, [video, bar]);
  let facing: Facing = "environment";
  let stream: MediaStream | undefined;

  const stop = (): void => {
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = undefined;
  };
  const end = (): void => {
    stop();
    document.removeEventListener("visibilitychange", end);
    finder.remove();
  };
  const start = async (): Promise<void> => {
    stop();
    shutter.disabled = true;
    try {
      const found = await navigator.mediaDevices.getUserMedia({
        video: { facingMode: facing, ...SIZE },
      });
      stop();
      stream = found;
      // It was closed while the person was asked.
      if (!finder.isConnected) return stop();
      video.srcObject = found;
      video.classList.toggle("mirrored", facing === "user");
      await video.play();
      shutter.disabled = false;
      if (document.activeElement !== turn) shutter.focus();
      const devices = await navigator.mediaDevices.enumerateDevices();
      turn.hidden = devices.filter(({ kind }) => kind === "videoinput").length < 2;
    } catch {
      if (!finder.isConnected) return;
      end();
      onFailed();
    }
  };

  listen(shutter, "click", () => {
    // Painted before the camera stops.
    const made = prepareFrame(video);
    end();
    onShot(made);
  });
  listen(turn, "click", () => {
    facing = facing === "user" ? "environment" : "user";
    void start();
  });
  listen(close, "click", end);
  listen(finder, "close", end);
  // Keys here are none of the board's.
  listen(finder, "keydown", (event) => event.stopPropagation());
  document.addEventListener("visibilitychange", end);
  turn.hidden = true;
  document.body.append(finder);
  finder.showModal();
  void start();
  return end;
}
