import { describe, expect, it } from 'vitest';
import { bothCalendars, dayOfBuddhistEra, fromBuddhistEra, momentLabels, spanLabel } from './calendar';

describe('calendar', () => {
  it('puts the reader’s calendar first', () => {
    expect(bothCalendars(2024, 'th')).toBe('พ.ศ. 2567 · 2024');
    expect(bothCalendars(2024, 'en')).toBe('2024 · พ.ศ. 2567');
  });

  it('says a span in both calendars, a single year once', () => {
    expect(spanLabel(2021, 2023, 'en')).toBe('2021–2023 · พ.ศ. 2564–2566');
    expect(spanLabel(2021, 2021, 'th')).toBe('พ.ศ. 2564 · 2021');
  });

  it('says a moment in the reader’s calendar, and its day in the other', () => {
    const moment = new Date(2026, 10, 30, 17, 38);
    expect(momentLabels(moment, 'th')).toEqual({ own: '30 พฤศจิกายน พ.ศ. 2569 เวลา 17:38', other: '30 November 2026' });
    expect(momentLabels(moment, 'en')).toEqual({ own: '30 November 2026 at 17:38', other: '30 พฤศจิกายน พ.ศ. 2569' });
  });

  it('says a day, a month or a year in the Buddhist era', () => {
    expect(dayOfBuddhistEra('2024-11-05')).toBe('5 พฤศจิกายน พ.ศ. 2567');
    expect(dayOfBuddhistEra('2024-02')).toBe('กุมภาพันธ์ พ.ศ. 2567');
    expect(dayOfBuddhistEra('2024')).toBe('พ.ศ. 2567');
    for (const other of ['', '20', '2024-1', '2024-13', '2024-00', '2023-02-29', 'soon']) expect(dayOfBuddhistEra(other)).toBeNull();
  });

  it('finds a Buddhist year and keeps month and day', () => {
    expect(fromBuddhistEra('2567-11-08')).toBe('2024-11-08');
    expect(fromBuddhistEra('2024-11')).toBeNull();
    expect(fromBuddhistEra('2700')).toBeNull();
  });
});
