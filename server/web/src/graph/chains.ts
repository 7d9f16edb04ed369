// How two things are connected: the chains come into the picture, and beside it stand their sentences, each step with its
// sources, so that what one sees can be read and checked.
import { html, nothing, type TemplateResult } from 'lit';
import { get, type Answer } from '../api/client';
import { entityAddress } from '../search/suggestions';
import { inLanguage } from '../shared/text';
import { pageLanguage, say } from '../words/words';
import type { GraphEdge, GraphNode } from './picture';

export type Connections = Answer<'/v1/connections'>;

/** Two ends as one word of the address. */
export function pairOf(source: string, target: string): string {
  return `${source}~${target}`;
}

export async function connections(pair: string, query: URLSearchParams): Promise<Connections> {
  const [source = '', target = ''] = pair.split('~');
  const rank = query.get('rank') === 'shortest' ? 'shortest' : 'informative';
  return get('/v1/connections', { query: { source, target, max_hops: Number(query.get('max_hops') ?? 4), rank } });
}

/** The chains' own nodes and links, both ends first. */
export function partOf(answer: Connections): { nodes: GraphNode[]; edges: GraphEdge[] } {
  const steps = answer.paths.flatMap((path) => path.steps);
  const ends = [answer.source, answer.target].flatMap((end) => end ?? []);
  const nodes = [...ends, ...steps.flatMap((step) => [step.from, step.to])];
  const edges = steps.map((step) => {
    const [source, target] = step.direction === 'out' ? [step.from.id, step.to.id] : [step.to.id, step.from.id];
    return { id: step.statement, source, target, type: step.type, time: step.time, certainty: step.certainty, status: step.status };
  });
  return { nodes: [...new Map(nodes.map((node) => [node.id, node])).values()], edges };
}

interface Panel {
  answer: Connections | undefined;
  /** Which chain is lit. */
  chain: number;
  show(at: number): void;
}

/** Words beside the picture: the lit chain step by step, the others by their sentence. */
export function panelTemplate({ answer, chain, show }: Panel): TemplateResult | typeof nothing {
  if (!answer) return nothing;
  const words = (text: Parameters<typeof inLanguage>[0]) => {
    const said = inLanguage(text, pageLanguage());
    return html`<span lang=${said.lang}>${said.words}</span>`;
  };
  const name = (node: { id: string; name: GraphNode['name'] } | undefined) => node && html`<a href=${entityAddress(node.id)}>${words(node.name)}</a>`;
  return html`<section class="chains" aria-label=${say('askConnected')}><h2>${name(answer.source)} – ${name(answer.target)}</h2>
    ${answer.paths.length === 0 ? html`<p class="notice">${answer.explanation ? words(answer.explanation) : say('connectNone')}</p>` : nothing}
    <ol>${answer.paths.map(
      (path, at) => html`<li class=${at === chain ? 'current' : ''}><button type="button" class="plain" aria-pressed=${at === chain} @click=${() => show(at)}>${say('chainNumber', { number: at + 1 })}</button>
        <p>${words(path.sentence)}</p>
        ${at === chain
          ? html`<ul>${path.steps.map((step) => html`<li>${words(step.sentence)} <small class="cites">${step.sources.map((source, number) => html`${number > 0 ? ' · ' : ''}<a href=${entityAddress(source.id)}>${source.title}${source.locator ? `, ${source.locator}` : ''}</a>`)}</small></li>`)}</ul>`
          : nothing}</li>`,
    )}</ol></section>`;
}
