// <khom-window> holds two selects, "from" and "to", that work as they are. Here they become two handles on a line of years,
// with how much there is of each year above it and both calendars below.
import { spanLabel } from '../shared/calendar';
import { pageLanguage, say } from '../words/words';

const drawn = 'http://www.w3.org/2000/svg';

export class YearWindow extends HTMLElement {
  private selects: HTMLSelectElement[] = [];
  private handles: HTMLInputElement[] = [];
  private readonly output = document.createElement('output');
  private years: number[] = [];
  private settling: ReturnType<typeof setTimeout> | undefined;

  connectedCallback(): void {
    if (this.handles.length > 0) return;
    this.selects = [...this.querySelectorAll('select')];
    const first = this.selects[0];
    if (this.selects.length !== 2 || !first) return;
    this.years = [...first.options].map((option) => Number(option.value)).filter((year) => year > 0);
    if (this.years.length < 2) return;
    this.handles = (['windowFrom', 'windowTo'] as const).map((key, at) => this.handle(say(key), at));
    const line = document.createElement('div');
    line.className = 'line';
    line.append(this.counts(), ...this.handles);
    this.selects.forEach((select) => select.closest('label')?.setAttribute('hidden', ''));
    this.prepend(this.output, line);
    this.say();
  }

  private handle(label: string, at: number): HTMLInputElement {
    const handle = document.createElement('input');
    const end = at === 0 ? 0 : this.years.length - 1;
    handle.type = 'range';
    handle.min = '0';
    handle.max = String(this.years.length - 1);
    const chosen = this.years.indexOf(Number(this.selects[at]?.value));
    handle.value = String(chosen < 0 ? end : chosen);
    handle.setAttribute('aria-label', label);
    handle.addEventListener('input', () => this.moved(at));
    // Each press of an arrow key is a change: whoever goes over five years means the fifth.
    handle.addEventListener('change', () => {
      clearTimeout(this.settling);
      this.settling = setTimeout(() => this.chosen(), 400);
    });
    return handle;
  }

  private place(at: number): number {
    return Number(this.handles[at]?.value ?? 0);
  }

  /** The handles may meet, not cross. */
  private moved(at: number): void {
    const other = this.handles[1 - at];
    const own = this.handles[at];
    if (own && other && this.place(0) > this.place(1)) own.value = other.value;
    this.say();
  }

  private chosen(): void {
    const all = this.place(0) === 0 && this.place(1) === this.years.length - 1;
    this.selects.forEach((select, at) => (select.value = all ? '' : String(this.years[this.place(at)])));
    this.dispatchEvent(new CustomEvent('window-change', { bubbles: true }));
    if (!this.hasAttribute('quiet')) this.closest('form')?.requestSubmit();
  }

  private say(): void {
    const [from, to] = [this.years[this.place(0)], this.years[this.place(1)]];
    if (from === undefined || to === undefined) return;
    const words = spanLabel(from, to, pageLanguage());
    this.output.textContent = words;
    for (const handle of this.handles) handle.setAttribute('aria-valuetext', spanLabel(this.years[Number(handle.value)] ?? from, this.years[Number(handle.value)] ?? from, pageLanguage()));
    this.style.setProperty('--from', String(this.place(0) / (this.years.length - 1)));
    this.style.setProperty('--to', String(this.place(1) / (this.years.length - 1)));
  }

  /** "2021:8 2022:11" as bars; decoration, since the facet of years says the same in words. */
  private counts(): SVGElement {
    const given = new Map((this.dataset['counts'] ?? '').split(' ').filter(Boolean).map((pair) => pair.split(':').map(Number) as [number, number]));
    const most = Math.max(1, ...given.values());
    const svg = document.createElementNS(drawn, 'svg');
    svg.setAttribute('viewBox', `0 0 ${this.years.length} 10`);
    svg.setAttribute('preserveAspectRatio', 'none');
    svg.setAttribute('aria-hidden', 'true');
    this.years.forEach((year, at) => {
      const height = (9 * (given.get(year) ?? 0)) / most;
      const bar = document.createElementNS(drawn, 'rect');
      for (const [name, value] of Object.entries({ x: at + 0.1, y: 10 - height, width: 0.8, height })) bar.setAttribute(name, String(value));
      svg.append(bar);
    });
    return svg;
  }
}

customElements.define('khom-window', YearWindow);
