/** What several share by turns: trees of organizations, in each of them its organizations, and so on down a path. */

/** Items by whose they are. A path says that, from the root down; all paths of one kind of item end at the same kind of end. */
export class Shares<T> {
  readonly #items: T[] = [];
  /** In the order of turns: who has had one goes to the end. */
  readonly #parts = new Map<string, Shares<T>>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  sizeOf(path: readonly string[]): number {
    return this.#at(path)?.size ?? 0;
  }

  add(path: readonly string[], item: T): void {
    const [first, ...rest] = path;
    this.#size += 1;
    if (first === undefined) return void this.#items.push(item);
    const part = this.#parts.get(first) ?? new Shares<T>();
    this.#parts.set(first, part);
    part.add(rest, item);
  }

  /** Takes one out, by turns on each level, and among the items of one path the oldest. */
  next(): T | undefined {
    const [turn] = this.#parts;
    if (!turn) return this.#took(this.#items.shift());
    const [name, part] = turn;
    const item = part.next();
    this.#parts.delete(name);
    if (part.size > 0) this.#parts.set(name, part);
    return this.#took(item);
  }

  remove(path: readonly string[], item: T): void {
    const [first, ...rest] = path;
    if (first === undefined) {
      const at = this.#items.indexOf(item);
      if (at !== -1) this.#took(this.#items.splice(at, 1)[0]);
      return;
    }
    this.#inPart(first, (part) => {
      const before = part.size;
      part.remove(rest, item);
      return before > part.size ? item : undefined;
    });
  }

  /**
   * Takes the newest of the largest part out, for one more at `path`; undefined where no part, on any level, has at least two
   * more than the newcomer's own. The first `common` names of the path are given: only what is below them gives way.
   */
  giveWay(path: readonly string[], common = 0): T | undefined {
    const [first = '', ...rest] = path;
    if (common > 0) return this.#inPart(first, (part) => part.giveWay(rest, common - 1));
    const largest = this.#largest();
    if (largest === null) return undefined;
    const own = this.#parts.get(first)?.size ?? 0;
    if (this.sizeOf([largest]) > own + 1) return this.#inPart(largest, (part) => part.#giveOne());
    return this.#inPart(first, (part) => part.giveWay(rest));
  }

  #giveOne(): T | undefined {
    const largest = this.#largest();
    if (largest === null) return this.#took(this.#items.pop());
    return this.#inPart(largest, (part) => part.#giveOne());
  }

  #largest(): string | null {
    const parts = [...this.#parts].toSorted(([, a], [, b]) => b.size - a.size);
    return parts[0]?.[0] ?? null;
  }

  #at([first, ...rest]: readonly string[]): Shares<T> | undefined {
    if (first === undefined) return this;
    const part = this.#parts.get(first);
    return part && part.#at(rest);
  }

  #inPart(name: string, take: (part: Shares<T>) => T | undefined): T | undefined {
    const part = this.#parts.get(name);
    if (!part) return undefined;
    const item = take(part);
    if (part.size === 0) this.#parts.delete(name);
    return this.#took(item);
  }

  #took(item: T | undefined): T | undefined {
    if (item !== undefined) this.#size -= 1;
    return item;
  }
}
