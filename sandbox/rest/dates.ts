/** What Halo shows where a date was never set. */
export const NO_DATE = '1899-12-30T00:00:00';

const DATE = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,7}))?)?)?(Z|[+-]\d\d:?\d\d)?$/;

/** A moment as Halo writes it: UTC without a zone, zeros at the end of the milliseconds trimmed. */
export function haloDate(milliseconds: number): string {
  return new Date(milliseconds)
    .toISOString()
    .slice(0, -1)
    .replace(/\.?0+$/, '');
}

/** Milliseconds since 1970 of a date as clients send it (no zone means UTC), or null when it is none. */
export function parseHaloDate(text: string): number | null {
  const match = DATE.exec(text.trim());
  if (!match) return null;
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '', zone = 'Z'] = match;
  const time = `${hour}:${minute}:${second}.${fraction.slice(0, 3).padEnd(3, '0')}`;
  const offset = zone === 'Z' || zone.includes(':') ? zone : `${zone.slice(0, 3)}:${zone.slice(3)}`;
  const milliseconds = Date.parse(`${year}-${month}-${day}T${time}${offset}`);
  return Number.isNaN(milliseconds) ? null : milliseconds;
}

/** True for text that names a day without a time. */
export function isDayOnly(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text.trim());
}
