// A force layout whose only randomness is the name of each node: the same picture gives the same places on every visit and
// every machine. Nodes come in rounds (the order of expanding); those of earlier rounds hardly move when later ones come.
import type { Place } from './picture';

export interface LayoutNode {
  id: string;
  /** Half of the room it needs, label included. */
  width: number;
  height: number;
}

export interface LayoutQuestion {
  rounds: LayoutNode[][];
  links: { source: string; target: string }[];
  pins: Record<string, Place>;
  /** By what was expanded, the server's picture of its neighbourhood: steps from it. */
  steps?: Map<string, Map<string, Place>>;
}

/** FNV-1a: a number from 0 to 1 that depends on the text alone. */
export function seeded(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    hash ^= text.charCodeAt(at);
    hash = Math.imul(hash, 0x01000193);
  }
  return (hash >>> 0) / 0x100000000;
}

/** The bodies as columns: the inner loops run over numbers alone. */
class Bodies {
  readonly ids: string[] = [];
  readonly index = new Map<string, number>();
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly width: Float64Array;
  readonly height: Float64Array;
  /** 1 for what has just come, little for what was there, 0 for what is pinned. */
  readonly freedom: Float64Array;
  readonly fx: Float64Array;
  readonly fy: Float64Array;

  constructor(capacity: number) {
    [this.x, this.y, this.width, this.height, this.freedom, this.fx, this.fy] = Array.from({ length: 7 }, () => new Float64Array(capacity)) as [
      Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array,
    ];
  }

  get count(): number {
    return this.ids.length;
  }

  add(node: LayoutNode, place: Place, pinned: boolean): void {
    const at = this.count;
    this.ids.push(node.id);
    this.index.set(node.id, at);
    this.x[at] = place.x;
    this.y[at] = place.y;
    this.width[at] = node.width;
    this.height[at] = node.height;
    this.freedom[at] = pinned ? 0 : 1;
  }
}

type Pairs = { one: Int32Array; other: Int32Array; degree: Int32Array };

const linkLength = 62;
// Labels are wide and low, so things need more room beside each other than above each other.
const flatness = 0.55;

function repel({ x, y, fx, fy, count }: Bodies, strength: number): void {
  for (let a = 0; a < count; a++) {
    for (let b = a + 1; b < count; b++) {
      const dx = (x[a]! - x[b]!) * flatness;
      const dy = y[a]! - y[b]!;
      const square = dx * dx + dy * dy;
      if (square > 640000) continue;
      const force = strength / (square < 25 ? 25 : square);
      fx[a]! += dx * force;
      fy[a]! += dy * force;
      fx[b]! -= dx * force;
      fy[b]! -= dy * force;
    }
  }
}

function attract({ x, y, fx, fy }: Bodies, { one, other, degree }: Pairs): void {
  for (let at = 0; at < one.length; at++) {
    const [a, b] = [one[at]!, other[at]!];
    const dx = x[b]! - x[a]!;
    const dy = y[b]! - y[a]!;
    const distance = Math.hypot(dx, dy) || 1;
    // A node with many links would pull them all into one heap.
    const [most, least] = degree[a]! > degree[b]! ? [degree[a]!, degree[b]!] : [degree[b]!, degree[a]!];
    const length = linkLength * (1 + 0.02 * Math.min(12, most));
    const force = (0.09 * (distance - length)) / distance / Math.max(1, least * 0.5);
    fx[a]! += dx * force;
    fy[a]! += dy * force;
    fx[b]! -= dx * force;
    fy[b]! -= dy * force;
  }
}

function move({ x, y, fx, fy, freedom, count }: Bodies, heat: number): void {
  for (let at = 0; at < count; at++) {
    const dx = fx[at]! - x[at]! * 0.01;
    const dy = fy[at]! - y[at]! * 0.035;
    const length = Math.hypot(dx, dy) || 1;
    const step = (Math.min(length, heat) * freedom[at]!) / length;
    x[at]! += dx * step;
    y[at]! += dy * step;
    fx[at] = fy[at] = 0;
  }
}

/** Pushes apart what still lies on each other, along the shorter way; what was there gives way less. */
function separate({ x, y, width, height, freedom, count }: Bodies): void {
  for (let round = 0; round < 40; round++) {
    let touched = false;
    for (let a = 0; a < count; a++) {
      for (let b = a + 1; b < count; b++) {
        const overX = width[a]! + width[b]! - Math.abs(x[a]! - x[b]!);
        if (overX <= 0) continue;
        const overY = height[a]! + height[b]! - Math.abs(y[a]! - y[b]!);
        if (overY <= 0) continue;
        const both = freedom[a]! + freedom[b]!;
        if (both === 0) continue;
        touched = true;
        const share = freedom[a]! / both;
        const [axis, over] = overY <= overX ? [y, overY] : [x, overX];
        const way = axis[a]! <= axis[b]! ? -1 : 1;
        axis[a]! += way * over * share;
        axis[b]! -= way * over * (1 - share);
      }
    }
    if (!touched) return;
  }
}

function pairsOf(links: LayoutQuestion['links'], bodies: Bodies): Pairs {
  const ends = links
    .map(({ source, target }) => [bodies.index.get(source), bodies.index.get(target)] as const)
    .filter(([a, b]) => a !== undefined && b !== undefined && a !== b) as [number, number][];
  const degree = new Int32Array(bodies.count);
  for (const end of ends.flat()) degree[end]!++;
  return { one: Int32Array.from(ends, ([a]) => a), other: Int32Array.from(ends, ([, b]) => b), degree };
}

/** Where the server's picture has it, seen from what it was expanded from. */
function told(node: LayoutNode, bodies: Bodies, question: LayoutQuestion): Place | null {
  for (const [of, steps] of question.steps ?? []) {
    const [at, step] = [bodies.index.get(of), steps.get(node.id)];
    if (at !== undefined && step) return { x: bodies.x[at]! + step.x, y: bodies.y[at]! + step.y };
  }
  return null;
}

/** Beside a neighbour that has a place, on a side that its name decides; else somewhere near the middle. */
function start(node: LayoutNode, bodies: Bodies, near: Map<string, string[]>): Place {
  const anchor = (near.get(node.id) ?? []).map((id) => bodies.index.get(id)).find((at) => at !== undefined);
  const angle = seeded(node.id) * 2 * Math.PI;
  if (anchor === undefined) {
    const far = 30 + 150 * seeded(`${node.id} far`);
    return { x: Math.cos(angle) * far, y: Math.sin(angle) * far * 0.8 };
  }
  const [x, y] = [bodies.x[anchor]!, bodies.y[anchor]!];
  // Things that hang on an outer node start on its outer side.
  const turned = Math.hypot(x, y) > 20 ? Math.atan2(y, x) + (angle - Math.PI) * 0.5 : angle;
  return { x: x + Math.cos(turned) * linkLength, y: y + Math.sin(turned) * linkLength * 0.8 };
}

export function layout(question: LayoutQuestion): Map<string, Place> {
  const near = new Map<string, string[]>();
  for (const { source, target } of question.links) {
    near.set(source, [...(near.get(source) ?? []), target]);
    near.set(target, [...(near.get(target) ?? []), source]);
  }
  const bodies = new Bodies(question.rounds.reduce((sum, round) => sum + round.length, 0));
  for (const [at, round] of question.rounds.entries()) {
    for (let old = 0; old < bodies.count; old++) bodies.freedom[old]! *= 0.05;
    let untold = 0;
    for (const node of round) {
      const pin = question.pins[node.id];
      const middle = bodies.count === 0 && round.length === 1;
      const place = pin ?? (middle ? { x: 0, y: 0 } : told(node, bodies, question));
      if (!place) untold++;
      bodies.add(node, place ?? start(node, bodies, near), pin !== undefined);
    }
    if (bodies.count < 2) continue;
    const pairs = pairsOf(question.links, bodies);
    // What the server has placed only makes room for labels; the rest finds its place here.
    const turns = untold === 0 ? 40 : bodies.count > 300 ? 90 : at === 0 ? 260 : 160;
    const heat = untold === 0 ? 6 : 28;
    for (let turn = 0; turn < turns; turn++) {
      repel(bodies, 420);
      attract(bodies, pairs);
      move(bodies, heat * (1 - turn / turns) + 0.5);
    }
    separate(bodies);
  }
  const rounded = (value: number) => Math.round(value * 10) / 10;
  return new Map(bodies.ids.map((id, at) => [id, { x: rounded(bodies.x[at]!), y: rounded(bodies.y[at]!) }]));
}
