/**
 * Starts the longest test files first, so that none of them is left to run alone at the end, and mixes those that keep
 * the processor busy with those that wait most of their time.
 */

/** A fresh checkout knows no durations yet: folders whose files take long, longest first. */
const FIRST = ['test/faults/'];
const BUSY = ['test/cli/'];
const WAITING = ['test/worker/', 'test/triggers/', 'test/calls/', 'test/store/', 'test/api/'];

/** Spreads the second list evenly over the first. */
function mix(some, others) {
  const placed = (list) => list.map((item, index) => ({ item, at: (index + 0.5) / list.length }));
  return [...placed(some), ...placed(others)].toSorted((a, b) => a.at - b.at).map(({ item }) => item);
}

export default class Sequencer {
  sort(tests) {
    const byPath = tests.toSorted((a, b) => a.path.localeCompare(b.path));
    const within = (folders) =>
      folders.flatMap((folder) => byPath.filter(({ path }) => path.includes(`/${folder}`)));
    const slow = [...within(FIRST), ...mix(within(BUSY), within(WAITING))];
    return [...slow, ...byPath.filter((test) => !slow.includes(test))];
  }

  cacheResults() {}
}
