// <khom-react-example>: the component that /widget shows the source of, running. React is in this chunk only.
import { createRoot } from 'react-dom/client';
import { say } from '../words/words';
import { CitySearch } from './city_search';

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'khom-search-box': DetailedHTMLProps<HTMLAttributes<HTMLElement> & { kinds?: string; label?: string }, HTMLElement>;
    }
  }
}

class ReactExample extends HTMLElement {
  connectedCallback(): void {
    createRoot(this).render(<CitySearch label={say('reactLabel')} nothing={say('reactNothing')} />);
  }
}

customElements.define('khom-react-example', ReactExample);
