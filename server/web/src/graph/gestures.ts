// Fingers, pens and mice on the picture: one drags a thing or the paper, two zoom.
import type { Place } from './picture';
import { zoomed, type View } from './viewport';

/** What is touched. Places are the picture's, positions the screen's. */
export interface Touched {
  view: View | null;
  placeOf(id: string): Place | undefined;
  carried(id: string, to: Place): void;
  dropped(id: string): void;
  tapped(id: string): void;
}

interface Drag {
  id: string;
  from: Place;
  start: Place;
  moved: boolean;
}

const slack = 5; // pixels a tap may wander

export class Gestures {
  private drag: Drag | null = null;
  private readonly touches = new Map<number, Place>();

  constructor(private readonly host: Touched) {}

  get dragging(): boolean {
    return this.drag !== null;
  }

  private at(event: PointerEvent | WheelEvent): Place {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  readonly down = (event: PointerEvent): void => {
    const id = (event.target as Element).closest<SVGElement>('g.node')?.dataset['id'] ?? '';
    const at = this.at(event);
    const { view } = this.host;
    this.touches.set(event.pointerId, at);
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    this.drag = { id, from: at, start: id ? (this.host.placeOf(id) ?? at) : { x: view?.x ?? 0, y: view?.y ?? 0 }, moved: false };
  };

  readonly move = (event: PointerEvent): void => {
    const at = this.at(event);
    const last = this.touches.get(event.pointerId);
    const { view } = this.host;
    if (!last || !view) return;
    if (this.touches.size === 2) {
      const other = [...this.touches].find(([pointer]) => pointer !== event.pointerId)?.[1] ?? last;
      const far = (one: Place) => Math.hypot(one.x - other.x, one.y - other.y) || 1;
      this.host.view = zoomed(view, far(at) / far(last), other);
      this.touches.set(event.pointerId, at);
      this.drag = null;
      return;
    }
    if (!this.drag) return;
    const [dx, dy] = [at.x - this.drag.from.x, at.y - this.drag.from.y];
    if (!this.drag.moved && Math.hypot(dx, dy) < slack) return;
    this.drag.moved = true;
    const { id, start } = this.drag;
    if (id) this.host.carried(id, { x: start.x + dx / view.scale, y: start.y + dy / view.scale });
    else this.host.view = { ...view, x: start.x + dx, y: start.y + dy };
  };

  readonly up = (event: PointerEvent): void => {
    this.touches.delete(event.pointerId);
    const drag = this.drag;
    this.drag = null;
    if (!drag?.id) return;
    if (drag.moved) this.host.dropped(drag.id);
    else this.host.tapped(drag.id);
  };

  readonly wheel = (event: WheelEvent): void => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    if (this.host.view) this.host.view = zoomed(this.host.view, Math.exp(-event.deltaY / 300), this.at(event));
  };
}
