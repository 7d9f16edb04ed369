// What every page loads: suggestions, live results, the window of years. The rest is fetched where a page has use for it.
import { LiveResults } from './search/live_results';
import { enhanceInputs } from './search/suggestions';
import './search/year_window';

const parts: Record<string, () => Promise<unknown>> = {
  'khom-graph': () => import('./graph/graph_view'),
  'khom-map': () => import('./map/city_map'),
  'khom-network': () => import('./network/partner_network'),
  'khom-cypher': () => import('./cypher/cypher_page'),
  'khom-curate': () => import('./curate/curate_page'),
  'khom-history': () => import('./entity/history'),
  'khom-react-example': () => import('./widget/react_example'),
  'khom-buddhist-day': () => import('./dossier/buddhist_day'),
  'khom-copy': () => import('./shared/copy_button'),
};

function enhance(root: ParentNode): void {
  for (const [tag, load] of Object.entries(parts)) {
    if (root.querySelector(tag)) void load();
  }
}

enhanceInputs(document);
enhance(document);
const main = document.querySelector<HTMLElement>('main');
if (main && document.body.classList.contains('dossier')) void import('./dossier/dossier_tools').then(({ enhanceDossier }) => enhanceDossier(main));
if (main && location.pathname === '/search') {
  new LiveResults(main, (root) => {
    enhanceInputs(root);
    enhance(root);
  });
}
