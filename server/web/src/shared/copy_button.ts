// <khom-copy for="id" words="Copy the address">: copies the text of another element.
import { say } from '../words/words';

class CopyButton extends HTMLElement {
  connectedCallback(): void {
    if (this.firstChild) return;
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'plain';
    button.textContent = this.getAttribute('words') ?? say('copy');
    const said = document.createElement('span');
    said.setAttribute('role', 'status');
    button.addEventListener('click', () => {
      const text = document.getElementById(this.getAttribute('for') ?? '')?.textContent ?? '';
      void navigator.clipboard?.writeText(text.trim()).then(() => (said.textContent = ` ${say('copied')}`));
    });
    this.append(button, said);
  }
}

customElements.define('khom-copy', CopyButton);
