import { describe, expect, it } from 'vitest';
import { bothCalendars, fromBuddhistEra, spanLabel } from './calendar';

describe('calendar', () => {
  it('puts the reader’s calendar first', () => {
    expect(bothCalendars(2024, 'th')).toBe('พ.ศ. 2567 · 2024');
    expect(bothCalendars(2024, 'en')).toBe('2024 · พ.ศ. 2567');
  });

  it('says a span in both calendars, a single year once', () => {
    expect(spanLabel(2021, 2023, 'en')).toBe('2021–2023 · พ.ศ. 2564–2566');
    expect(spanLabel(2021, 2021, 'th')).toBe('พ.ศ. 2564 · 2021');
  });

  it('finds a Buddhist year and keeps month and day', () => {
    expect(fromBuddhistEra('2567-11-08')).toBe('2024-11-08');
    expect(fromBuddhistEra('2024-11')).toBeNull();
    expect(fromBuddhistEra('2700')).toBeNull();
  });
});
