// <khom-buddhist-day>: the day that the field beside it names, in the other calendar, as one types. The server's words, of an
// example, stand there until something is typed that can be read.
import { dayOfBuddhistEra, fromBuddhistEra } from '../shared/calendar';
import { say } from '../words/words';

class BuddhistDay extends HTMLElement {
  connectedCallback(): void {
    const field = this.closest('label')?.querySelector('input');
    const example = this.textContent;
    const show = () => {
      const typed = field?.value.trim() ?? '';
      const meant = fromBuddhistEra(typed);
      this.textContent = meant ? say('buddhistTyped', { common: meant }) : (dayOfBuddhistEra(typed) ?? example);
    };
    field?.addEventListener('input', show);
    show(); // a browser that goes back fills the field in
  }
}

customElements.define('khom-buddhist-day', BuddhistDay);
