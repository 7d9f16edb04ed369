import { describe, expect, it } from 'vitest';
import { layout, seeded, type LayoutQuestion } from './layout';

const node = (id: string) => ({ id, width: 50, height: 20 });
const star = (count: number): LayoutQuestion => ({
  rounds: [[node('hub')], Array.from({ length: count }, (_, at) => node(`n${at}`))],
  links: Array.from({ length: count }, (_, at) => ({ source: 'hub', target: `n${at}` })),
  pins: {},
});

describe('layout', () => {
  it('is the same on every visit', () => {
    expect([...layout(star(30))]).toEqual([...layout(star(30))]);
  });

  it('lays no label on another', () => {
    const places = [...layout(star(40)).values()];
    for (const [at, one] of places.entries()) {
      for (const other of places.slice(at + 1)) {
        expect(Math.abs(one.x - other.x) >= 99 || Math.abs(one.y - other.y) >= 39).toBe(true);
      }
    }
  });

  it('leaves pinned things where they are', () => {
    expect(layout({ ...star(5), pins: { n2: { x: 300, y: -40 } } }).get('n2')).toEqual({ x: 300, y: -40 });
  });

  it('moves what was there but little when more comes', () => {
    const before = layout(star(8));
    const grown = star(8);
    grown.rounds.push([node('m1'), node('m2')]);
    grown.links.push({ source: 'n3', target: 'm1' }, { source: 'n3', target: 'm2' });
    const after = layout(grown);
    for (const [id, place] of before) {
      const moved = after.get(id);
      expect(Math.hypot((moved?.x ?? 999) - place.x, (moved?.y ?? 999) - place.y), id).toBeLessThan(120);
    }
  });

  it('has finite places for nodes without links and for 600 nodes', () => {
    const places = layout({ rounds: [Array.from({ length: 600 }, (_, at) => node(`n${at}`))], links: [], pins: {} });
    expect([...places.values()].every((place) => Number.isFinite(place.x) && Number.isFinite(place.y))).toBe(true);
  });

  it('begins with the places of the server and only makes room', () => {
    const steps = new Map([['hub', new Map([['n0', { x: 200, y: 0 }], ['n1', { x: -200, y: 0 }], ['n2', { x: 0, y: 200 }]])]]);
    const places = layout({ ...star(3), steps });
    expect(places.get('n0')!.x).toBeGreaterThan(60);
    expect(places.get('n1')!.x).toBeLessThan(-60);
    expect(places.get('n2')!.y).toBeGreaterThan(40);
  });

  it('seeds by name, between 0 and 1', () => {
    expect(seeded('ยี่เป็ง')).toBe(seeded('ยี่เป็ง'));
    expect(seeded('a')).not.toBe(seeded('b'));
    expect(seeded('')).toBeLessThan(1);
  });
});
