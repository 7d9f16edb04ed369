import { describe, expect, it } from 'vitest';
import { planeOf, tilesOf } from './tiles';

const plane = planeOf('18.7883 98.9890 111320');

describe('tiles', () => {
  it('are those that OpenStreetMap numbers so', () => {
    // The middle of the Old City at zoom 16: x = (98.989 + 180) / 360 · 2^16, by the formula of the slippy map.
    const [tile] = tilesOf('https://t.example/{z}/{x}/{y}.png', plane, { x: -1, y: -1, width: 578.9, height: 1 }, 256);
    expect(tile?.address).toBe('https://t.example/16/50788/29284.png');
  });

  it('cover the box and meet without a gap', () => {
    const box = { x: -1400, y: -1100, width: 3300, height: 2100 };
    const tiles = tilesOf('{z}/{x}/{y}', plane, box, 1000);
    const lefts = [...new Set(tiles.map((tile) => tile.x))].sort((one, other) => one - other);
    expect(lefts[0]).toBeLessThanOrEqual(box.x);
    expect(Math.max(...tiles.map((tile) => tile.x + tile.width))).toBeGreaterThanOrEqual(box.x + box.width);
    expect(Math.max(...tiles.map((tile) => tile.y + tile.height))).toBeGreaterThanOrEqual(box.y + box.height);
    lefts.slice(1).forEach((left, at) => expect(left).toBeCloseTo((lefts[at] ?? 0) + (tiles[0]?.width ?? 0), 6));
  });

  it('are never too many', () => {
    expect(tilesOf('{z}/{x}/{y}', plane, { x: 0, y: 0, width: 100, height: 100_000 }, 4000)).toEqual([]);
  });
});
