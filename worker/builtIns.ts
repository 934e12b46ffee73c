/**
 * Makes JavaScript's built-in objects read-only before any workflow is loaded. All runs of a worker share them, so what one
 * run wrote to `Object.prototype` (a deep merge of a body with `__proto__` is enough) or `Array.prototype.map` would be seen
 * by the runs of every other tenant. Whoever tries gets a TypeError.
 *
 * Loaded first of all into the sandbox of workflows, once for each.
 */

/** What objects of one's own often have under the name of something built in: assigning to them goes on as usual. */
const OFTEN_OVERRIDDEN: ReadonlySet<PropertyKey> = new Set([
  'constructor',
  'toString',
  'toLocaleString',
  'valueOf',
  'toJSON',
  'name',
  'message',
  'stack',
  'push',
  'concat',
  'then',
]);

function makeReadOnly(root: object): void {
  const known = new Set<object>();
  const waiting: unknown[] = [root];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (!isObject(next) || known.has(next)) continue;
    known.add(next);
    waiting.push(Object.getPrototypeOf(next));
    for (const key of Reflect.ownKeys(next)) {
      const property = Object.getOwnPropertyDescriptor(next, key);
      if (!property) continue;
      waiting.push(...(Object.values(property) as unknown[]));
      if (next === Object.prototype || OFTEN_OVERRIDDEN.has(key)) letBeOverridden(next, key, property);
    }
    Object.freeze(next);
  }
}

/** A read-only property keeps objects that inherit it from having one of their own by assignment; an accessor does not. */
function letBeOverridden(owner: object, key: PropertyKey, property: PropertyDescriptor): void {
  if (!property.configurable || !property.writable) return;
  const { value, enumerable } = property as { readonly value: unknown; readonly enumerable: boolean };
  Object.defineProperty(owner, key, {
    enumerable,
    configurable: false,
    get: () => value,
    set(this: unknown, assigned: unknown) {
      if (this === owner || !isObject(this)) {
        throw new TypeError(`Cannot assign to read only property '${String(key)}' of a built-in object`);
      }
      Object.defineProperty(this, key, {
        value: assigned,
        writable: true,
        enumerable: true,
        configurable: true,
      });
    },
  });
}

const isObject = (value: unknown): value is object =>
  (typeof value === 'object' && value !== null) || typeof value === 'function';

/** Those of this sandbox; what Node lends it (URL, TextEncoder) descends from objects of the worker's own. */
const isOurs = (value: object): boolean => {
  let top = value;
  for (;;) {
    const above: unknown = Object.getPrototypeOf(top);
    if (!isObject(above)) return top === Object.prototype;
    top = above;
  }
};

/** Built in, but under no name. */
const unnamed = [
  function* () {},
  async function () {},
  async function* () {},
  [][Symbol.iterator](),
  new Map()[Symbol.iterator](),
  new Set()[Symbol.iterator](),
  ''[Symbol.iterator](),
  ''.matchAll(/x/g),
];

for (const name of Object.getOwnPropertyNames(globalThis)) {
  if (name === 'globalThis' || name.startsWith('__')) continue;
  const value: unknown = Object.getOwnPropertyDescriptor(globalThis, name)?.value;
  if (!isObject(value)) continue;
  if (isOurs(value)) makeReadOnly(value);
  else if (typeof value === 'function' && isObject(value.prototype)) Object.freeze(value.prototype);
}
for (const value of unnamed) makeReadOnly(Object.getPrototypeOf(value) as object);
