import { describe, expect, it } from 'vitest';
import { queryOf, stateOf } from './address';
import { emptyState, linkedTo, picture, travel, type GraphEdge, type GraphNode, type Known, type State } from './picture';

const node = (id: string): GraphNode => ({ id, kind: id.split(':')[0] ?? '', name: { en: id } });
const edge = (source: string, type: string, target: string): GraphEdge => ({ id: `${source} ${type} ${target}`, source, type, target });

function world(): Known {
  const canal = { nodes: ['place:canal', 'program:light', 'theme:care'].map(node), edges: [edge('program:light', 'held_at', 'place:canal'), edge('theme:care', 'refers_to', 'place:canal')] };
  const light = { nodes: ['program:light', 'place:canal', 'program:yi-peng'].map(node), edges: [edge('program:light', 'held_at', 'place:canal'), edge('program:light', 'part_of', 'program:yi-peng')] };
  return { near: new Map([['place:canal', canal], ['program:light', light]]), extra: { nodes: [], edges: [] } };
}

const start = (): State => ({ ...emptyState(), roots: ['place:canal'], open: ['place:canal'] });
const ids = (state: State, known = world()) => picture(state, known).nodes.map((one) => one.id);

describe('picture', () => {
  it('grows by what is expanded and shrinks when it is collapsed', () => {
    expect(ids(start())).toEqual(['place:canal', 'program:light', 'theme:care']);
    expect(ids({ ...start(), open: ['place:canal', 'program:light'] })).toContain('program:yi-peng');
  });

  it('leaves out what is hidden and what then hangs on nothing', () => {
    const state = { ...start(), open: ['place:canal', 'program:light'], hidden: ['program:light'] };
    expect(ids(state)).toEqual(['place:canal', 'theme:care']);
  });

  it('filters by kind and by relation, never the root', () => {
    expect(ids({ ...start(), kinds: ['theme'] })).toEqual(['place:canal', 'theme:care']);
    expect(ids({ ...start(), types: ['held_at'] })).toEqual(['place:canal', 'program:light']);
  });

  it('draws many leaves of one relation as one group, until it is opened', () => {
    const leaves = Array.from({ length: 12 }, (_, at) => `program:p${at}`);
    const near = { nodes: [node('place:hub'), ...leaves.map(node)], edges: leaves.map((leaf) => edge(leaf, 'held_at', 'place:hub')) };
    const known: Known = { near: new Map([['place:hub', near]]), extra: { nodes: [], edges: [] } };
    const state = { ...emptyState(), roots: ['place:hub'], open: ['place:hub'] };
    const shown = picture(state, known);
    expect(shown.nodes.map((one) => one.id)).toEqual(['place:hub']);
    expect(shown.groups[0]?.members).toHaveLength(12);
    expect(shown.edges).toHaveLength(1);
    expect(picture({ ...state, groups: ['place:hub|held_at|in'] }, known).nodes).toHaveLength(13);
  });

  it('gives the same state back from its address', () => {
    const state: State = { ...start(), open: ['place:canal', 'program:light'], hidden: ['theme:care'], pins: { 'place:canal': { x: 4, y: -7 } }, kinds: ['program'], from: '2021', to: '2023' };
    expect(stateOf(queryOf(state, new URLSearchParams(), 12))).toEqual(state);
    expect(stateOf(queryOf({ ...start(), open: [] }, new URLSearchParams())).open).toEqual(['']);
  });

  it('lets arrow keys travel along links only', () => {
    const shown = picture(start(), world());
    const places = new Map([['place:canal', { x: 0, y: 0 }], ['program:light', { x: 100, y: 10 }], ['theme:care', { x: -5, y: 80 }]]);
    expect(travel('place:canal', 'ArrowRight', shown, places)).toBe('program:light');
    expect(travel('place:canal', 'ArrowDown', shown, places)).toBe('theme:care');
    expect(travel('place:canal', 'ArrowUp', shown, places)).toBeNull();
    expect(linkedTo('place:canal', shown)).toEqual(['program:light', 'theme:care']);
  });
});

describe('chains', () => {
  const node = (id: string) => ({ id, kind: 'place', name: { en: id } });
  const edge = (source: string, target: string) => ({ id: `${source}-${target}`, source, target, type: 'adjacent_to' });
  const known: Known = {
    near: new Map(),
    extra: { nodes: [], edges: [] },
    chains: new Map([['a~c', { nodes: [node('a'), node('c'), node('b')], edges: [edge('a', 'b'), edge('b', 'c')] }]]),
  };

  it('are in the picture while their pair is in the state', () => {
    expect(picture({ ...emptyState(), chains: ['a~c'] }, known).nodes.map(({ id }) => id)).toEqual(['a', 'c', 'b']);
    expect(picture(emptyState(), known).nodes).toEqual([]);
  });

  it('stand in the address', () => {
    const query = queryOf({ ...emptyState(), roots: ['a'], open: ['a'], chains: ['a~c'] }, new URLSearchParams());
    expect(stateOf(query).chains).toEqual(['a~c']);
  });
});
