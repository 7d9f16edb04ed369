// <khom-network> holds the server's picture of a network. Here what is pointed at or has the focus lights up with what it is
// linked with, and each number of the page opens its evidence in a window of its own.
import { save } from '../shared/files';
import { say } from '../words/words';

export class PartnerNetwork extends HTMLElement {
  private readonly dialog = document.createElement('dialog');

  connectedCallback(): void {
    if (this.dialog.isConnected) return;
    document.body.append(this.dialog);
    const svg = this.querySelector('svg');
    for (const begin of ['pointerover', 'focusin']) svg?.addEventListener(begin, (event) => this.light((event.target as Element).closest('a')));
    for (const end of ['pointerleave', 'focusout']) svg?.addEventListener(end, () => this.light(null));
    svg?.addEventListener('keydown', (event) => this.key(event));
    document.addEventListener('click', (event) => {
      const link = (event.target as Element).closest<HTMLAnchorElement>('a.evidence');
      const target = link ? document.getElementById(decodeURIComponent(link.hash.slice(1))) : null;
      if (!link || !target) return;
      event.preventDefault();
      this.open(target);
    });
    if (svg) this.append(this.tools(svg));
    // On a phone the picture is wider than the screen: one begins in its middle.
    this.scrollLeft = (this.scrollWidth - this.clientWidth) / 2;
  }

  private tools(svg: SVGElement): HTMLElement {
    const row = document.createElement('p');
    row.className = 'row downloads';
    const button = (words: string, does: () => void) => {
      const made = document.createElement('button');
      made.type = 'button';
      made.className = 'plain';
      made.textContent = words;
      made.addEventListener('click', does);
      row.append(made);
    };
    button(`${say('download')} SVG`, () => save(`${this.file()}.svg`, 'image/svg+xml', this.standalone(svg)));
    button(`${say('download')} PNG`, () => void this.png(svg));
    return row;
  }

  private file(): string {
    return `khom-${this.dataset['lens'] ?? 'network'}`;
  }

  private async png(svg: SVGElement): Promise<void> {
    const [{ embeddedFonts, exportedPng }, box] = await Promise.all([import('../graph/export_picture'), svg.getAttribute('viewBox')?.split(' ')]);
    const fonts = await embeddedFonts();
    const sized = this.standalone(svg).replace('<svg ', `<svg width="${box?.[2] ?? 1160}" height="${box?.[3] ?? 720}" `);
    save(`${this.file()}.png`, 'image/png', await exportedPng(sized.replace(/<svg [^>]*>/, (open) => `${open}<style>${fonts}text{font-family:Khom,sans-serif}</style>`)));
  }

  /** With the colours written into it, for it leaves our style behind. */
  private standalone(svg: SVGElement): string {
    const copy = svg.cloneNode(true) as SVGElement;
    const shown = svg.querySelectorAll('*');
    copy.querySelectorAll('*').forEach((element, at) => {
      const style = getComputedStyle(shown[at] as Element);
      for (const name of ['fill', 'stroke', 'stroke-width', 'opacity', 'font-size', 'text-anchor', 'stroke-dasharray']) element.setAttribute(name, style.getPropertyValue(name));
    });
    copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
    return copy.outerHTML;
  }

  private light(node: Element | null): void {
    const id = (node as SVGElement | null)?.dataset['id'];
    const near = new Set<string>();
    this.querySelectorAll<SVGElement>('.edge').forEach((edge) => {
      const ends = edge.dataset['ends']?.split(' ') ?? [];
      const lit = id !== undefined && ends.includes(id);
      edge.classList.toggle('near', lit);
      if (lit) ends.forEach((end) => near.add(end));
    });
    this.querySelectorAll<SVGElement>('.node').forEach((other) => {
      const own = other.dataset['id'] ?? '';
      other.classList.toggle('dim', id !== undefined && own !== id && !near.has(own));
      other.classList.toggle('lit', id !== undefined && (own === id || near.has(own)));
    });
  }

  /** Arrow keys travel along links, as in the graph. */
  private key(event: KeyboardEvent): void {
    const here = (event.target as Element).closest<SVGAElement>('a.node');
    const way = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[event.key];
    if (!here || !way) return;
    event.preventDefault();
    const middle = (element: Element) => {
      const box = element.querySelector('.halo')?.getBoundingClientRect() ?? element.getBoundingClientRect();
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    };
    const from = middle(here);
    let best: SVGAElement | null = null;
    let most = 0.2;
    this.querySelectorAll<SVGAElement>('a.node.lit').forEach((other) => {
      if (other === here) return;
      const to = middle(other);
      const alike = ((to.x - from.x) * (way[0] ?? 0) + (to.y - from.y) * (way[1] ?? 0)) / (Math.hypot(to.x - from.x, to.y - from.y) || 1);
      if (alike > most) [best, most] = [other, alike];
    });
    (best as SVGAElement | null)?.focus();
  }

  private open(target: HTMLElement): void {
    const summary = target.querySelector('summary');
    const heading = document.createElement('h2');
    heading.id = 'evidence-heading';
    heading.textContent = say('evidenceFor', { what: summary?.textContent ?? '' });
    const close = document.createElement('button');
    close.type = 'button';
    close.textContent = say('close');
    close.addEventListener('click', () => this.dialog.close());
    const body = [...target.children].filter((child) => child !== summary).map((child) => child.cloneNode(true));
    this.dialog.setAttribute('aria-labelledby', heading.id);
    this.dialog.replaceChildren(heading, ...body, close);
    this.dialog.showModal();
  }
}

customElements.define('khom-network', PartnerNetwork);
