// <khom-history node="…">: how an entity came to be as it is, where the server keeps that.
import { momentLabels } from '../shared/calendar';
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
    for (const step of history.slice(-20).reverse()) {
      const item = document.createElement('li');
      const time = document.createElement('time');
      time.dateTime = step.at;
      const { own, other } = momentLabels(new Date(step.at), pageLanguage());
      const day = document.createElement('small');
      day.lang = pageLanguage() === 'th' ? 'en' : 'th';
      day.textContent = other;
      const moment = document.createElement('span');
      moment.textContent = own;
      time.append(moment, ' ', day);
      item.append(`${say('historyRevision', { rev: step.rev })} · `, time);
      list.append(item);
    }
    list.className = 'sources';
    this.append(heading, list);
  }
}

customElements.define('khom-history', EntityHistory);
