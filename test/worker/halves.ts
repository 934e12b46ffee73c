/** Texts with half a character in them. */

export const HALF = '\ud83e';

/** So many UTF-16 units of a filler, with half a character at a place. */
export function halfAt(place: number, length: number, filler = 'a'): string {
  const whole = filler.repeat(Math.ceil(length / filler.length));
  return `${whole.slice(0, place)}${HALF}${whole.slice(place, Math.max(place, length - 1))}`;
}
