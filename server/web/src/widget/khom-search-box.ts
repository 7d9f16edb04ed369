// <khom-search-box>: the city's search on anybody's page. No library, no style of the page's, no cookie; asks only Khom.
import { Combobox, type Choice } from '../search/combobox';
import { inLanguage, pieces, type Text } from '../shared/text';

interface Hit {
  entity: { id: string; kind: string; name: Text };
  highlight?: Record<string, string>;
  url?: string;
}

interface Suggestion extends Choice {
  hit?: Hit;
}

const words = {
  en: { label: 'Search Chiang Mai’s learning city', go: 'Search', list: 'Suggestions', count: ' suggestions', none: 'No suggestions' },
  th: { label: 'ค้นหาเมืองแห่งการเรียนรู้เชียงใหม่', go: 'ค้นหา', list: 'คำแนะนำ', count: ' คำแนะนำ', none: 'ไม่มีคำแนะนำ' },
};

const kinds: Record<string, { en: string; th: string }> = {
  person: { en: 'Person', th: 'บุคคล' },
  place: { en: 'Place', th: 'สถานที่' },
  object: { en: 'Object', th: 'สิ่งของ' },
  program: { en: 'Programme', th: 'โครงการ / กิจกรรม' },
  partner: { en: 'Partner', th: 'ภาคี' },
  memory: { en: 'Memory', th: 'ความทรงจำ' },
  theme: { en: 'Theme', th: 'ประเด็น' },
  source: { en: 'Source', th: 'แหล่งอ้างอิง' },
};

const style = `
:host{display:block;position:relative;font:inherit;color:var(--khom-ink,#2d2520)}
:host([hidden]){display:none}
form{display:flex;gap:.4em;margin:0}
.field{flex:1;position:relative;min-width:0}
input,button{font:inherit;line-height:1.6;border-radius:var(--khom-radius,.5em);box-sizing:border-box}
input{width:100%;padding:.4em .75em;color:inherit;background:var(--khom-paper,#fffdf8);border:1px solid var(--khom-line,#8a7a69)}
button{padding:.4em 1em;border:0;background:var(--khom-light,#f6b04a);color:var(--khom-on-light,#2d1c05);cursor:pointer}
:focus-visible{outline:3px solid var(--khom-focus,#b45f06);outline-offset:2px}
.choices{position:absolute;z-index:9;inset:calc(100% + .25em) 0 auto;margin:0;padding:.3em;list-style:none;max-height:22em;overflow:auto;background:var(--khom-paper,#fffdf8);border:1px solid var(--khom-line,#8a7a69);border-radius:var(--khom-radius,.5em);box-shadow:0 .5em 1.5em #2d252033}
.choices[hidden]{display:none}
li{display:flex;justify-content:space-between;gap:1em;padding:.35em .6em;border-radius:.35em;cursor:pointer;line-height:1.6}
li:hover,li[aria-selected=true]{background:var(--khom-mark,#fde3ad);color:var(--khom-ink-on-mark,#2d2520)}
input::placeholder{color:var(--khom-soft,#5f5247);opacity:1}
mark{background:none;color:inherit;font-weight:700}
small{color:var(--khom-soft,#5f5247);white-space:nowrap}
li[aria-selected=true] small,li:hover small{color:inherit}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
@media (prefers-color-scheme:dark){:host([theme=auto]){--khom-ink:#f1e7d8;--khom-paper:#241d19;--khom-line:#8f7c6a;--khom-soft:#c9b8a3;--khom-mark:#6b4510;--khom-ink-on-mark:#fff;--khom-focus:#f5b866}}
`;

export class SearchBox extends HTMLElement {
  private box: Combobox<Suggestion> | undefined;

  /** Where Khom answers: the attribute, else where this script came from. */
  get server(): string {
    return (this.getAttribute('server') ?? new URL(import.meta.url).origin).replace(/\/$/, '');
  }

  get language(): 'th' | 'en' {
    const near = this.closest('[lang]')?.getAttribute('lang') ?? document.documentElement.lang;
    return near.toLowerCase().startsWith('th') ? 'th' : 'en';
  }

  /** What is typed. */
  get value(): string {
    return this.box?.input.value ?? '';
  }
  set value(text: string) {
    if (this.box) this.box.input.value = text;
  }

  connectedCallback(): void {
    if (this.shadowRoot) return;
    const root = this.attachShadow({ mode: 'open', delegatesFocus: true });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    root.adoptedStyleSheets = [sheet];
    const say = words[this.language];
    const form = document.createElement('form');
    const field = document.createElement('div');
    const input = document.createElement('input');
    const button = document.createElement('button');
    const label = this.getAttribute('label') ?? say.label;
    form.setAttribute('role', 'search');
    form.setAttribute('aria-label', label);
    field.className = 'field';
    input.type = 'search';
    input.maxLength = 512;
    input.setAttribute('part', 'input');
    input.setAttribute('aria-label', label);
    input.placeholder = this.getAttribute('placeholder') ?? '';
    button.setAttribute('part', 'button');
    button.textContent = say.go;
    field.append(input);
    form.append(field, button);
    root.append(form);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.search(input.value.trim());
    });
    this.box = new Combobox<Suggestion>(input, {
      label: say.list,
      announce: (count) => (count ? `${count}${say.count}` : say.none),
      ask: (text, signal) => this.ask(text, signal),
      pick: (choice) => (choice.hit ? this.picked(choice.hit, choice.text) : this.search(choice.text)),
    });
  }

  private async ask(text: string, signal: AbortSignal): Promise<Suggestion[]> {
    const asked = new URLSearchParams({ q: text.slice(0, 128), lang: this.language, limit: this.getAttribute('limit') ?? '8' });
    for (const kind of (this.getAttribute('kinds') ?? '').split(/\s+/)) if (kind) asked.append('kind', kind);
    const response = await fetch(`${this.server}/v1/suggest?${asked}`, { signal, credentials: 'omit' });
    if (!response.ok) return [];
    const answer = (await response.json()) as { entities: Hit[]; queries: string[] };
    const entities = answer.entities.map((hit): Suggestion => {
      const name = inLanguage(hit.entity.name, this.language);
      const highlight = hit.highlight?.[`name.${name.lang}`];
      const note = kinds[hit.entity.kind]?.[this.language] ?? hit.entity.kind;
      const shown = highlight ? pieces(highlight) : [{ words: name.words, marked: false }];
      return { value: hit.entity.id, text: name.words, lang: name.lang, pieces: shown, note, hit };
    });
    const said = new Set(entities.map((one) => one.text.toLowerCase()));
    const queries = answer.queries.filter((query) => !said.has(query.toLowerCase())).slice(0, 3).map((query) => ({ value: query, text: query, lang: '', pieces: [{ words: query, marked: false }] }));
    const all = [...entities, ...queries];
    this.tell('khom-suggest', { q: text, count: all.length });
    return all;
  }

  /** Tells the page; it may keep us from leaving by preventDefault(). */
  private tell(name: string, detail: object): boolean {
    return this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable: true }));
  }

  private picked(hit: Hit, name: string): void {
    const url = `${this.server}/entities/${hit.entity.id}?lang=${this.language}`;
    if (this.tell('khom-pick', { id: hit.entity.id, kind: hit.entity.kind, name, url })) location.assign(url);
  }

  private search(text: string): void {
    if (!text) return;
    const url = `${this.server}/search?${new URLSearchParams({ q: text, lang: this.language })}`;
    if (this.tell('khom-search', { q: text, url })) location.assign(url);
  }
}

if (!customElements.get('khom-search-box')) customElements.define('khom-search-box', SearchBox);
