// The results follow what is typed: the page that the server would show is fetched and its <main> put in place of ours, so
// that there is one template, and every state has an address that works without this script.
import { say } from '../words/words';

const quiet = 80;

export class LiveResults {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private asking: AbortController | undefined;
  private readonly status = document.createElement('div');

  /** `refresh` is told of every new content, to enhance it. */
  constructor(
    private readonly main: HTMLElement,
    private readonly refresh: (root: ParentNode) => void,
  ) {
    this.status.className = 'unseen';
    this.status.setAttribute('role', 'status');
    main.after(this.status);
    const input = document.querySelector<HTMLInputElement>('header form[role=search] input[name=q]');
    input?.addEventListener('input', (event) => {
      if ((event as InputEvent).isComposing) return;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => void this.go(this.withText(input.value), 'replace'), quiet);
    });
    input?.form?.addEventListener('submit', (event) => {
      event.preventDefault();
      clearTimeout(this.timer);
      void this.go(this.withText(input.value), 'push');
    });
    main.addEventListener('click', (event) => this.click(event));
    main.addEventListener('submit', (event) => this.submit(event));
    addEventListener('popstate', () => void this.go(new URL(location.href), 'none'));
  }

  /** This search with other words: what narrows it stays, its page does not. */
  private withText(text: string): URL {
    const target = new URL(location.href);
    target.searchParams.set('q', text);
    target.searchParams.delete('cursor');
    return target;
  }

  private click(event: MouseEvent): void {
    const link = (event.target as Element).closest<HTMLAnchorElement>('a[href]');
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!link || !plain || link.origin !== location.origin || link.pathname !== '/search') return;
    event.preventDefault();
    void this.go(new URL(link.href), 'push', link.textContent ?? '');
  }

  private submit(event: SubmitEvent): void {
    const form = event.target as HTMLFormElement;
    const target = new URL(form.action);
    if (target.pathname !== '/search' || form.method === 'post') return;
    event.preventDefault();
    for (const [name, value] of new FormData(form)) {
      if (value !== '') target.searchParams.append(name, String(value));
    }
    void this.go(target, 'push');
  }

  private async go(target: URL, history: 'push' | 'replace' | 'none', clicked = ''): Promise<void> {
    this.asking?.abort();
    const asking = (this.asking = new AbortController());
    this.main.setAttribute('aria-busy', 'true');
    try {
      const response = await fetch(target, { headers: { Accept: 'text/html' }, signal: asking.signal });
      const page = new DOMParser().parseFromString(await response.text(), 'text/html');
      if (asking.signal.aborted) return;
      this.show(page, target, history, clicked);
    } catch (error) {
      if (!asking.signal.aborted) this.status.textContent = say('loadFailed', { reason: String(error) });
    } finally {
      if (this.asking === asking) this.main.removeAttribute('aria-busy');
    }
  }

  private show(page: Document, target: URL, history: 'push' | 'replace' | 'none', clicked: string): void {
    const fresh = page.querySelector('main');
    if (!fresh) return;
    if (history === 'push') window.history.pushState(null, '', target);
    if (history === 'replace') window.history.replaceState(null, '', target);
    document.title = page.title;
    const handles = () => [...this.main.querySelectorAll<HTMLElement>('khom-window input[type=range]')];
    const held = handles().indexOf(document.activeElement as HTMLElement);
    this.main.replaceChildren(...fresh.childNodes);
    const languages = document.querySelector('.languages');
    const other = page.querySelector('.languages');
    if (languages && other) languages.replaceWith(other);
    this.refresh(this.main);
    const heading = this.main.querySelector('h1');
    this.status.textContent = say('resultsUpdated', { heading: heading?.textContent ?? '' });
    handles()[held]?.focus();
    if (history !== 'push' || held >= 0) return;
    // Whoever chose a facet by keyboard goes on from there; it may have gained a mark or lost it.
    const bare = (words: string) => words.replace(/\s*✕$/, '').trim();
    const again = [...this.main.querySelectorAll<HTMLElement>('a')].find(
      (link) => clicked !== '' && bare(link.textContent ?? '') === bare(clicked),
    );
    if (again) again.focus();
    if (clicked === '' || !again) scrollTo({ top: 0 });
  }
}
