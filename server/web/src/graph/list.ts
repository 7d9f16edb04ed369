// The same as the picture, in words: for screen readers, for paper, and for those who rather read.
import { html, nothing, type TemplateResult } from 'lit';
import { sayType } from '../shared/ontology';
import { entityAddress } from '../search/suggestions';
import { inLanguage } from '../shared/text';
import { pageLanguage, say, sayOf } from '../words/words';
import { groupLabel, nameOf } from './drawing';
import type { GraphEdge, GraphNode, Picture } from './picture';

export function flags(edge: { certainty?: string | undefined; status?: string | undefined }): TemplateResult | typeof nothing {
  const unsure = edge.certainty === 'inferred' || edge.certainty === 'doubtful' ? sayOf('certainty', edge.certainty) : '';
  const open = edge.status && edge.status !== 'done' ? sayOf('status', edge.status) : '';
  return unsure || open ? html` ${[unsure, open].filter(Boolean).map((flag) => html`<span class="flag">${flag}</span> `)}` : nothing;
}

export function entityLink(node: { id: string; name: GraphNode['name'] }): TemplateResult {
  const name = inLanguage(node.name, pageLanguage());
  return html`<a href=${entityAddress(node.id)} lang=${name.lang}>${name.words || node.id}</a>`;
}

function link(edge: GraphEdge, from: string, byId: Map<string, GraphNode>): TemplateResult | typeof nothing {
  const out = edge.source === from;
  const other = byId.get(out ? edge.target : edge.source);
  if (!other) return nothing;
  const time = edge.time ? inLanguage(edge.time, pageLanguage()).words || edge.time.edtf : '';
  return html`<li>${sayType(edge.type, out ? 'out' : 'in')} ${entityLink(other)}${time ? html` <time>${time}</time>` : nothing}${flags(edge)}</li>`;
}

export function listTemplate(shown: Picture, choose: (id: string) => void): TemplateResult {
  const byId = new Map(shown.nodes.map((node) => [node.id, node]));
  const all = new Map(byId);
  for (const group of shown.groups) for (const member of group.members) all.set(member.id, member);
  return html`<details class="twin"><summary>${say('graphList')} (${all.size})</summary><ul>
    ${shown.nodes.map(
      (node) => html`<li><span class=${`kind kind-${node.kind}`}>${sayOf('kind', node.kind)}</span> ${entityLink(node)}
        <button type="button" class="plain" @click=${() => choose(node.id)} aria-label=${say('chosen', { name: nameOf(node) })}>◎</button>
        <ul>${shown.edges.filter((edge) => edge.source === node.id || edge.target === node.id).map((edge) => link(edge, node.id, byId))}
        ${shown.groups.filter((group) => group.of === node.id).map((group) => html`<li>${groupLabel(group).join('')}<ul>${group.members.map((member) => html`<li>${entityLink(member)}</li>`)}</ul></li>`)}</ul></li>`,
    )}</ul></details>`;
}
