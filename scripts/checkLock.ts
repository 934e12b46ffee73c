/**
 * Part of `npm run check`: ensures that `npm ci` installs what was reviewed. Every package in the lock file must have the
 * hash of its archive, so that no mirror can replace it, and package.json must say whether each install script may run.
 */
import { readFileSync } from 'node:fs';

interface Locked {
  readonly integrity?: string;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
}

const read = (file: string): unknown =>
  JSON.parse(readFileSync(new URL(`../${file}`, import.meta.url), 'utf8'));

const { packages } = read('package-lock.json') as { readonly packages: Readonly<Record<string, Locked>> };
const { allowScripts } = read('package.json') as { readonly allowScripts: Readonly<Record<string, boolean>> };

const nameOf = (place: string): string =>
  place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);

const problems = Object.entries(packages).flatMap(([place, { integrity, link, hasInstallScript }]) => {
  if (place === '' || link === true) return [];
  return [
    ...(integrity === undefined
      ? [
          `${place} has no hash. Delete its entry and run \`npm install --package-lock-only\`, which writes it again.`,
        ]
      : []),
    ...(hasInstallScript === true && allowScripts[nameOf(place)] === undefined
      ? [
          `${place} has an install script. Read it, and set in allowScripts of package.json whether it may run: ` +
            `\`npm install-scripts approve ${nameOf(place)}\`, or deny.`,
        ]
      : []),
  ];
});

for (const problem of problems) process.stderr.write(`package-lock.json: ${problem}\n`);
process.exitCode = problems.length > 0 ? 1 : 0;
