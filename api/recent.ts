/** A cache of recent values with a bounded size, whatever clients send. */
export interface Recent<V> {
  get(key: string): V | undefined;
  set(key: string, value: V): void;
  delete(key: string): void;
  /** The value of the key; if there is none, makes and keeps one. */
  entry(key: string, make: () => V): V;
}

/** A larger number pushes out the oldest. */
const MOST = 20_000;

/** Keeps each value for `ms` milliseconds after it was set. */
export function createRecent<V>(ms: number): Recent<V> {
  const known = new Map<string, { readonly value: V; readonly until: number }>();
  const recent: Recent<V> = {
    get(key) {
      const found = known.get(key);
      if (found === undefined || found.until > performance.now()) return found?.value;
      known.delete(key);
      return undefined;
    },
    set(key, value) {
      known.delete(key);
      known.set(key, { value, until: performance.now() + ms });
      const [oldest] = known.keys();
      if (known.size > MOST && oldest !== undefined) known.delete(oldest);
    },
    delete: (key) => void known.delete(key),
    entry(key, make) {
      const found = recent.get(key);
      if (found !== undefined) return found;
      const value = make();
      recent.set(key, value);
      return value;
    },
  };
  return recent;
}
