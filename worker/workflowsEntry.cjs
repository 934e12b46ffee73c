// What the workflow bundle exports: haloflow's own workflows and, beside them, the author's. Only webpack reads this
// file (require.context is its word); worker/bundle.ts says which folders the two names stand for.
const folders = [
  require.context('haloflow-own', false, /^\.\/[^.]+\.[jt]s$/),
  require.context('haloflow-authored', false, /^\.\/[^.]+\.[jt]s$/),
];
for (const folder of folders) {
  for (const file of folder.keys()) Object.assign(exports, folder(file));
}
