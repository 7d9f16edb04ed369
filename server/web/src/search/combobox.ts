// An input with a list of choices, as the ARIA Authoring Practices describe the editable combobox with list autocomplete:
// focus stays in the input, the chosen option is named by aria-activedescendant. Used by the explorer and by the widget.
import type { Piece } from '../shared/text';

export interface Choice {
  value: string;
  pieces: Piece[];
  lang: string;
  /** A word beside it, such as its kind. */
  note?: string;
  /** What stands in the input once it was picked. */
  text: string;
}

export interface ComboboxOptions<C extends Choice> {
  label: string;
  ask(text: string, signal: AbortSignal): Promise<C[]>;
  /** Called with the choice; returns whether the input should show its text. */
  pick(choice: C): void;
  announce(count: number): string;
  /** Milliseconds of quiet before it asks. */
  quiet?: number;
}

let numbered = 0;

export class Combobox<C extends Choice> {
  private readonly list: HTMLUListElement;
  private readonly status: HTMLElement;
  private choices: C[] = [];
  private active = -1;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private asking: AbortController | undefined;
  private composing = false;
  private readonly answered = new Map<string, C[]>();
  private readonly id = `khom-list-${++numbered}`;

  constructor(
    readonly input: HTMLInputElement,
    private readonly options: ComboboxOptions<C>,
  ) {
    this.list = document.createElement('ul');
    this.list.id = this.id;
    this.list.hidden = true;
    this.list.className = 'choices';
    this.list.setAttribute('part', 'list');
    this.list.setAttribute('role', 'listbox');
    this.list.setAttribute('aria-label', options.label);
    this.status = document.createElement('span');
    this.status.className = 'unseen';
    this.status.setAttribute('role', 'status');
    input.after(this.list, this.status);
    const attributes = { role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': this.id };
    for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);
    input.autocomplete = 'off';
    input.addEventListener('input', () => this.typed());
    input.addEventListener('keydown', (event) => this.key(event));
    input.addEventListener('blur', () => this.close());
    input.addEventListener('compositionstart', () => (this.composing = true));
    input.addEventListener('compositionend', () => {
      this.composing = false;
      this.typed();
    });
    // The press must not take the focus from the input, else its blur would close the list first.
    this.list.addEventListener('pointerdown', (event) => event.preventDefault());
    this.list.addEventListener('click', (event) => {
      const option = (event.target as Element).closest<HTMLElement>('[role=option]');
      if (option) this.take(Number(option.dataset['at']));
    });
  }

  /** Stops what is under way and shows nothing. */
  close(): void {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.active = -1;
    this.list.hidden = true;
    this.input.setAttribute('aria-expanded', 'false');
    this.input.removeAttribute('aria-activedescendant');
  }

  private typed(): void {
    if (this.composing) return;
    clearTimeout(this.timer);
    const text = this.input.value.trim();
    if (text === '') {
      this.choices = [];
      this.close();
      return;
    }
    this.timer = setTimeout(() => void this.ask(text), this.options.quiet ?? 80);
  }

  private async ask(text: string): Promise<void> {
    this.asking?.abort();
    const asking = (this.asking = new AbortController());
    try {
      const choices = this.answered.get(text) ?? (await this.options.ask(text, asking.signal));
      if (asking.signal.aborted) return;
      if (this.answered.size > 200) this.answered.clear();
      this.answered.set(text, choices);
      this.show(choices);
    } catch {
      // Without suggestions one can still type and press Enter.
      if (!asking.signal.aborted) this.close();
    }
  }

  // The old list stands until the new one is there, so nothing flashes between two letters.
  private show(choices: C[]): void {
    this.choices = choices;
    this.active = -1;
    this.input.removeAttribute('aria-activedescendant');
    this.list.replaceChildren(...choices.map((choice, at) => this.option(choice, at)));
    this.list.hidden = choices.length === 0;
    this.input.setAttribute('aria-expanded', String(choices.length > 0));
    this.status.textContent = this.options.announce(choices.length);
  }

  private option(choice: C, at: number): HTMLElement {
    const option = document.createElement('li');
    option.id = `${this.id}-${at}`;
    option.dataset['at'] = String(at);
    option.setAttribute('role', 'option');
    option.setAttribute('part', 'option');
    option.setAttribute('aria-selected', 'false');
    const name = document.createElement('span');
    name.lang = choice.lang;
    for (const piece of choice.pieces) {
      const part = document.createElement(piece.marked ? 'mark' : 'span');
      part.textContent = piece.words;
      name.append(part);
    }
    option.append(name);
    if (choice.note) {
      const note = document.createElement('small');
      note.textContent = choice.note;
      option.append(' ', note);
    }
    return option;
  }

  private key(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const open = !this.list.hidden;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (this.choices.length === 0) return;
      event.preventDefault();
      if (!open) this.show(this.choices);
      const step = event.key === 'ArrowDown' ? 1 : -1;
      const count = this.choices.length + 1; // one place more: the input itself
      this.activate(((this.active + 1 + step + count) % count) - 1);
    } else if (event.key === 'Enter' && open && this.active >= 0) {
      event.preventDefault();
      this.take(this.active);
    } else if (event.key === 'Enter') {
      this.close();
    } else if (event.key === 'Escape' && open) {
      event.preventDefault();
      this.close();
    }
  }

  private activate(at: number): void {
    this.active = at;
    for (const [index, option] of [...this.list.children].entries()) {
      option.setAttribute('aria-selected', String(index === at));
      if (index === at) option.scrollIntoView({ block: 'nearest' });
    }
    if (at < 0) this.input.removeAttribute('aria-activedescendant');
    else this.input.setAttribute('aria-activedescendant', `${this.id}-${at}`);
  }

  private take(at: number): void {
    const choice = this.choices[at];
    if (!choice) return;
    this.input.value = choice.text;
    this.close();
    this.options.pick(choice);
  }
}
