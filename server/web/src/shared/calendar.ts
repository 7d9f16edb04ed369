import type { Language } from '../words/words';

const eraGap = 543;

/** "2024" in English, "พ.ศ. 2567" in Thai. */
export function yearLabel(year: number, language: Language): string {
  return language === 'th' ? `พ.ศ. ${year + eraGap}` : String(year);
}

/** Both calendars, the reader's first. */
export function bothCalendars(year: number, language: Language): string {
  const other: Language = language === 'th' ? 'en' : 'th';
  return `${yearLabel(year, language)} · ${yearLabel(year, other)}`;
}

/** "2021–2023 · พ.ศ. 2564–2566" */
export function spanLabel(from: number, to: number, language: Language): string {
  if (from === to) return bothCalendars(from, language);
  const ce = `${from}–${to}`;
  const be = `พ.ศ. ${from + eraGap}–${to + eraGap}`;
  return language === 'th' ? `${be} · ${ce}` : `${ce} · ${be}`;
}

/** "30 พฤศจิกายน พ.ศ. 2569 เวลา 17:38", and the day in the other calendar. */
export function momentLabels(moment: Date, language: Language): { own: string; other: string } {
  const thai = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('th-TH-u-ca-buddhist', options)
      .formatToParts(moment)
      .map(({ type, value }) => (type === 'year' ? `พ.ศ. ${value}` : value))
      .join('');
  const english = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat('en-GB', options).format(moment);
  const [own, other] = language === 'th' ? [thai, english] : [english, thai];
  return { own: own({ dateStyle: 'long', timeStyle: 'short' }), other: other({ dateStyle: 'long' }) };
}

/** "2024-11-15" as "15 พฤศจิกายน พ.ศ. 2567", a month or a year likewise; nothing for what is no such day. */
export function dayOfBuddhistEra(edtf: string): string | null {
  const [, year, month, day] = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(edtf) ?? [];
  if (!year) return null;
  const date = new Date(Date.UTC(Number(year), Number(month ?? 1) - 1, Number(day ?? 1)));
  if (date.toISOString().slice(0, edtf.length) !== edtf) return null;
  const name = new Intl.DateTimeFormat('th-TH', { month: 'long', timeZone: 'UTC' }).format(date);
  return [day && String(Number(day)), month && name, yearLabel(Number(year), 'th')].filter(Boolean).join(' ');
}

/** A year of the Buddhist era written where a common one is meant: 2400 to 2643 in place of 1857 to 2100. */
export function fromBuddhistEra(edtf: string): string | null {
  const match = /^(2[4-6]\d\d)(.*)$/.exec(edtf);
  if (!match) return null;
  const year = Number(match[1]);
  return year >= 2400 && year < 2643 ? `${year - eraGap}${match[2]}` : null;
}
