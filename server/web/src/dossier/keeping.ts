// Having today's dossier kept, so that it can be cited: a curator's key opens this; then the kept version's own page says
// how to cite it.
import { problemOf } from '../api/client';
import { say } from '../words/words';

/** What decides which dossier it is; language and notes do not. */
export function periodOf(search: string): URLSearchParams {
  const query = new URLSearchParams(search);
  return new URLSearchParams([...query].filter(([name, value]) => ['from', 'to', 'fiscal_year', 'rev'].includes(name) && value !== ''));
}

async function keep(id: string, key: string): Promise<string> {
  const headers = { Authorization: `Bearer ${key}`, Accept: 'application/json' };
  const response = await fetch(`/v1/dossiers/${id}/versions?${periodOf(location.search)}`, { method: 'POST', headers });
  if (response.status === 401 || response.status === 403) throw new Error(say('dossierNeedsKey'));
  if (!response.ok) throw new Error(say('dossierKeepFailed', { reason: (await problemOf(response)).message }));
  const address = new URL((response.headers.get('Location') ?? '').replace(/^\/v1/, ''), location.origin);
  const language = new URLSearchParams(location.search).get('lang');
  if (language) address.searchParams.set('lang', language);
  return address.href;
}

export function keepingForm(id: string): HTMLElement {
  const details = document.createElement('details');
  const summary = document.createElement('summary');
  const form = document.createElement('form');
  const label = document.createElement('label');
  const key = document.createElement('input');
  const button = document.createElement('button');
  const note = document.createElement('small');
  const trouble = document.createElement('p');
  details.className = 'keeping';
  summary.textContent = say('dossierKeep');
  form.className = 'row';
  key.type = 'password';
  key.autocomplete = 'off';
  label.append(`${say('curateKey')} `, key);
  button.textContent = say('dossierKeepButton');
  note.textContent = say('curateKeyNote');
  trouble.setAttribute('role', 'alert');
  form.append(label, button, note);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    trouble.textContent = key.value ? '' : say('dossierNeedsKey');
    if (!key.value) return;
    button.disabled = true;
    void keep(id, key.value).then(
      (address) => location.assign(address),
      (error: Error) => {
        trouble.textContent = error.message;
        button.disabled = false;
      },
    );
  });
  details.append(summary, form, trouble);
  return details;
}
