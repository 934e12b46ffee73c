// What the bundle of the feeds worker exports: haloflow's system workflows, as `haloflow:` and the name of their file.
// Only webpack reads this file; worker/bundle.ts says which folder the name stands for.
const folder = require.context('haloflow-system', false, /^\.\/[^.]+\.[jt]s$/);
for (const file of folder.keys()) {
  const name = file.slice(2, -3);
  exports[`haloflow:${name}`] = folder(file)[name];
}
