// <khom-map> holds the server's map. Here it can be drawn nearer; marks and words keep their size on the screen.
import { say } from '../words/words';
import { planeOf, tilesOf, type Box } from './tiles';

const attributes = ['r', 'font-size'] as const;
const settled = 150; // ms without a movement

export class CityMap extends HTMLElement {
  private svg: SVGSVGElement | null = null;
  private whole: Box = { x: 0, y: 0, width: 1, height: 1 };
  private box: Box = this.whole;
  private readonly sizes: { element: Element; name: string; value: number }[] = [];
  /** How much wider the map was meant to be than it is: on a phone its words would be too small. */
  private narrow = 1;
  private still: ReturnType<typeof setTimeout> | undefined;
  private drag: { x: number; y: number; box: Box } | null = null;

  connectedCallback(): void {
    if (this.svg) return;
    this.svg = this.querySelector('svg');
    if (!this.svg) return;
    const { x, y, width, height } = this.svg.viewBox.baseVal;
    this.box = this.whole = { x, y, width, height };
    for (const element of this.svg.querySelectorAll('circle, text')) {
      for (const name of attributes) {
        const value = Number(element.getAttribute(name));
        if (value) this.sizes.push({ element, name, value });
      }
    }
    const zoom = document.createElement('div');
    zoom.className = 'zoom';
    zoom.append(this.button('+', say('zoomIn'), 1.6), this.button('−', say('zoomOut'), 1 / 1.6), this.button('⤢', say('fit'), 0));
    this.svg.after(zoom);
    this.svg.addEventListener('pointerdown', (event) => (this.drag = { x: event.clientX, y: event.clientY, box: this.box }));
    this.svg.addEventListener('pointermove', (event) => this.move(event));
    for (const end of ['pointerup', 'pointercancel', 'pointerleave']) this.svg.addEventListener(end, () => (this.drag = null));
    // A mark that gets the focus by keyboard is brought into what is seen, and drawn above the others.
    this.svg.addEventListener('focusin', (event) => this.reveal(event.target as Element));
    // Where it is narrow it begins with its middle, at the size it was meant to have.
    this.narrow = Math.max(1, Number(this.dataset['width'] ?? 0) / (this.svg.clientWidth || Infinity));
    if (this.narrow > 1) this.show(this.scaled(this.narrow));
  }

  private button(sign: string, label: string, factor: number): HTMLButtonElement {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = sign;
    button.setAttribute('aria-label', label);
    button.addEventListener('click', () => this.show(factor === 0 ? this.whole : this.scaled(factor)));
    return button;
  }

  private scaled(factor: number): Box {
    const width = Math.min(this.whole.width * 5, Math.max(this.whole.width / 40, this.box.width / factor));
    const height = (width * this.whole.height) / this.whole.width;
    return { x: this.box.x + (this.box.width - width) / 2, y: this.box.y + (this.box.height - height) / 2, width, height };
  }

  private show(box: Box): void {
    this.box = box;
    this.svg?.setAttribute('viewBox', `${box.x} ${box.y} ${box.width} ${box.height}`);
    const ratio = (box.width / this.whole.width) * this.narrow;
    this.drawTiles();
    this.sizeMarks(ratio);
    this.hideCutNames();
  }

  private sizeMarks(ratio: number): void {
    for (const { element, name, value } of this.sizes) {
      element.setAttribute(name, String(value * ratio));
      // The word stands above its mark by as much as the mark is wide.
      if (name === 'font-size' && element.previousElementSibling?.tagName === 'circle') {
        const circle = element.previousElementSibling;
        element.setAttribute('y', String(Number(circle.getAttribute('cy')) - 1.6 * Number(circle.getAttribute('r'))));
      }
    }
  }

  /** A name that the frame would cut is shown only when its mark is pointed at. */
  private hideCutNames(): void {
    const { x, y, width, height } = this.box;
    for (const link of this.svg?.querySelectorAll('a.named') ?? []) {
      const words = link.querySelector('text');
      if (!words) continue;
      const [middle, half] = [Number(words.getAttribute('x')), words.getComputedTextLength() / 2];
      const foot = Number(words.getAttribute('y'));
      const head = foot - Number(words.getAttribute('font-size'));
      link.classList.toggle('cut', middle - half < x || middle + half > x + width || head < y || foot > y + height);
    }
  }

  /** Nearer tiles over those of the whole map, where the server names a host for them. */
  private drawTiles(): void {
    const { tiles: template, plane } = this.dataset;
    const below = this.svg?.querySelector('g.tiles');
    if (!template || !plane || !below || !this.svg) return;
    clearTimeout(this.still);
    this.still = setTimeout(() => {
      below.querySelectorAll('.nearer').forEach((image) => image.remove());
      if (this.box.width >= this.whole.width) return;
      for (const { address, ...place } of tilesOf(template, planeOf(plane), this.box, this.svg?.clientWidth ?? 0)) {
        const image = document.createElementNS('http://www.w3.org/2000/svg', 'image');
        image.setAttribute('class', 'nearer');
        image.setAttribute('preserveAspectRatio', 'none');
        image.setAttribute('href', address);
        for (const [name, value] of Object.entries(place)) image.setAttribute(name, String(value));
        below.append(image);
      }
    }, settled);
  }

  private move(event: PointerEvent): void {
    if (!this.drag || !this.svg || event.buttons === 0) return;
    const unit = this.box.width / this.svg.clientWidth;
    this.show({ ...this.drag.box, x: this.drag.box.x - (event.clientX - this.drag.x) * unit, y: this.drag.box.y - (event.clientY - this.drag.y) * unit });
  }

  private reveal(target: Element): void {
    const link = target.closest('a');
    const circle = link?.querySelector('circle');
    if (!link || !circle) return;
    const [x, y] = [Number(circle.getAttribute('cx')), Number(circle.getAttribute('cy'))];
    const inside = x > this.box.x && x < this.box.x + this.box.width && y > this.box.y && y < this.box.y + this.box.height;
    if (!inside) this.show({ ...this.box, x: x - this.box.width / 2, y: y - this.box.height / 2 });
  }
}

customElements.define('khom-map', CityMap);
