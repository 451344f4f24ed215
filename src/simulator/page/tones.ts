/*
 * Where the device has no microphone, each phone has one that hums: a tone of its own pitch, so that one hears who is
 * heard.
 */

/** The parts of the page's global object that are used here; TypeScript's Window has them not as values. */
type PageWindow = Window & { readonly AudioContext: typeof AudioContext };

const LOWEST = 300;
const STEP = 110;
const PITCHES = 7;

/** In Hertz, by whose phone it is. */
export function pitchOf(owner: string): number {
  const hash = Array.from(owner).reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1009, 0);
  return LOWEST + (hash % PITCHES) * STEP;
}

/** Takes over a page before its first script runs. */
export function lendMicrophone(given: Window, owner: string): void {
  const page = given as PageWindow;
  // A page that is not secure has none.
  const devices = page.navigator.mediaDevices as MediaDevices | undefined;
  if (!devices) return;
  const open = devices.getUserMedia.bind(devices);
  devices.getUserMedia = async (wanted) => {
    try {
      return await open(wanted);
    } catch (error) {
      const isSound = Boolean(wanted?.audio) && !wanted?.video;
      if (!isSound || (error as Error).name !== "NotFoundError") throw error;
      return hum(page, pitchOf(owner));
    }
  };
}

function hum(page: PageWindow, pitch: number): MediaStream {
  const context = new page.AudioContext();
  const tone = context.createOscillator();
  const volume = context.createGain();
  const out = context.createMediaStreamDestination();
  tone.frequency.value = pitch;
  volume.gain.value = 0.3;
  tone.connect(volume).connect(out);
  tone.start();
  return out.stream;
}
