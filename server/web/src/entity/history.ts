// <khom-history node="…">: how an entity came to be as it is, where the server keeps that.
import { say, pageLanguage } from '../words/words';

interface Step {
  rev: number;
  at: string;
  batch: string;
}

class EntityHistory extends HTMLElement {
  connectedCallback(): void {
    if (!this.firstChild) void this.load();
  }

  private async load(): Promise<void> {
    const id = encodeURIComponent(this.getAttribute('node') ?? '').replaceAll('%3A', ':');
    const response = await fetch(`/v1/entities/${id}/history`, { headers: { Accept: 'application/json' } }).catch(() => null);
    if (!response?.ok) return;
    const { history } = (await response.json()) as { history: Step[] };
    if (history.length === 0) return;
    const heading = document.createElement('h2');
    heading.textContent = say('history');
    const list = document.createElement('ol');
    // "th" alone gives the Buddhist calendar.
    const format = new Intl.DateTimeFormat(pageLanguage() === 'th' ? 'th' : 'en-GB', { dateStyle: 'long', timeStyle: 'short' });
    for (const step of history.slice(-20).reverse()) {
      const item = document.createElement('li');
      const time = document.createElement('time');
      time.dateTime = step.at;
      time.textContent = format.format(new Date(step.at));
      item.append(`${say('historyRevision', { rev: step.rev })} · `, time);
      list.append(item);
    }
    list.className = 'sources';
    this.append(heading, list);
  }
}

customElements.define('khom-history', EntityHistory);
