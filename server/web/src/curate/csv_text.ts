// CSV as RFC 4180 has it, each field with the place where it stands, so that one cell can be changed and the rest stays
// byte for byte as the curator wrote it.

export interface Field {
  value: string;
  begin: number;
  end: number;
}

export interface Row {
  /** Of the file, from 1, where the row begins. */
  line: number;
  fields: Field[];
}

export function rows(text: string): Row[] {
  const result: Row[] = [];
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  let line = 1;
  while (at < text.length) {
    const row: Row = { line, fields: [] };
    for (;;) {
      const begin = at;
      let value = '';
      if (text[at] === '"') {
        at++;
        while (at < text.length && !(text[at] === '"' && text[at + 1] !== '"')) {
          if (text[at] === '"') at++;
          if (text[at] === '\n') line++;
          value += text[at++];
        }
        at++;
      } else {
        while (at < text.length && !',\r\n'.includes(text[at] ?? '')) value += text[at++];
      }
      row.fields.push({ value, begin, end: Math.min(at, text.length) });
      if (text[at] !== ',') break;
      at++;
    }
    if (text[at] === '\r') at++;
    if (text[at] === '\n') at++;
    line++;
    if (row.fields.length > 1 || row.fields[0]?.value !== '') result.push(row);
  }
  return result;
}

/** The text with one field changed, quoted if it has to be. */
export function withField(text: string, field: Field, value: string): string {
  const written = /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
  return text.slice(0, field.begin) + written + text.slice(field.end);
}
