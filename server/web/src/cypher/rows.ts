// What Khom's answers to Cypher hold, as the explorer draws it.
import type { GraphEdge, GraphNode } from '../graph/picture';

export interface CypherNode {
  elementId: string;
  labels: string[];
  properties: Record<string, unknown>;
}

export interface CypherLink {
  elementId: string;
  startNodeElementId: string;
  endNodeElementId: string;
  type: string;
  properties: Record<string, unknown>;
}

export function isNode(value: unknown): value is CypherNode {
  return typeof value === 'object' && value !== null && 'labels' in value && 'elementId' in value;
}

export function isLink(value: unknown): value is CypherLink {
  return typeof value === 'object' && value !== null && 'startNodeElementId' in value && 'type' in value;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

export function idOf(node: CypherNode): string {
  return text(node.properties['id']) ?? node.elementId;
}

/** Nodes and links anywhere in the rows, lists and paths included; links whose ends are not there are left out. */
export function graphOf(rows: unknown[][]): { nodes: GraphNode[]; edges: GraphEdge[] } {
  const nodes = new Map<string, GraphNode>();
  const links: CypherLink[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (isNode(value)) {
      const name = { th: text(value.properties['name_th']), en: text(value.properties['name_en']) };
      const kind = (value.labels[0] ?? '').toLowerCase();
      nodes.set(value.elementId, { id: idOf(value), kind, name, sector: text(value.properties['sector']) });
    } else if (isLink(value)) links.push(value);
  };
  rows.forEach(visit);
  const edges = links.flatMap((link): GraphEdge[] => {
    const [from, to] = [nodes.get(link.startNodeElementId), nodes.get(link.endNodeElementId)];
    if (!from || !to) return [];
    const id = text(link.properties['id']) ?? link.elementId;
    return [{ id, source: from.id, target: to.id, type: link.type.toLowerCase(), certainty: text(link.properties['certainty']) }];
  });
  return { nodes: [...nodes.values()], edges: [...new Map(edges.map((edge) => [edge.id, edge])).values()] };
}

/** PROFILE's steps are indented by their depth. */
export function depthOf(step: string): number {
  return (step.length - step.trimStart().length) / 2;
}
