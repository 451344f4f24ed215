import { laserLight, type LaserTrail } from "./laser.ts";
import type { Light } from "./live-content.ts";
import { overlayLights, type Overlay } from "./overlay.ts";

/** What is on the live canvas and is no ink. The setters say whether there is, or was, anything. */
export interface Lights {
  /** The light of laser pointers, its ages counted from now on; it fades by itself. */
  setLasers(trails: readonly LaserTrail[]): boolean;
  setOverlay(overlay: Overlay | undefined): boolean;
  /** `zoom`: CSS pixels to a world unit. What does not change are the same objects. */
  at(zoom: number): { readonly lights: readonly Light[]; readonly fading: boolean };
}

/** @param now milliseconds that never go back. */
export function createLights(now: () => number): Lights {
  let lasers: { readonly trails: readonly LaserTrail[]; readonly told: number } = { trails: [], told: 0 };
  let overlay: { readonly of: Overlay; zoom: number; lights: readonly Light[] } | undefined;

  const laserLights = (zoom: number): Light[] => {
    const later = now() - lasers.told;
    return lasers.trails.flatMap((trail) => laserLight(trail, later, zoom) ?? []);
  };

  const gestureLights = (zoom: number): readonly Light[] => {
    if (!overlay) return [];
    if (overlay.zoom !== zoom) {
      overlay.zoom = zoom;
      overlay.lights = overlayLights(overlay.of, zoom);
    }
    return overlay.lights;
  };

  return {
    setLasers(trails) {
      if (trails.length === 0 && lasers.trails.length === 0) return false;
      lasers = { trails, told: now() };
      return true;
    },
    setOverlay(next) {
      if (!next && !overlay) return false;
      overlay = next && { of: next, zoom: NaN, lights: [] };
      return true;
    },
    at(zoom) {
      const glowing = laserLights(zoom);
      return { lights: [...gestureLights(zoom), ...glowing], fading: glowing.length > 0 };
    },
  };
}
