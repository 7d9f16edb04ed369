// <khom-curate>: a file is checked as the server would import it, each finding stands beside its row, a Buddhist year is put
// right by one button, and what was imported can be undone. The key stays in this tab's memory.
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { problemOf } from '../api/client';
import { fromBuddhistEra } from '../shared/calendar';
import { pageLanguage, say } from '../words/words';
import { rows, withField, type Field, type Row } from './csv_text';
import { sentence, type Finding } from './findings';
import { duplicatesTemplate, known, renamed, type Duplicate, type Entity } from './duplicates';

interface Report {
  batch: string;
  rev?: number;
  dry_run: boolean;
  created: number;
  updated: number;
  unchanged: number;
  rejected: Finding[];
  likely_duplicates?: Duplicate[];
}

@customElement('khom-curate')
export class CuratePage extends LitElement {
  @state() private text = '';
  @state() private chosenFile = '';
  @state() private file = 'programs.csv';
  @state() private report: Report | null = null;
  @state() private said = '';
  @state() private trouble = '';
  @state() private imported: Report | null = null;
  @state() private there = new Map<string, Entity>();
  /** Pairs that the curator has looked at and found to be two. */
  @state() private apart = new Set<string>();
  private key = '';

  protected override createRenderRoot(): HTMLElement {
    this.replaceChildren();
    return this;
  }

  private async send(dryRun: boolean): Promise<void> {
    this.trouble = '';
    this.said = say('busy');
    const query = new URLSearchParams({ dry_run: String(dryRun), file: this.file });
    const response = await fetch(`/v1/admin/imports?${query}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${this.key}`, Accept: 'application/json', 'Content-Type': this.file.endsWith('.ndjson') ? 'application/x-ndjson' : 'text/csv; charset=utf-8' },
      body: this.text,
    }).catch(() => null);
    this.said = '';
    if (!response || response.status === 404) {
      this.trouble = say('unavailable');
      return;
    }
    const copy = response.clone();
    // A refused import is a problem (422) that carries the whole report.
    const body = (await response.json().catch(() => null)) as (Report & { report?: Report }) | null;
    const report = body?.report ?? (body && 'rejected' in body ? body : null);
    if (report) this.reported(report);
    else this.trouble = response.status === 401 || response.status === 403 ? say('curateNeedsKey') : (await problemOf(copy)).message;
  }

  private reported(report: Report): void {
    this.report = report;
    void known(report.likely_duplicates ?? []).then((there) => (this.there = there));
    if (report.dry_run || report.rejected.length > 0 || report.batch === '') return;
    this.imported = report;
    this.said = say('curateImported', { rev: report.rev ?? '' });
  }

  private async undo(): Promise<void> {
    const batch = this.imported?.batch ?? '';
    const response = await fetch(`/v1/admin/imports/${encodeURIComponent(batch)}`, { method: 'DELETE', headers: { Authorization: `Bearer ${this.key}` } });
    if (!response.ok) {
      this.trouble = (await problemOf(response)).message;
      return;
    }
    this.imported = null;
    this.report = null;
    this.said = say('curateUndone');
  }

  private async merge(from: string, into: string): Promise<void> {
    const headers = { Authorization: `Bearer ${this.key}`, 'Content-Type': 'application/json' };
    const response = await fetch('/v1/admin/merges', { method: 'POST', headers, body: JSON.stringify({ from, into }) });
    if (response.ok) this.said = say('curateMerged', { from, into });
    else this.trouble = (await problemOf(response)).message;
  }

  private async chosen(event: Event): Promise<void> {
    const file = (event.target as HTMLInputElement).files?.[0];
    if (!file) return;
    this.file = this.chosenFile = file.name;
    this.text = await file.text();
    this.report = null;
  }

  /** The cell a finding speaks of: by its column, or the one of its row that holds a Buddhist year. */
  private cell(row: Row | undefined, finding: Finding, head: Row | undefined): { field: Field; to: string } | null {
    const name = finding.pointer?.split('/').at(-1);
    const named = head?.fields.findIndex((field) => field.value === name) ?? -1;
    const fields = named >= 0 ? [row?.fields[named]] : (row?.fields ?? []);
    for (const field of fields) {
      const to = field ? fromBuddhistEra(field.value.trim()) : null;
      if (field && to) return { field, to };
    }
    return null;
  }

  private fix(field: Field, to: string, line: number): void {
    this.text = withField(this.text, field, to);
    this.report = null;
    this.said = say('curateFixed', { line, to });
  }

  private findings(report: Report): TemplateResult {
    if (report.rejected.length === 0) return html`<p>${say('curateClean')}</p>`;
    const all = rows(this.text);
    return html`<div class="scrolls" tabindex="0"><table><thead><tr><th scope="col" class="number">${say('curateLine')}</th><th scope="col">${say('curateRow')}</th><th scope="col">${say('curateWhy')}</th><td></td></tr></thead><tbody>
      ${report.rejected.map((finding) => {
        const row = all.find((one) => one.line === finding.line);
        const repair = this.cell(row, finding, all[0]);
        return html`<tr><td class="number">${finding.line ?? ''}</td><td>${row?.fields.filter(({ value }) => value !== '').map((field, at) => html`${at > 0 ? ' · ' : ''}${field === repair?.field ? html`<mark>${field.value}</mark>` : field.value}`)}</td>
          <td>${sentence(finding, all[0], row, pageLanguage())}<p class="detail" lang="en">${finding.detail}</p></td>
          <td>${repair ? html`<button type="button" class="plain" @click=${() => this.fix(repair.field, repair.to, finding.line ?? 0)}>${say('curateFix', { to: repair.to })}</button>` : nothing}</td></tr>`;
      })}</tbody></table></div>`;
  }

  private duplicates(report: Report): TemplateResult | typeof nothing {
    const pair = (one: Duplicate) => `${one.id} ${one.other}`;
    const imported = this.imported !== null;
    return duplicatesTemplate({
      duplicates: (report.likely_duplicates ?? []).filter((one) => !this.apart.has(pair(one))),
      all: rows(this.text),
      there: this.there,
      imported,
      same: ({ id = '', other = '' }) => {
        if (imported) {
          void this.merge(id, other);
          return;
        }
        this.text = renamed(this.text, id, other);
        this.report = null;
        this.said = say('curateTaken', { id: other });
      },
      different: (one) => (this.apart = new Set([...this.apart, pair(one)])),
    });
  }

  private reportTemplate(report: Report): TemplateResult {
    const figure = (words: string, count: number) => html`<div><dt>${words}</dt><dd>${count}</dd></div>`;
    return html`<h2>${say('curateReport')}</h2>
      <dl class="figures">${figure(say('curateCreated'), report.created)}${figure(say('curateUpdated'), report.updated)}${figure(say('curateUnchanged'), report.unchanged)}${figure(say('curateRejected'), report.rejected.length)}</dl>
      ${this.findings(report)}${this.duplicates(report)}`;
  }

  protected override render(): TemplateResult {
    const checked = this.report?.dry_run === true && this.report.rejected.length === 0;
    return html`<form @submit=${(event: Event) => {
        event.preventDefault();
        void this.send(true);
      }}>
      <p class="row key"><label>${say('curateKey')} <input type="password" autocomplete="off" .value=${this.key} @input=${(event: Event) => (this.key = (event.target as HTMLInputElement).value)}></label> <small>${say('curateKeyNote')}</small></p>
      <p class="row"><label class="file">${say('curateFile')} <input class="unseen" type="file" accept=".csv,.ndjson" @change=${this.chosen}></label> <small>${this.chosenFile || say('curateFileNone')}</small></p>
      <label>${say('curateText')} <textarea name="rows" rows="9" spellcheck="false" .value=${this.text} @input=${(event: Event) => {
        this.text = (event.target as HTMLTextAreaElement).value;
        this.report = null;
      }}></textarea></label>
      <p class="row"><button ?disabled=${this.text === ''}>${say('curateDryRun')}</button>
        <button type="button" ?disabled=${!checked} @click=${() => void this.send(false)}>${say('curateImport')}</button>
        ${this.imported ? html`<button type="button" class="plain" @click=${() => void this.undo()}>${say('curateUndo')}</button>` : nothing}</p></form>
      <p role="status" class="said">${this.said}</p>
      ${this.trouble ? html`<p class="notice" role="alert">${this.trouble}</p>` : nothing}
      ${this.report ? this.reportTemplate(this.report) : nothing}`;
  }
}
