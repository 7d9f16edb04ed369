// What stands around the picture: what can be done to the chosen node, filters, files to take away.
import { html, nothing, type TemplateResult } from 'lit';
import { sayType } from '../shared/ontology';
import { save } from '../shared/files';
import { pageLanguage, say, sayOf, type Key } from '../words/words';
import { nameOf } from './drawing';
import { entityLink } from './list';
import { csv, gexf, graphml, taken } from './export';
import { exportedPng, exportedSvg } from './export_picture';
import type { GraphEdge, GraphNode, Known, Picture, Place, State } from './picture';
import type { GraphView } from './graph_view';

type Act = GraphView['act'];

interface Tools {
  chosen: GraphNode | undefined;
  state: State;
  canUndo: boolean;
  act: Act;
  /** The first of two that are to be connected; empty if none is. */
  connecting: string;
  paths: number;
  chain: number;
}

function button(words: string, does: () => void, off = false): TemplateResult {
  return html`<button type="button" class="plain" ?disabled=${off} @click=${does}>${words}</button>`;
}

export function toolTemplate({ chosen, state, canUndo, act, connecting, paths, chain }: Tools): TemplateResult {
  const chains = Array.from({ length: paths }, (_, at) =>
    html`<button type="button" class="plain" aria-pressed=${at === chain} @click=${() => act.chain(at)}>${say('chainNumber', { number: at + 1 })}</button>`,
  );
  return html`<div class="tools">
    ${paths > 1 ? html`<div class="row">${chains}</div>` : nothing}
    <div class="row" role="group" aria-label=${chosen ? say('chosen', { name: nameOf(chosen) }) : ''}>
    ${chosen
      ? html`<strong>${entityLink(chosen)}</strong> <span class=${`kind kind-${chosen.kind}`}>${sayOf('kind', chosen.kind)}</span>
        ${state.open.includes(chosen.id) ? button(say('collapse'), () => act.collapse(chosen.id)) : button(say('expand'), () => act.expand(chosen.id))}
        ${button(chosen.id in state.pins ? say('unpin') : say('pin'), () => act.pin(chosen.id))}
        ${button(say('hide'), () => act.hide(chosen.id), state.roots.includes(chosen.id))}
        <button type="button" class="plain" aria-pressed=${connecting === chosen.id} @click=${() => act.connect(chosen.id)}>${say('connectWith')}</button>`
      : nothing}
    ${button(say('undo'), act.undo, !canUndo)}</div></div>`;
}

interface Choices {
  label: Key;
  values: string[];
  chosen: string[];
  say(value: string): string;
  change(values: string[]): void;
}

function choices({ label, values, chosen, say: words, change }: Choices): TemplateResult | typeof nothing {
  if (values.length < 2) return nothing;
  const toggle = (value: string, on: boolean) => {
    const all = chosen.length === 0 ? values : chosen;
    const next = on ? [...all, value] : all.filter((other) => other !== value);
    change(next.length === values.length ? [] : next);
  };
  return html`<fieldset><legend>${say(label)}</legend>${values.map(
    (value) => html`<label><input type="checkbox" .checked=${chosen.length === 0 || chosen.includes(value)}
      @change=${(event: Event) => toggle(value, (event.target as HTMLInputElement).checked)}> ${words(value)}</label>`,
  )}</fieldset>`;
}

export function filterTemplate(state: State, known: Known, act: Act): TemplateResult {
  const near = [...known.near.values(), known.extra];
  const nodes = near.flatMap((part) => part.nodes);
  const distinct = (values: string[]) => [...new Set(values)].sort();
  const sectors = distinct(nodes.filter((node) => node.kind === 'partner').map((node) => node.sector ?? 'unknown'));
  const years = Array.from({ length: new Date().getFullYear() - 2014 }, (_, at) => 2015 + at);
  const yearChoice = (label: Key, name: 'from' | 'to') => html`<label>${say(label)} <select @change=${(event: Event) => act.filter({ [name]: (event.target as HTMLSelectElement).value })}>
    <option value="" ?selected=${state[name] === ''}>${say('windowAll')}</option>
    ${years.map((year) => html`<option value=${year} ?selected=${state[name] === String(year)}>${pageLanguage() === 'th' ? `พ.ศ. ${year + 543} · ${year}` : `${year} · พ.ศ. ${year + 543}`}</option>`)}</select></label>`;
  return html`<details class="filters"><summary>${say('filters')}</summary><div class="row">
    ${choices({ label: 'filterKinds', values: distinct(nodes.map((node) => node.kind)), chosen: state.kinds, say: (kind) => sayOf('kind', kind), change: (kinds) => act.filter({ kinds }) })}
    ${choices({ label: 'filterTypes', values: distinct(near.flatMap((part) => part.edges.map((edge) => edge.type))), chosen: state.types, say: (type) => sayType(type), change: (types) => act.filter({ types }) })}
    ${choices({ label: 'filterSectors', values: sectors, chosen: state.sectors, say: (sector) => sayOf('sector', sector), change: (wanted) => act.filter({ sectors: wanted }) })}
    </div><div class="row">${yearChoice('windowFrom', 'from')} ${yearChoice('windowTo', 'to')} <small>${say('filterUndated')}</small></div></details>`;
}

interface Downloads {
  shown: Picture;
  links: GraphEdge[];
  places: Map<string, Place>;
  title: string;
  act: Act;
  rev: number;
}

export function downloadTemplate({ shown, links, places, title, act, rev }: Downloads): TemplateResult {
  const name = `khom-${(shown.nodes[0]?.id ?? 'graph').replace(':', '-')}-r${rev}`;
  const data = () => taken(shown, links, places, title);
  const formats: [string, () => void][] = [
    ['SVG', () => void exportedSvg(shown, places, title).then((svg) => save(`${name}.svg`, 'image/svg+xml', svg))],
    ['PNG', () => void exportedSvg(shown, places, title).then(exportedPng).then((png) => save(`${name}.png`, 'image/png', png))],
    ['GraphML', () => save(`${name}.graphml`, 'application/graphml+xml', graphml(data()))],
    ['GEXF', () => save(`${name}.gexf`, 'application/gexf+xml', gexf(data()))],
    ['CSV', () => save(`${name}.csv`, 'text/csv', csv(data()))],
  ];
  return html`<div class="row downloads" role="group" aria-label=${say('download')}><span class="quiet">${say('download')}</span>
    ${formats.map(([format, does]) => button(format, does))}
    ${button(say('permalink'), act.permalink)}${button(say('shortAddress'), act.shorten)}</div>`;
}
