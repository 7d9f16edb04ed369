// Zoom and travel over the picture: a drag on the paper, Ctrl and the wheel, two fingers, or the buttons.
import type { Place } from './picture';

export interface View {
  x: number;
  y: number;
  scale: number;
}

export const smallest = 0.2;
export const largest = 3;

const narrow = 520; // px: a phone's width

/** The least scale to begin with: on a phone a part would be names cut at the frame, so all of it is shown. */
export function readableAt(width: number, wanted: number): number {
  return width < narrow ? 0 : wanted;
}

/** All of it where that stays readable; else its middle (or `focus`) at a size that can be read. */
export function fitted(places: Place[], width: number, height: number, readable: number, focus?: Place): View {
  if (places.length === 0 || width === 0 || height === 0) return { x: width / 2, y: height / 2, scale: 1 };
  const [left, right] = [Math.min(...places.map(({ x }) => x)) - 85, Math.max(...places.map(({ x }) => x)) + 85];
  const [top, bottom] = [Math.min(...places.map(({ y }) => y)) - 28, Math.max(...places.map(({ y }) => y)) + 55];
  const whole = Math.min(width / (right - left), height / (bottom - top), 1.15);
  const scale = Math.max(whole, readable);
  const middle = whole < readable && focus ? focus : { x: (left + right) / 2, y: (top + bottom) / 2 };
  return { scale, x: width / 2 - middle.x * scale, y: height / 2 - middle.y * scale };
}

/** Zoomed by a factor, with the point under the pointer staying where it is. */
export function zoomed(view: View, factor: number, at: Place): View {
  const scale = Math.min(largest, Math.max(smallest, view.scale * factor));
  const real = scale / view.scale;
  return { scale, x: at.x - (at.x - view.x) * real, y: at.y - (at.y - view.y) * real };
}

/** The view moved just so far that `place` is seen. */
export function revealed(view: View, place: Place, width: number, height: number): View {
  const margin = 70;
  const [x, y] = [view.x + place.x * view.scale, view.y + place.y * view.scale];
  const shift = (value: number, size: number) => (value < margin ? margin - value : value > size - margin ? size - margin - value : 0);
  return { ...view, x: view.x + shift(x, width), y: view.y + shift(y, height) };
}
