// The picture in SVG. Positions are given; this only draws.
import { svg, nothing, type SVGTemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { kindGlyph } from '../shared/glyphs';
import { lines, seen } from '../shared/label';
import { sayType, wholeWords } from '../shared/ontology';
import { inLanguage } from '../shared/text';
import { pageLanguage, say, sayOf } from '../words/words';
import type { LayoutNode } from './layout';
import type { GraphEdge, GraphNode, Group, Picture, Place } from './picture';

export interface Drawing {
  picture: Picture;
  places: Map<string, Place>;
  chosen: string;
  focusable: string;
  pins: Record<string, Place>;
  /** Statement ids of the chain that is explained. */
  chain: Set<string>;
}

const rowHeight = 15;

export function nodeLabel(node: GraphNode): { rows: string[]; lang: string } {
  const name = inLanguage(node.name, pageLanguage());
  return { rows: lines(name.words, name.lang, { whole: wholeWords() }), lang: name.lang };
}

export function groupLabel(group: Group): string[] {
  // The members are at the far end: what the hub does to them is what is said.
  return lines(say('graphGroup', { count: group.members.length, wording: sayType(group.type, group.direction) }), pageLanguage(), { whole: wholeWords() });
}

/** The room a node and its label take. */
export function room(id: string, rows: string[]): LayoutNode {
  const widest = Math.max(0, ...rows.map(seen));
  return { id, width: Math.max(18, widest * 3.7 + 6), height: 15 + rows.length * (rowHeight / 2) };
}

export function nameOf(node: GraphNode): string {
  return inLanguage(node.name, pageLanguage()).words || node.id;
}

function dash(edge: GraphEdge): string {
  const unsure = edge.certainty === 'inferred' || edge.certainty === 'doubtful';
  const open = edge.status !== undefined && edge.status !== 'done';
  return `${unsure ? ' unsure' : ''}${open ? ' open' : ''}`;
}

/** From rim to rim; several links between the same two bend apart. */
function curve(from: Place, to: Place, bend: number): string {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const distance = Math.hypot(dx, dy) || 1;
  const [ux, uy] = [dx / distance, dy / distance];
  const gap = Math.min(15, distance / 3);
  const start = { x: from.x + ux * gap, y: from.y + uy * gap };
  const end = { x: to.x - ux * gap, y: to.y - uy * gap };
  const middle = { x: (start.x + end.x) / 2 - uy * bend, y: (start.y + end.y) / 2 + ux * bend };
  return `M${start.x} ${start.y}Q${middle.x} ${middle.y} ${end.x} ${end.y}`;
}

/** With more links than this, words on each would hide the picture; the list has them. */
const wordedLinks = 9;

function edgeTemplate(edge: GraphEdge, drawing: Drawing, bend: number): SVGTemplateResult | typeof nothing {
  const [from, to] = [drawing.places.get(edge.source), drawing.places.get(edge.target)];
  if (!from || !to) return nothing;
  const inChain = drawing.chain.has(edge.id);
  const near = edge.source === drawing.chosen || edge.target === drawing.chosen;
  const classes = `edge${dash(edge)}${inChain ? ' chained' : ''}${near ? ' near' : ''}`;
  return svg`<path class=${classes} d=${curve(from, to, bend)} marker-end="url(#arrow)"/>`;
}

/** Where on its link a word has most room from other things: in its middle, if nothing is near. */
export function wordPlace(from: Place, to: Place, others: Place[]): Place {
  const enough = 60;
  const along = [0.5, 0.4, 0.6, 0.3, 0.7].map((part) => ({ x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part }));
  const room = (at: Place) => Math.min(enough, ...others.map((other) => Math.hypot(other.x - at.x, 2 * (other.y - at.y))));
  return along.reduce((best, at) => (room(at) > room(best) ? at : best));
}

/** Words stand above everything else: what lies below them is a line or a name that can be read elsewhere. */
function wordTemplate(edge: GraphEdge, drawing: Drawing): SVGTemplateResult | typeof nothing {
  const [from, to] = [drawing.places.get(edge.source), drawing.places.get(edge.target)];
  if (!from || !to) return nothing;
  const inChain = drawing.chain.has(edge.id);
  const near = edge.source === drawing.chosen || edge.target === drawing.chosen;
  const few = () => drawing.picture.edges.filter((other) => other.source === drawing.chosen || other.target === drawing.chosen).length <= wordedLinks;
  // While a chain is explained, its own words are enough.
  const worded = drawing.chain.size > 0 ? inChain : near && few();
  if (!worded) return nothing;
  const at = wordPlace(from, to, [...drawing.places].filter(([id]) => id !== edge.source && id !== edge.target).map(([, place]) => place));
  return svg`<text class="edge-label" x=${at.x} y=${at.y}>${sayType(edge.type)}</text>`;
}

function labelTemplate(rows: string[], lang: string): SVGTemplateResult {
  return svg`<text lang=${lang} y="10">${rows.map((row) => svg`<tspan x="0" dy=${rowHeight}>${row}</tspan>`)}</text>`;
}

function nodeTemplate(node: GraphNode, drawing: Drawing): SVGTemplateResult | typeof nothing {
  const place = drawing.places.get(node.id);
  if (!place) return nothing;
  const { rows, lang } = nodeLabel(node);
  const chosen = node.id === drawing.chosen;
  const links = drawing.picture.edges.filter((edge) => edge.source === node.id || edge.target === node.id).length;
  // What is spoken holds what is seen (WCAG 2.5.3), cut short or not.
  const seenName = rows.join('');
  const name = seenName.endsWith('…') ? `${seenName} ${nameOf(node)}` : nameOf(node);
  const spoken = `${sayOf('kind', node.kind)}: ${say('neighboursOf', { name, count: links })}`;
  return svg`<g class=${`node${chosen ? ' chosen' : ''}${node.id in drawing.pins ? ' pinned' : ''}`} data-id=${node.id} role="button"
      tabindex=${node.id === drawing.focusable ? 0 : -1} aria-pressed=${chosen} aria-label=${spoken} transform=${`translate(${place.x} ${place.y})`}>
    <circle class="halo" r="19"/>${kindGlyph(node.kind)}${labelTemplate(rows, lang)}</g>`;
}

function groupTemplate(group: Group, drawing: Drawing): SVGTemplateResult | typeof nothing {
  const place = drawing.places.get(group.id);
  if (!place) return nothing;
  const rows = groupLabel(group);
  return svg`<g class="node group" data-id=${group.id} role="button" tabindex=${group.id === drawing.focusable ? 0 : -1}
      aria-label=${`${group.members.length} ${rows.join('')}`} transform=${`translate(${place.x} ${place.y})`}>
    <circle class="halo" r="19"/><circle class="heap" r="13"/><text class="count" y="4">${`${group.members.length} `}</text>${labelTemplate(rows, pageLanguage())}</g>`;
}

export function drawingTemplate(drawing: Drawing): SVGTemplateResult {
  const pairs = new Map<string, number>();
  const bend = (edge: GraphEdge) => {
    const pair = [edge.source, edge.target].sort().join(' ');
    const before = pairs.get(pair) ?? 0;
    pairs.set(pair, before + 1);
    return before === 0 ? 0 : (before % 2 === 1 ? 1 : -1) * Math.ceil(before / 2) * 28;
  };
  return svg`
    <defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerUnits="userSpaceOnUse" markerWidth="9" markerHeight="9" orient="auto-start-reverse"><path d="M0 1 7 4 0 7Z"/></marker></defs>
    ${repeat(drawing.picture.edges, (edge) => edge.id, (edge) => edgeTemplate(edge, drawing, bend(edge)))}
    ${repeat(drawing.picture.groups, (group) => group.id, (group) => groupTemplate(group, drawing))}
    ${repeat(drawing.picture.nodes, (node) => node.id, (node) => nodeTemplate(node, drawing))}
    ${repeat(drawing.picture.edges, (edge) => edge.id, (edge) => wordTemplate(edge, drawing))}`;
}
