#!/usr/bin/env node
// The `haloflow` command. Written so that old versions of Node can read it, and nothing is imported before its version is known to do.
const NEEDED = [20, 20];

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < NEEDED[0] || (major === NEEDED[0] && minor < NEEDED[1])) {
  process.stderr.write(
    `haloflow needs Node ${NEEDED.join('.')} or newer; this is Node ${process.versions.node} (${process.execPath}). ` +
      'Install a newer one from https://nodejs.org.\n',
  );
  process.exit(1);
}
import('./load.js')
  .then(({ load }) => load('cli/main'))
  .then(({ main }) => main(process.argv))
  .catch((error) => {
    process.stderr.write(`${(error && error.stack) || error}\n`, () => process.exit(1));
  });
