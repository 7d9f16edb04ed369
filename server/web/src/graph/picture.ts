// What is drawn follows from two plain values: what the reader did (State) and what the server said (Known). Undo, the
// permanent link and the list beside the picture all come from that.
import type { Text } from '../shared/text';

export interface GraphNode {
  id: string;
  kind: string;
  name: Text;
  subtype?: string | undefined;
  sector?: string | undefined;
}

export interface GraphEdge {
  id: string;
  source: string;
  target: string;
  type: string;
  time?: { edtf: string; th?: string | undefined; en?: string | undefined } | undefined;
  certainty?: string | undefined;
  status?: string | undefined;
}

export interface Place {
  x: number;
  y: number;
}

export interface State {
  /** What the picture begins with. */
  roots: string[];
  /** What was expanded, in that order: the layout grows the same way again. */
  open: string[];
  hidden: string[];
  /** Groups that were opened: "place:x|held_at|in". */
  groups: string[];
  /** Pairs whose connections are drawn: "place:x~place:y". */
  chains: string[];
  pins: Record<string, Place>;
  kinds: string[];
  types: string[];
  sectors: string[];
  from: string;
  to: string;
}

export function emptyState(): State {
  return { roots: [], open: [], hidden: [], groups: [], chains: [], pins: {}, kinds: [], types: [], sectors: [], from: '', to: '' };
}

/** A neighbourhood, and where the server draws it, by id: x and y from 0 to 1. */
export interface Near {
  nodes: GraphNode[];
  edges: GraphEdge[];
  layout?: Record<string, number[]> | undefined;
}

/** Answers of the server: the neighbourhood of a node, and chains that were asked for. */
export interface Known {
  near: Map<string, Near>;
  extra: { nodes: GraphNode[]; edges: GraphEdge[] };
  /** By pair, the chains that connect the two. */
  chains?: Map<string, { nodes: GraphNode[]; edges: GraphEdge[] }>;
}

const linkOnScreen = 110;
// The server's picture is square; screens and labels are wide.
const wider = 1.45;
const flatter = 0.75;

/** The server's picture of a neighbourhood, as steps from its middle, in units of the screen. */
function stepsFrom(id: string, near: Near): Map<string, Place> {
  const places = new Map(Object.entries(near.layout ?? {}).map(([own, [x = 0, y = 0]]) => [own, { x, y }]));
  const middle = places.get(id);
  const lengths = near.edges.flatMap(({ source, target }) => {
    const [one, other] = [places.get(source), places.get(target)];
    return one && other && source !== target ? [Math.hypot(one.x - other.x, one.y - other.y)] : [];
  });
  const mean = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
  if (!middle || !(mean > 0)) return new Map();
  const scale = linkOnScreen / mean;
  return new Map([...places].map(([own, { x, y }]) => [own, { x: (x - middle.x) * scale * wider, y: (y - middle.y) * scale * flatter }]));
}

/** What was asked for by name, with the chains that were: it is neither grouped nor dropped. */
function wanted(state: State, known: Known): string[] {
  const chained = state.chains.flatMap((pair) => known.chains?.get(pair)?.nodes ?? []);
  return [...state.roots, ...[...known.extra.nodes, ...chained].map((node) => node.id)];
}

export interface Group {
  id: string;
  of: string;
  type: string;
  direction: 'in' | 'out';
  members: GraphNode[];
}

export interface Picture {
  nodes: GraphNode[];
  edges: GraphEdge[];
  groups: Group[];
  /** Node ids in the order in which they came into the picture, one list for each step. */
  rounds: string[][];
}

/** This many leaves of one relation stay single; more become one group. */
export const groupAbove = 7;

function passes(node: GraphNode, state: State): boolean {
  if (state.roots.includes(node.id)) return true;
  if (state.kinds.length > 0 && !state.kinds.includes(node.kind)) return false;
  return state.sectors.length === 0 || node.kind !== 'partner' || state.sectors.includes(node.sector ?? 'unknown');
}

interface Drawn {
  nodes: Map<string, GraphNode>;
  edges: Map<string, GraphEdge>;
  rounds: string[][];
}

/** All that was asked for and passes the filters, before grouping. */
function asked(state: State, known: Known): Drawn {
  const hidden = new Set(state.hidden);
  const nodes = new Map<string, GraphNode>();
  const edges = new Map<string, GraphEdge>();
  const rounds: string[][] = [];
  const add = (part: { nodes: GraphNode[]; edges: GraphEdge[] }) => {
    const fresh: string[] = [];
    for (const node of part.nodes) {
      if (nodes.has(node.id) || hidden.has(node.id) || !passes(node, state)) continue;
      nodes.set(node.id, node);
      fresh.push(node.id);
    }
    for (const edge of part.edges) edges.set(edge.id, edge);
    if (fresh.length > 0) rounds.push(fresh);
  };
  add(known.extra);
  for (const id of state.roots) {
    const root = known.near.get(id)?.nodes.find((node) => node.id === id);
    if (root) add({ nodes: [root], edges: [] });
  }
  for (const pair of state.chains) add(known.chains?.get(pair) ?? { nodes: [], edges: [] });
  for (const id of state.open) {
    const near = known.near.get(id);
    if (near && (nodes.has(id) || state.roots.includes(id))) add(near);
  }
  const kept = new Map<string, GraphEdge>();
  for (const [id, edge] of edges) {
    const passed = state.types.length === 0 || state.types.includes(edge.type);
    if (passed && nodes.has(edge.source) && nodes.has(edge.target)) kept.set(id, edge);
  }
  return { nodes, edges: kept, rounds };
}

/** Without its links a neighbour has nothing to say: it leaves with the last of them. */
function dropLonely(drawn: Drawn, state: State, known: Known): void {
  const linked = new Set<string>();
  for (const edge of drawn.edges.values()) linked.add(edge.source).add(edge.target);
  const stays = new Set(wanted(state, known));
  for (const id of [...drawn.nodes.keys()]) if (!linked.has(id) && !stays.has(id)) drawn.nodes.delete(id);
}

/** Many leaves that hang on one node by one relation say one thing; they become one group until it is opened. */
function grouped(drawn: Drawn, state: State, keep: Set<string>): Group[] {
  const links = new Map<string, GraphEdge[]>();
  for (const edge of drawn.edges.values()) {
    for (const end of [edge.source, edge.target]) links.set(end, [...(links.get(end) ?? []), edge]);
  }
  const byRelation = new Map<string, Group>();
  for (const node of drawn.nodes.values()) {
    const own = links.get(node.id) ?? [];
    const first = own[0];
    if (!first || keep.has(node.id)) continue;
    const other = first.source === node.id ? first.target : first.source;
    if (other === node.id || own.some((edge) => edge.source !== other && edge.target !== other)) continue;
    const direction = first.source === other ? 'out' : 'in';
    const id = `${other}|${first.type}|${direction}`;
    const group = byRelation.get(id) ?? { id, of: other, type: first.type, direction, members: [] };
    group.members.push(node);
    byRelation.set(id, group);
  }
  return [...byRelation.values()].filter((group) => group.members.length > groupAbove && !state.groups.includes(group.id));
}

export function picture(state: State, known: Known): Picture {
  const drawn = asked(state, known);
  dropLonely(drawn, state, known);
  const keep = new Set([...wanted(state, known), ...state.open, ...Object.keys(state.pins)]);
  const groups = grouped(drawn, state, keep);
  const inside = new Set(groups.flatMap((group) => group.members.map((member) => member.id)));
  const edges = [...drawn.edges.values()].filter((edge) => !inside.has(edge.source) && !inside.has(edge.target));
  for (const group of groups) {
    const [source, target] = group.direction === 'out' ? [group.of, group.id] : [group.id, group.of];
    edges.push({ id: `edge|${group.id}`, source, target, type: group.type });
  }
  const nodes = [...drawn.nodes.values()].filter((node) => !inside.has(node.id));
  const present = new Set(nodes.map((node) => node.id));
  const rounds = drawn.rounds.map((round) => round.filter((id) => present.has(id))).filter((round) => round.length > 0);
  for (const group of groups) {
    const at = Math.max(0, rounds.findIndex((round) => round.includes(group.of)));
    const later = Math.min(at + 1, rounds.length - 1);
    rounds[Math.max(0, later)]?.push(group.id);
  }
  return { nodes, edges, groups, rounds };
}

/** The server's pictures, in the order of expanding; a group stands where its members would, in the middle of them. */
export function stepsOf(state: State, near: Known['near'], groups: Group[]): Map<string, Map<string, Place>> {
  const order = [...new Set([...state.roots, ...state.open])];
  return new Map(
    order.flatMap((id) => {
      const seen = near.get(id);
      if (!seen) return [];
      const steps = stepsFrom(id, seen);
      for (const group of groups.filter((one) => one.of === id)) {
        const members = group.members.flatMap((member) => steps.get(member.id) ?? []);
        const mean = (axis: 'x' | 'y') => members.reduce((sum, one) => sum + one[axis], 0) / members.length;
        if (members.length > 0) steps.set(group.id, { x: mean('x'), y: mean('y') });
      }
      return [[id, steps] as const];
    }),
  );
}

/** The nodes at the other ends of a node's links. */
export function linkedTo(id: string, shown: Picture): string[] {
  const ends = shown.edges.flatMap((edge) => (edge.source === id ? [edge.target] : edge.target === id ? [edge.source] : []));
  return [...new Set(ends)].filter((end) => end !== id);
}

/** Where an arrow key leads: to the linked node that lies most in that direction, less than a right angle away. */
export function travel(id: string, key: string, shown: Picture, places: Map<string, Place>): string | null {
  const directions: Record<string, Place> = {
    ArrowRight: { x: 1, y: 0 },
    ArrowLeft: { x: -1, y: 0 },
    ArrowDown: { x: 0, y: 1 },
    ArrowUp: { x: 0, y: -1 },
  };
  const wanted = directions[key];
  const here = places.get(id);
  if (!wanted || !here) return null;
  let best: string | null = null;
  let most = 0.05;
  for (const other of linkedTo(id, shown)) {
    const there = places.get(other);
    if (!there) continue;
    const [dx, dy] = [there.x - here.x, there.y - here.y];
    const alike = (dx * wanted.x + dy * wanted.y) / (Math.hypot(dx, dy) || 1);
    if (alike > most) [best, most] = [other, alike];
  }
  return best;
}
