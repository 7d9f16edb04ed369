// <khom-cypher> holds a form that works as it is. Here the statement is coloured and completed, and the answer is a table, a
// graph or a plan without leaving the page.
import { html, nothing, render, type TemplateResult } from 'lit';
import { post, Problem } from '../api/client';
import { entityAddress } from '../search/suggestions';
import type { GraphView } from '../graph/graph_view';
import { pageLanguage, problemWords, say } from '../words/words';
import { completions, lexemes, lineAndColumn, type Vocabulary } from './lexemes';
import { depthOf, graphOf, idOf, isLink, isNode } from './rows';

interface Answer {
  data: { fields: string[]; values: unknown[][] };
  truncated?: boolean;
  stats?: { rows?: number; elapsed_ms?: number };
}

type Look = 'table' | 'graph' | 'plan';

const names: Record<keyof Vocabulary, string> = { labels: 'CALL db.labels()', types: 'CALL db.relationshipTypes()', properties: 'CALL db.propertyKeys()' };

function cell(value: unknown): unknown {
  if (isNode(value)) {
    const name = value.properties[pageLanguage() === 'th' ? 'name_th' : 'name_en'] ?? value.properties['name_en'] ?? value.properties['name_th'];
    const words = typeof name === 'string' ? name : idOf(value);
    return value.properties['id'] ? html`<a href=${entityAddress(idOf(value))}>${words}</a> <small>${value.labels.join(' ')}</small>` : `(${words})`;
  }
  if (isLink(value)) return html`<code>[:${value.type}]</code>`;
  if (Array.isArray(value)) return value.map((item, at) => html`${at > 0 ? ', ' : ''}${cell(item)}`);
  if (value === null || value === undefined) return html`<span class="quiet">null</span>`;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

export class CypherPage extends HTMLElement {
  private form!: HTMLFormElement;
  private area!: HTMLTextAreaElement;
  private readonly paint = document.createElement('pre');
  private readonly offers = document.createElement('div');
  private readonly result = document.createElement('div');
  private readonly vocabulary: Vocabulary = { labels: [], types: [], properties: [] };
  private answer: Answer | null = null;
  private look: Look = 'table';
  private asking: AbortController | undefined;

  connectedCallback(): void {
    const form = this.querySelector('form');
    const area = this.querySelector('textarea');
    if (!form || !area || this.form) return;
    [this.form, this.area] = [form, area];
    this.prepare();
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const profile = (event.submitter as HTMLButtonElement | null)?.name === 'profile';
      void this.run(profile);
    });
    document.querySelectorAll<HTMLAnchorElement>('.cypher-examples a').forEach((link) =>
      link.addEventListener('click', (event) => {
        event.preventDefault();
        this.area.value = new URL(link.href).searchParams.get('statement') ?? '';
        this.typed();
        void this.run(false);
        this.area.focus();
      }),
    );
    void this.learn();
    if (area.value.trim() !== '') void this.run(new URLSearchParams(location.search).get('profile') === 'true');
  }

  private prepare(): void {
    const editor = document.createElement('div');
    editor.className = 'editor';
    this.area.before(editor);
    this.paint.setAttribute('aria-hidden', 'true');
    this.offers.className = 'offers row';
    this.offers.setAttribute('role', 'group');
    this.offers.setAttribute('aria-label', say('cypherCompletions'));
    editor.append(this.paint, this.area);
    editor.closest('label')?.after(this.offers);
    this.querySelectorAll('pre.rows, .notice').forEach((answer) => answer.remove()); // the server's; ours takes its place
    this.append(this.result);
    this.area.addEventListener('input', () => this.typed());
    this.area.addEventListener('scroll', () => this.paint.scrollTo(this.area.scrollLeft, this.area.scrollTop));
    this.area.addEventListener('keydown', (event) => this.key(event));
    this.offers.addEventListener('keydown', (event) => this.offerKey(event));
    this.typed();
  }

  private key(event: KeyboardEvent): void {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void this.run(false);
    } else if (event.key === ' ' && event.ctrlKey) {
      event.preventDefault();
      this.offers.querySelector('button')?.focus();
    }
  }

  private offerKey(event: KeyboardEvent): void {
    const buttons = [...this.offers.querySelectorAll('button')];
    const at = buttons.indexOf(event.target as HTMLButtonElement);
    if (event.key === 'ArrowRight') buttons[(at + 1) % buttons.length]?.focus();
    else if (event.key === 'ArrowLeft') buttons[(at + buttons.length - 1) % buttons.length]?.focus();
    else if (event.key === 'Escape') this.area.focus();
  }

  private typed(): void {
    render(lexemes(`${this.area.value}\n`).map((one) => (one.kind === 'plain' ? one.text : html`<span class=${`lexeme ${one.kind}`}>${one.text}</span>`)), this.paint);
    const { begun, words } = completions(this.area.value.slice(0, this.area.selectionStart), this.vocabulary);
    const offers = document.activeElement === this.area || this.offers.contains(document.activeElement) ? words : [];
    render(offers.map((word) => html`<button type="button" class="plain" @click=${() => this.complete(begun, word)}>${word}</button>`), this.offers);
  }

  private complete(begun: string, word: string): void {
    const at = this.area.selectionStart;
    this.area.setRangeText(word, at - begun.length, at, 'end');
    this.area.focus();
    this.typed();
  }

  private async learn(): Promise<void> {
    await Promise.all(
      (Object.keys(names) as (keyof Vocabulary)[]).map(async (name) => {
        const answer = await post<Answer>('/v1/query', { statement: names[name] }).catch(() => null);
        this.vocabulary[name] = (answer?.data.values ?? []).map((row) => String(row[0])).sort();
      }),
    );
  }

  private async run(profile: boolean): Promise<void> {
    this.asking?.abort();
    const asking = (this.asking = new AbortController());
    const statement = this.area.value;
    if (statement.trim() === '') return;
    const address = new URL(location.href);
    address.searchParams.set('statement', statement);
    address.searchParams.delete('profile');
    if (profile) address.searchParams.set('profile', 'true');
    history.replaceState(null, '', address);
    render(html`<p role="status">${say('busy')}</p>`, this.result);
    try {
      this.answer = await post<Answer>('/v1/query', { statement: profile ? `PROFILE ${statement}` : statement, max_rows: 1000 }, asking.signal);
      this.look = profile || /^\s*(PROFILE|EXPLAIN)\b/i.test(statement) ? 'plan' : this.look === 'plan' ? 'table' : this.look;
      this.draw();
    } catch (error) {
      if (!asking.signal.aborted) this.refused(error, statement, profile);
    }
  }

  private refused(error: unknown, statement: string, profile: boolean): void {
    const message = error instanceof Error ? error.message : String(error);
    const span = error instanceof Problem ? error.details.find((detail) => detail.span)?.span : undefined;
    const byte = span ? Math.max(0, span.begin - (profile ? 8 : 0)) : 0;
    const where = span ? say('cypherAt', lineAndColumn(statement, byte)) : '';
    const headline = error instanceof Problem ? problemWords(pageLanguage(), error.kind, error.details[0]?.code?.split('.').at(-1)) : say('loadFailed', { reason: '' });
    render(html`<div class="notice" role="alert"><p>${headline}</p><p class="quiet"><span lang="en">${message}</span> ${where}</p></div>`, this.result);
    if (!span) return;
    const at = new TextDecoder().decode(new TextEncoder().encode(statement).slice(0, byte)).length;
    this.area.focus();
    this.area.setSelectionRange(at, at);
  }

  private draw(): void {
    const answer = this.answer;
    if (!answer) return;
    const graph = graphOf(answer.data.values);
    if (this.look === 'graph' && graph.nodes.length === 0) this.look = 'table';
    const tab = (look: Look, words: string) =>
      html`<button type="button" class="plain" aria-pressed=${this.look === look} @click=${() => {
        this.look = look;
        this.draw();
      }}>${words}</button>`;
    const rows = say('cypherRows', { rows: answer.stats?.rows ?? answer.data.values.length, ms: Math.round((answer.stats?.elapsed_ms ?? 0) * 10) / 10 });
    const body = this.look === 'plan' ? this.plan(answer) : this.look === 'graph' ? html`<khom-graph compact .given=${graph}></khom-graph>` : this.table(answer);
    if (this.look === 'graph') void import('../graph/graph_view');
    render(
      html`<div class="row" role="status"><span>${rows}</span>
        ${this.look === 'plan' ? nothing : html`${tab('table', say('cypherTable'))}${graph.nodes.length > 0 ? tab('graph', say('cypherGraph')) : html`<small>${say('cypherNoGraph')}</small>`}`}</div>
        ${answer.truncated ? html`<p class="notice">${say('cypherTruncated', { rows: answer.data.values.length })}</p>` : nothing}${body}`,
      this.result,
    );
  }

  private table(answer: Answer): TemplateResult {
    return html`<div class="scrolls" tabindex="0"><table><thead><tr>${answer.data.fields.map((field) => html`<th scope="col">${field}</th>`)}</tr></thead>
      <tbody>${answer.data.values.map((row) => html`<tr>${row.map((value) => html`<td class=${typeof value === 'number' ? 'number' : ''}>${cell(value)}</td>`)}</tr>`)}</tbody></table></div>`;
  }

  /** The operators as a tree, what each did beside it. */
  private plan(answer: Answer): TemplateResult {
    const [, ...measures] = answer.data.fields;
    return html`<div class="scrolls" tabindex="0"><table class="plan"><thead><tr><th scope="col">${say('cypherOperator')}</th>${measures.map((name) => html`<th scope="col" class="number">${name}</th>`)}</tr></thead>
      <tbody>${answer.data.values.map(([step, ...values]) => {
        const text = String(step);
        return html`<tr><th scope="row"><code>${'│ '.repeat(Math.max(0, depthOf(text) - 1))}${depthOf(text) > 0 ? '└ ' : ''}${text.trim()}</code></th>${values.map((value) => html`<td class="number">${cell(value)}</td>`)}</tr>`;
      })}</tbody></table></div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'khom-graph': GraphView;
  }
}

customElements.define('khom-cypher', CypherPage);
