// The picture as files for other tools. Groups are written as their members: what is taken away is data, not drawing.
import type { Text } from '../shared/text';
import type { GraphEdge, GraphNode, Picture, Place } from './picture';

export interface Taken {
  nodes: GraphNode[];
  edges: GraphEdge[];
  places: Map<string, Place>;
  title: string;
}

/** What is in the picture, groups opened; `links` has the edges of their members. */
export function taken(shown: Picture, links: GraphEdge[], places: Map<string, Place>, title: string): Taken {
  const nodes = [...shown.nodes, ...shown.groups.flatMap((group) => group.members)];
  const ids = new Set(nodes.map((node) => node.id));
  const own = shown.edges.filter((edge) => !edge.id.startsWith('edge|'));
  const edges = new Map([...own, ...links].filter((edge) => ids.has(edge.source) && ids.has(edge.target)).map((edge) => [edge.id, edge]));
  return { nodes, edges: [...edges.values()], places, title };
}

const forbidden = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;

export function xml(text: string): string {
  const named: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replace(forbidden, '').replace(/[&<>"]/g, (character) => named[character] ?? character);
}

type Row = [name: string, value: string | undefined];

function nodeRow(node: GraphNode): Row[] {
  return [['kind', node.kind], ['subtype', node.subtype], ['sector', node.sector], ['name_th', node.name.th], ['name_en', node.name.en]];
}

function edgeRow(edge: GraphEdge): Row[] {
  return [['type', edge.type], ['time', edge.time?.edtf], ['certainty', edge.certainty], ['status', edge.status]];
}

const label = (name: Text) => name.en ?? name.th ?? '';

export function graphml(data: Taken): string {
  const key = (name: string, on: string, type = 'string') => `  <key id="${on[0]}_${name}" for="${on}" attr.name="${name}" attr.type="${type}"/>`;
  const nodeKeys = ['label', ...nodeRow({ id: '', kind: '', name: {} }).map(([name]) => name)];
  const edgeKeys = edgeRow({ id: '', source: '', target: '', type: '' }).map(([name]) => name);
  const values = (prefix: string, rows: Row[]) =>
    rows.filter(([, value]) => value).map(([name, value]) => `      <data key="${prefix}_${name}">${xml(value ?? '')}</data>`);
  const place = (id: string) => {
    const found = data.places.get(id);
    return found ? [`      <data key="n_x">${found.x}</data>`, `      <data key="n_y">${found.y}</data>`] : [];
  };
  const nodes = data.nodes.flatMap((node) => [
    `    <node id="${xml(node.id)}">`, ...values('n', [['label', label(node.name)], ...nodeRow(node)]), ...place(node.id), '    </node>',
  ]);
  const edges = data.edges.flatMap((edge) => [
    `    <edge id="${xml(edge.id)}" source="${xml(edge.source)}" target="${xml(edge.target)}">`, ...values('e', edgeRow(edge)), '    </edge>',
  ]);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ...nodeKeys.map((name) => key(name, 'node')), key('x', 'node', 'double'), key('y', 'node', 'double'),
    ...edgeKeys.map((name) => key(name, 'edge')),
    `  <graph id="${xml(data.title)}" edgedefault="directed">`, ...nodes, ...edges, '  </graph>', '</graphml>', '',
  ].join('\n');
}

export function gexf(data: Taken): string {
  const attributes = (on: string, names: string[]) => [
    `    <attributes class="${on}">`, ...names.map((name) => `      <attribute id="${name}" title="${name}" type="string"/>`), '    </attributes>',
  ];
  const values = (rows: Row[]) =>
    `<attvalues>${rows.filter(([, value]) => value).map(([name, value]) => `<attvalue for="${name}" value="${xml(value ?? '')}"/>`).join('')}</attvalues>`;
  // GEXF's y grows upward, the screen's downward.
  const place = (id: string) => {
    const found = data.places.get(id);
    return found ? `<viz:position x="${found.x}" y="${-found.y}"/>` : '';
  };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">',
    `  <meta><creator>Khom</creator><description>${xml(data.title)}</description></meta>`,
    '  <graph defaultedgetype="directed">',
    ...attributes('node', nodeRow({ id: '', kind: '', name: {} }).map(([name]) => name)),
    ...attributes('edge', edgeRow({ id: '', source: '', target: '', type: '' }).map(([name]) => name)),
    '    <nodes>',
    ...data.nodes.map((node) => `      <node id="${xml(node.id)}" label="${xml(label(node.name))}">${values(nodeRow(node))}${place(node.id)}</node>`),
    '    </nodes>', '    <edges>',
    ...data.edges.map((edge) => `      <edge id="${xml(edge.id)}" source="${xml(edge.source)}" target="${xml(edge.target)}" label="${xml(edge.type)}">${values(edgeRow(edge))}</edge>`),
    '    </edges>', '  </graph>', '</gexf>', '',
  ].join('\n');
}

/** A cell that no spreadsheet takes for a formula. */
export function cell(value: string | undefined): string {
  const text = value ?? '';
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** One row a link, both ends named: what one opens in a spreadsheet. The mark in front tells Excel that it is UTF-8. */
export function csv(data: Taken): string {
  const byId = new Map(data.nodes.map((node) => [node.id, node]));
  const head = ['from', 'from_kind', 'from_name_en', 'from_name_th', 'type', 'to', 'to_kind', 'to_name_en', 'to_name_th', 'time', 'certainty', 'status', 'statement'];
  const rows = data.edges.map((edge) => {
    const [from, to] = [byId.get(edge.source), byId.get(edge.target)];
    return [edge.source, from?.kind, from?.name.en, from?.name.th, edge.type, edge.target, to?.kind, to?.name.en, to?.name.th, edge.time?.edtf, edge.certainty, edge.status, edge.id];
  });
  return `\uFEFF${[head, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}
