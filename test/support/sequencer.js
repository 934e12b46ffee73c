/** Starts the longest test files first, so that none of them is left to run alone at the end. */

/** Folders whose files take long, longest first; a fresh checkout knows no durations yet. */
const SLOW = [
  'test/faults/',
  'test/cli/',
  'test/worker/',
  'test/triggers/',
  'test/calls/',
  'test/store/',
  'test/api/',
];

const rankOf = ({ path }) => {
  const rank = SLOW.findIndex((folder) => path.includes(`/${folder}`));
  return rank === -1 ? SLOW.length : rank;
};

export default class Sequencer {
  sort(tests) {
    return [...tests].sort((a, b) => rankOf(a) - rankOf(b) || a.path.localeCompare(b.path));
  }

  cacheResults() {}
}
