// <khom-graph>: the picture of what is linked, with everything one can do to it. What was in the element before (the
// server's list) goes when the picture is there.
import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state as reactive } from 'lit/decorators.js';
import { get } from '../api/client';
import { saveView, stateOfQuery } from '../api/views';
import { entityAddress } from '../search/suggestions';
import '../shared/copy_button';
import { say } from '../words/words';
import { queryOf, stateOf } from './address';
import { connections, pairOf, panelTemplate, partOf, type Connections } from './chains';
import { drawingTemplate, groupLabel, nameOf, nodeLabel, room } from './drawing';
import { Gestures } from './gestures';
import { layout } from './layout';
import { listTemplate } from './list';
import { emptyState, linkedTo, picture, stepsOf, travel, type Known, type Picture, type Place, type State } from './picture';
import { downloadTemplate, filterTemplate, toolTemplate } from './tools';
import { fitted, readableAt, revealed, zoomed, type View } from './viewport';

@customElement('khom-graph')
export class GraphView extends LitElement {
  /** Ids it begins with, apart by spaces; else those of the address. */
  @property() node = '';
  @property() source = '';
  @property() target = '';
  /** Within another page: no filters, no address of its own. */
  @property({ type: Boolean }) compact = false;

  /** A graph that is already known, such as the rows of a query. */
  @property({ attribute: false }) given: Known['extra'] | null = null;

  @reactive() private now: State = emptyState();
  @reactive() private chosen = '';
  @reactive() view: View | null = null;
  /** The one end of a connection that is being asked for. */
  @reactive() private connecting = '';
  @reactive() private message = '';
  /** Where this picture is found again, once that was asked for. */
  @reactive() private address = '';
  @reactive() private trouble = '';
  @reactive() private moved = 0;
  private readonly known = { near: new Map(), extra: { nodes: [], edges: [] }, chains: new Map() } as Known & Required<Pick<Known, 'chains'>>;
  private readonly answers = new Map<string, Connections>();
  private readonly past: State[] = [];
  private shown: Picture = { nodes: [], edges: [], groups: [], rounds: [] };
  private places = new Map<string, Place>();
  private chain = new Set<string>();
  private rev = 0;
  private truncated: { shown: number; total: number } | null = null;
  private fallback: ChildNode[] = [];
  private readonly gestures = new Gestures(this);
  private resized: ResizeObserver | undefined;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    if (this.fallback.length === 0) this.fallback = [...this.childNodes];
    super.connectedCallback();
    this.setAttribute('aria-busy', 'true');
    const query = new URLSearchParams(location.search);
    const own = this.node.split(' ').filter(Boolean);
    this.now = this.compact || this.source || this.given ? { ...emptyState(), roots: own, open: own } : stateOf(query);
    if (this.now.roots.length === 0 && own.length > 0) this.now = { ...this.now, roots: own, open: own };
    const seen = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      seen.disconnect();
      void this.begin(Number(query.get('rev') ?? 0));
    });
    seen.observe(this);
  }

  /** The rows of another query take the place of those that are drawn. */
  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('given') || !this.given || this.moved === 0) return;
    this.known.extra = this.given;
    this.now = emptyState();
    this.recompute();
    this.chosen = this.shown.nodes[0]?.id ?? '';
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resized?.disconnect();
  }

  private async begin(savedAt: number): Promise<void> {
    try {
      if (this.source && this.target) this.now = { ...this.now, chains: [pairOf(this.source, this.target), ...this.now.chains] };
      if (this.given) this.known.extra = this.given;
      await this.load(this.now);
      this.fallback.forEach((node) => node.remove());
      this.recompute();
      this.showChain(0);
      this.chosen = this.now.roots[0] ?? (this.source || this.shown.nodes[0]?.id || '');
      if (savedAt > 0 && savedAt !== this.rev) this.message = say('permalinkMoved', { then: savedAt, now: this.rev });
    } catch (error) {
      this.trouble = say('loadFailed', { reason: error instanceof Error ? error.message : '' });
    }
    this.removeAttribute('aria-busy');
    this.moved++;
  }

  /** Of the pair that was asked last. */
  private get answer(): Connections | undefined {
    return this.answers.get(this.now.chains.at(-1) ?? '');
  }

  private get paths(): Connections['paths'] {
    return this.answer?.paths ?? [];
  }

  private showChain(at: number): void {
    this.chain = new Set(this.paths[at]?.steps.map((step) => step.statement) ?? []);
    document.querySelectorAll<HTMLElement>('[data-chain]').forEach((panel) => panel.classList.toggle('current', panel.dataset['chain'] === String(at + 1)));
    this.moved++;
  }

  private async load(wanted: State): Promise<void> {
    const query = new URLSearchParams(location.search);
    const pairs = wanted.chains.filter((pair) => !this.answers.has(pair));
    await Promise.all(
      pairs.map(async (pair) => {
        const answer = await connections(pair, query);
        this.rev = Math.max(this.rev, answer.rev);
        this.answers.set(pair, answer);
        this.known.chains.set(pair, partOf(answer));
      }),
    );
    const need = [...new Set([...wanted.roots, ...wanted.open])].filter((id) => id !== '' && !this.known.near.has(id));
    await Promise.all(
      need.map(async (id) => {
        const near = { layout: true, limit: this.compact ? 14 : 250, ...(wanted.from && { from: wanted.from }), ...(wanted.to && { to: wanted.to }) };
        const answer = await get('/v1/entities/{id}/neighbours', { path: { id }, query: near });
        this.rev = Math.max(this.rev, answer.rev);
        if (answer.truncated) this.truncated = { shown: answer.nodes.length - 1, total: answer.total ?? 0 };
        this.known.near.set(id, answer);
      }),
    );
  }

  private recompute(): void {
    this.shown = picture(this.now, this.known);
    const rows = new Map(this.shown.nodes.map((node) => [node.id, nodeLabel(node).rows]));
    for (const group of this.shown.groups) rows.set(group.id, groupLabel(group));
    this.places = layout({
      rounds: this.shown.rounds.map((round) => round.map((id) => room(id, rows.get(id) ?? []))),
      links: this.shown.edges,
      steps: stepsOf(this.now, this.known.near, this.shown.groups),
      pins: { ...this.ends(), ...this.now.pins },
    });
    this.moved++;
  }

  /** A chain is read from left to right: its ends are where reading begins and ends. */
  private ends(): Record<string, Place> {
    if (!this.source || !this.target || this.paths.length === 0) return {};
    const half = 75 * Math.max(2, ...this.paths.map((path) => path.hops));
    return { [this.source]: { x: -half, y: 0 }, [this.target]: { x: half, y: 0 } };
  }

  /** Does something that can be undone. */
  private async change(next: State, message: string): Promise<void> {
    this.past.push(this.now);
    this.address = '';
    await this.become(next, message);
  }

  private async become(next: State, message: string): Promise<void> {
    const otherWindow = next.from !== this.now.from || next.to !== this.now.to;
    if (otherWindow) this.known.near.clear();
    try {
      await this.load(next);
    } catch (error) {
      this.message = say('loadFailed', { reason: error instanceof Error ? error.message : '' });
      return;
    }
    const seenBefore = this.shown.nodes.length;
    const otherChains = next.chains.at(-1) !== this.now.chains.at(-1);
    this.now = next;
    this.recompute();
    if (otherChains) this.showChain(0);
    this.message = message.replace('{count}', String(Math.max(0, this.shown.nodes.length - seenBefore)));
    if (!this.places.has(this.chosen)) this.chosen = next.roots[0] ?? this.shown.nodes[0]?.id ?? '';
    if (!this.compact) history.replaceState(null, '', `?${queryOf(this.now, new URLSearchParams(location.search))}`);
    await this.updateComplete;
    this.focusChosen();
  }

  private readonly choose = (id: string): void => {
    if (this.connecting && this.connecting !== id && this.nodeNamed(id)) {
      this.act.join(this.connecting, id);
      return;
    }
    this.chosen = id;
    const place = this.places.get(id);
    const { width, height } = this.size();
    if (place && this.view) this.view = revealed(this.view, place, width, height);
    void this.updateComplete.then(() => this.focusChosen());
  };

  private focusChosen(): void {
    this.querySelector<SVGElement>(`g.node[data-id="${CSS.escape(this.chosen)}"]`)?.focus({ preventScroll: true });
  }

  private nodeNamed(id: string) {
    return this.shown.nodes.find((node) => node.id === id);
  }

  /** The words for what one did to a node. */
  private name(id: string): string {
    const node = this.nodeNamed(id);
    return node ? nameOf(node) : id;
  }

  readonly act = {
    expand: (id: string): void => {
      const group = this.shown.groups.find((one) => one.id === id);
      if (group) {
        void this.change({ ...this.now, groups: [...this.now.groups, id] }, say('groupOpened', { count: group.members.length }));
        this.chosen = group.of;
      } else if (this.now.open.includes(id)) this.message = say('nothingMore');
      else void this.change({ ...this.now, open: [...this.now.open, id] }, say('expanded', { name: this.name(id) }));
    },
    collapse: (id: string): void => {
      const groups = this.now.groups.filter((group) => !group.startsWith(`${id}|`));
      void this.change({ ...this.now, open: this.now.open.filter((open) => open !== id), groups }, say('collapsed', { name: this.name(id) }));
    },
    hide: (id: string): void => {
      if (this.now.roots.includes(id)) return;
      const next = linkedTo(id, this.shown)[0] ?? '';
      void this.change({ ...this.now, hidden: [...this.now.hidden, id] }, say('hidden', { name: this.name(id) }));
      this.chosen = next;
    },
    pin: (id: string, place = this.places.get(id)): void => {
      if (!place) return;
      const { [id]: held, ...others } = this.now.pins;
      const pins = held && place.x === held.x && place.y === held.y ? others : { ...this.now.pins, [id]: place };
      void this.change({ ...this.now, pins }, say('pinned', { name: this.name(id) }));
    },
    undo: (): void => {
      const last = this.past.pop();
      this.address = '';
      if (last) void this.become(last, say('undone'));
    },
    open: (id: string): void => location.assign(entityAddress(id)),
    filter: (part: Partial<State>): void => void this.change({ ...this.now, ...part }, ''),
    fit: (): void => {
      const { width, height } = this.size();
      this.view = fitted([...this.places.values()], width, height, 0);
    },
    zoom: (factor: number): void => {
      const { width, height } = this.size();
      if (this.view) this.view = zoomed(this.view, factor, { x: width / 2, y: height / 2 });
    },
    chain: (at: number): void => this.showChain(at),
    /** The first of two; the next that is chosen is the second. */
    connect: (id: string): void => {
      this.connecting = this.connecting === id ? '' : id;
      this.message = this.connecting ? say('connectChoose', { name: this.name(id) }) : '';
    },
    join: (one: string, other: string): void => {
      this.connecting = '';
      this.chosen = other;
      void this.change({ ...this.now, chains: [...this.now.chains.filter((pair) => pair !== pairOf(one, other)), pairOf(one, other)] }, say('connected'));
    },
    permalink: (): void => {
      this.address = `${location.origin}${location.pathname}?${this.pinned()}`;
      history.replaceState(null, '', this.address);
      this.message = say('permalinkNote', { rev: this.rev });
    },
    /** The same as an address of a few letters, which the server keeps. */
    shorten: (): void => {
      const named = (language: 'th' | 'en') => this.now.roots.flatMap((id) => this.nodeNamed(id)?.name[language] ?? []).join(', ');
      void saveView({ kind: 'graph', title: { th: named('th'), en: named('en') }, state: stateOfQuery(this.pinned()) }).then(
        (address) => {
          this.address = address;
          this.message = say('shortAddressNote', { rev: this.rev });
        },
        (error: Error) => (this.message = say('shortAddressFailed', { reason: error.message })),
      );
    },
  };

  /** What was done, at the revision that it is seen at. */
  private pinned(): URLSearchParams {
    return queryOf(this.now, new URLSearchParams(location.search), this.rev);
  }

  private size(): { width: number; height: number } {
    const svg = this.querySelector('svg.picture');
    return { width: svg?.clientWidth ?? 0, height: svg?.clientHeight ?? 0 };
  }

  protected override updated(changed: PropertyValues): void {
    const svg = this.querySelector('svg.picture');
    if (svg && !this.resized) {
      this.resized = new ResizeObserver(() => this.place());
      this.resized.observe(svg);
    }
    if (changed.has('moved') && this.places.size > 0) this.place();
  }

  private place(): void {
    const { width, height } = this.size();
    const focus = this.places.get(this.chosen) ?? this.places.get(this.source);
    if (width > 0 && !this.gestures.dragging) this.view = fitted([...this.places.values()], width, height, readableAt(width, this.compact ? 0.7 : 0.8), focus);
  }

  private key(event: KeyboardEvent): void {
    const id = (event.target as Element).closest<SVGElement>('g.node')?.dataset['id'];
    if (!id || event.ctrlKey || event.metaKey || event.altKey) return;
    const isGroup = this.shown.groups.some((group) => group.id === id);
    const next = travel(id, event.key, this.shown, this.places);
    const doing: Record<string, () => void> = {
      Enter: () => (isGroup ? this.act.expand(id) : this.act.open(id)),
      ' ': () => (isGroup ? this.act.expand(id) : this.choose(id)),
      e: () => this.act.expand(id),
      c: () => this.act.collapse(id),
      h: () => this.act.hide(id),
      p: () => this.act.pin(id),
      k: () => !isGroup && this.act.connect(id),
      Escape: () => this.connecting && this.act.connect(this.connecting),
      u: () => this.act.undo(),
    };
    const does = event.key.startsWith('Arrow') ? () => next && this.choose(next) : doing[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!does) return;
    event.preventDefault();
    does();
  }

  placeOf(id: string): Place | undefined {
    return this.places.get(id);
  }

  carried(id: string, to: Place): void {
    this.places.set(id, to);
    this.requestUpdate();
  }

  dropped(id: string): void {
    const place = this.places.get(id);
    if (place && this.nodeNamed(id)) this.act.pin(id, { x: Math.round(place.x), y: Math.round(place.y) });
  }

  tapped(id: string): void {
    if (this.shown.groups.some((group) => group.id === id)) this.act.expand(id);
    else this.choose(id);
  }

  private svgTemplate(): TemplateResult {
    const view = this.view ?? { x: 0, y: 0, scale: 1 };
    const first = this.shown.nodes[0]?.id ?? '';
    const focusable = this.places.has(this.chosen) ? this.chosen : first;
    return html`<svg class="picture" role="group" aria-label=${say('graphPicture', { nodes: this.shown.nodes.length, edges: this.shown.edges.length })}
        aria-describedby="graph-help" @keydown=${this.key} @pointerdown=${this.gestures.down} @pointermove=${this.gestures.move} @pointerup=${this.gestures.up}
        @pointercancel=${this.gestures.up} @wheel=${this.gestures.wheel} @dblclick=${(event: Event) => {
          const id = (event.target as Element).closest<SVGElement>('g.node')?.dataset['id'];
          if (id) this.act.expand(id);
        }}>
      <g transform=${`translate(${view.x} ${view.y}) scale(${view.scale})`}>${drawingTemplate({
        picture: this.shown, places: this.places, chosen: this.chosen, focusable, pins: this.now.pins, chain: this.chain,
      })}</g></svg>`;
  }

  protected override render(): TemplateResult | typeof nothing {
    if (this.trouble) return html`<p class="notice">${this.trouble}</p>`;
    if (this.moved === 0) return nothing;
    // A thing on its own makes no picture beside its page.
    if (this.compact && this.shown.nodes.length === 1 && this.shown.groups.length === 0) return nothing;
    if (this.shown.nodes.length === 0) return html`<p class="notice">${say('graphEmpty')}</p>${this.compact ? nothing : filterTemplate(this.now, this.known, this.act)}`;
    const title = this.now.roots.map((id) => this.name(id)).join(', ') || `${this.name(this.source)} – ${this.name(this.target)}`;
    const links = [...this.known.near.values(), ...this.known.chains.values()].flatMap((near) => near.edges);
    // The page of one connection has its words already.
    const asked = this.now.chains.length > (this.source ? 1 : 0);
    return html`<div class="graph">
      ${this.compact && !this.source && !this.given ? nothing : toolTemplate({ chosen: this.nodeNamed(this.chosen), state: this.now, canUndo: this.past.length > 0, act: this.act, connecting: this.connecting, paths: this.source ? this.paths.length : 0, chain: this.chainNumber() })}
      <div class=${asked ? 'with-chains' : 'alone'}>${asked ? panelTemplate({ answer: this.answer, chain: this.chainNumber(), show: this.act.chain }) : nothing}
      <div class="frame">${this.svgTemplate()}
        <div class="zoom"><button type="button" @click=${() => this.act.zoom(1.3)} aria-label=${say('zoomIn')}>+</button>
        <button type="button" @click=${() => this.act.zoom(1 / 1.3)} aria-label=${say('zoomOut')}>−</button>
        <button type="button" @click=${this.act.fit} aria-label=${say('fit')}>⤢</button></div></div></div>
      <p id="graph-help" class="quiet help by-keys">${say('graphHelp')}</p>
      <p class="quiet help by-touch">${say('graphTouch')}</p>
      <p role="status" class="said">${this.message}</p>
      ${this.address ? html`<p class="row address"><a id="graph-address" href=${this.address}>${this.address}</a> <khom-copy for="graph-address"></khom-copy></p>` : nothing}
      ${this.truncated ? html`<p class="quiet">${say('truncated', this.truncated)}</p>` : nothing}
      ${this.compact && !this.source && !this.given ? nothing : downloadTemplate({ shown: this.shown, links, places: this.places, title, act: this.act, rev: this.rev })}
      ${this.compact ? nothing : filterTemplate(this.now, this.known, this.act)}
      ${listTemplate(this.shown, this.choose)}</div>`;
  }

  private chainNumber(): number {
    return this.paths.findIndex((path) => path.steps.every((step) => this.chain.has(step.statement)));
  }
}
