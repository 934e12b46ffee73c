/** How much a reader of texts does, counted and not timed: what it asks of strings and regular expressions. */

type Method = (this: unknown, ...given: unknown[]) => unknown;

/** Each call counts one, and every character that it has gone through for certain another. */
const COUNTED: readonly [
  object,
  string,
  (self: unknown, given: readonly unknown[], result: unknown) => number,
][] = [
  [RegExp.prototype, 'exec', (_self, _given, result) => (result as RegExpExecArray | null)?.[0].length ?? 0],
  [RegExp.prototype, 'test', () => 0],
  [String.prototype, 'slice', (_self, _given, result) => (result as string).length],
  [String.prototype, 'indexOf', (self, [, from = 0], result) => walked(self, from, result)],
  [String.prototype, 'lastIndexOf', (self, [, from], result) => walkedBack(self, from, result)],
  [String.prototype, 'trim', (self) => (self as string).length],
  [String.prototype, 'charCodeAt', () => 0],
  [Map.prototype, 'get', () => 0],
  [Map.prototype, 'set', () => 0],
  [Array.prototype, 'push', () => 0],
  [JSON, 'parse', (_self, [text]) => String(text).length],
];

/** Runs `body` and answers with the work that it took. */
export function workOf(body: () => void): number {
  let work = 0;
  const restored = COUNTED.map(([owner, name, more]) => {
    const holder = owner as Record<string, Method>;
    const original = holder[name] as Method;
    holder[name] = function counted(this: unknown, ...given): unknown {
      work += 1;
      const result = original.apply(this, given);
      work += more(this, given, result);
      return result;
    };
    return () => {
      holder[name] = original;
    };
  });
  try {
    body();
  } finally {
    for (const restore of restored) restore();
  }
  return work;
}

function walked(self: unknown, from: unknown, result: unknown): number {
  return (result === -1 ? (self as string).length : (result as number)) - (from as number);
}

function walkedBack(self: unknown, from: unknown, result: unknown): number {
  return ((from as number | undefined) ?? (self as string).length) - (result as number);
}
