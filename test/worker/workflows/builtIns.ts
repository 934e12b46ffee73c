/** Runs that write to what all runs share, runs that look for it, and runs that have names of their own for it. */

const MARK = 'of a customer of northwind';

/** As an author's own helper has it. */
function merge(into: Record<string, unknown>, from: Readonly<Record<string, unknown>>): unknown {
  for (const [key, value] of Object.entries(from)) {
    into[key] =
      typeof value === 'object' && value !== null
        ? merge((into[key] ?? {}) as Record<string, unknown>, value as Record<string, unknown>)
        : value;
  }
  return into;
}

const broken = (): never => {
  throw new Error(MARK);
};
const generator = (function* () {})();
const iterator = [][Symbol.iterator]();
const above = (value: unknown): Record<string, unknown> =>
  Object.getPrototypeOf(value) as Record<string, unknown>;
const writes = (owner: unknown, key: PropertyKey, value: unknown): void => {
  (owner as Record<PropertyKey, unknown>)[key] = value;
};

export const WRITES: Readonly<Record<string, () => unknown>> = {
  'a body with __proto__': () =>
    merge({ severity: 'low' }, JSON.parse(`{"__proto__":{"customer":"${MARK}"}}`)),
  'a body that makes an accessor': () => merge({}, JSON.parse('{"__proto__":{"get":1,"value":{"a":1}}}')),
  'a body with constructor.prototype': () =>
    merge({}, JSON.parse(`{"constructor":{"prototype":{"customer":"${MARK}"}}}`)),
  'a property of all lists': () => writes(Array.prototype, 'lastCustomer', MARK),
  'an index of all lists': () => writes(Array.prototype, 3, MARK),
  'the map of all lists': () => writes(Array.prototype, 'map', broken),
  'the push of all lists': () => writes(Array.prototype, 'push', broken),
  'the iterator of all lists': () => writes(Array.prototype, Symbol.iterator, broken),
  'the next of all iterators of lists': () => writes(above(iterator), 'next', broken),
  'a property of all generators': () => writes(above(above(generator)), 'customer', MARK),
  'a property of all async functions': () =>
    writes(
      above(async () => {}),
      'customer',
      MARK,
    ),
  'the then of all promises': () => writes(Promise.prototype, 'then', broken),
  'the all of promises': () => writes(Promise, 'all', broken),
  'the toString of all objects': () => writes(Object.prototype, 'toString', broken),
  'a symbol of all objects': () => writes(Object.prototype, Symbol.toPrimitive, broken),
  'the keys of objects': () => writes(Object, 'keys', broken),
  'the name of all errors': () => writes(Error.prototype, 'name', MARK),
  'the message of all TypeErrors': () => writes(TypeError.prototype, 'message', MARK),
  'the trim of all texts': () => writes(String.prototype, 'trim', broken),
  'a property of all numbers': () => writes(Number.prototype, 'customer', MARK),
  'the get of all maps': () => writes(Map.prototype, 'get', broken),
  'the exec of all expressions': () => writes(RegExp.prototype, 'exec', broken),
  'the call of all functions': () => writes(Function.prototype, 'call', broken),
  'a property of all dates': () => writes(Date.prototype, 'customer', MARK),
  'the stringify of JSON': () => writes(JSON, 'stringify', broken),
  'the max of Math': () => writes(Math, 'max', broken),
  'a property of all typed lists': () => writes(above(Uint8Array.prototype), 'customer', MARK),
  'a property of all URLs': () => writes(URL.prototype, 'customer', MARK),
  'a property of a function of ours': () => writes(Array.prototype.map, 'customer', MARK),
  'another prototype of all lists': () => Object.setPrototypeOf(Array.prototype, { customer: MARK }),
  'a definition': () => Object.defineProperty(above({}), 'customer', { get: () => MARK }),
  'a deletion': () => Reflect.deleteProperty(Array.prototype, 'map') || broken(),
};

export async function writesToAll(what: string): Promise<string> {
  WRITES[what]?.();
  return Promise.resolve('written');
}

/** What another run has left where this one can see it. */
export async function looksForMarks(): Promise<readonly string[]> {
  const found: string[] = [];
  const known = new Set<unknown>();
  const waiting: [string, unknown][] = Object.getOwnPropertyNames(globalThis)
    .filter((name) => !name.startsWith('__') && name !== 'globalThis')
    .map((name) => [name, (globalThis as Record<string, unknown>)[name]]);
  waiting.push(['generator', generator], ['iterator', iterator], ['async', async () => {}]);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [path, value] = next;
    if (value === MARK || value === broken) found.push(path);
    if (value === null || (typeof value !== 'object' && typeof value !== 'function')) continue;
    if (known.has(value)) continue;
    known.add(value);
    for (const key of Reflect.ownKeys(value)) {
      const property = Object.getOwnPropertyDescriptor(value, key);
      if (String(key) === 'customer' || String(key) === 'lastCustomer') found.push(`${path}.${String(key)}`);
      waiting.push([`${path}.${String(key)}`, property?.value]);
    }
    waiting.push([`above ${path}`, Object.getPrototypeOf(value)]);
  }
  const { customer } = {} as { customer?: unknown };
  if (customer !== undefined) found.push('an object');
  return await Promise.resolve([1].map(() => found).flat());
}

class Mine extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Mine';
    this.message = `${message}!`;
  }
}

interface Old {
  toString(): string;
}
function Old(this: Old) {
  this.toString = () => 'old';
}

/** Names of one's own for what all objects have. */
export async function hasItsOwn(): Promise<unknown> {
  const error = new Mine('no');
  const old = Reflect.construct(Old, []) as Old;
  const list = Object.assign([1], { toString: () => 'list', push: () => 7 });
  const record: Record<string, unknown> = {};
  for (const key of ['constructor', 'toString', 'valueOf', 'hasOwnProperty', '__customer']) record[key] = key;
  const bare = Object.create(null) as Record<string, unknown>;
  bare['toString'] = 1;
  Old.prototype.name = 'Old';
  return await Promise.resolve({
    error: `${error.name}: ${error.message}`,
    old: String(old),
    list: [String(list), list.push()],
    record: JSON.stringify(record),
    keys: Object.keys(record),
    bare: bare['toString'],
    name: (Old.prototype as { name?: string }).name,
  });
}
