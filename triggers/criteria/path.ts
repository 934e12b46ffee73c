/** What a dot path reaches in an event. */

/** `ticket.tickettype_id` in its segments. */
export function segmentsOf(field: string): string[] {
  return field.split('.');
}

/** A position in an array: `0`, `12`. */
export function isIndex(segment: string): boolean {
  return /^(0|[1-9]\d{0,8})$/.test(segment);
}

/**
 * The values at a path, missing and null ones left out. A path through an array, or to one, means any of its elements,
 * unless its next segment is an index (`tickets.0.id`). In a list of `{ name, value }` a name stands for its value, so
 * that `ticket.customfields.CFserial` reaches a custom field. Own properties only: `constructor` reaches nothing.
 */
export function valuesAt(event: unknown, field: string): unknown[] {
  let reached: unknown[] = [event];
  for (const segment of segmentsOf(field)) {
    reached = reached.flatMap((value) => step(value, segment));
    if (reached.length === 0) return [];
  }
  return reached.flatMap(elements).filter((value) => value !== null && value !== undefined);
}

function step(value: unknown, segment: string): unknown[] {
  if (!Array.isArray(value)) return property(value, segment);
  if (isIndex(segment)) return Number(segment) < value.length ? [value[Number(segment)]] : [];
  return elements(value).flatMap((element) => {
    const own = property(element, segment);
    return own.length > 0 || !isNamed(element, segment) ? own : [element.value];
  });
}

function property(value: unknown, name: string): unknown[] {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return [];
  return [(value as Record<string, unknown>)[name]];
}

function isNamed(element: unknown, name: string): element is { readonly value: unknown } {
  return property(element, 'name')[0] === name && property(element, 'value').length > 0;
}

/** Elements of an array and of those inside it, however deep: without recursion, events come from outside. */
function elements(value: unknown): unknown[] {
  if (!Array.isArray(value)) return [value];
  const found: unknown[] = [];
  const waiting: unknown[] = value.toReversed();
  while (waiting.length > 0) {
    const next: unknown = waiting.pop();
    if (Array.isArray(next)) {
      for (let index = next.length - 1; index >= 0; index -= 1) waiting.push(next[index]);
      continue;
    }
    found.push(next);
  }
  return found;
}
