/** Which test files need what globalSetup.js starts and makes: those that import what asks for it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const TESTS = fileURLToPath(new URL('..', import.meta.url));
const ASKS =
  /HALOFLOW_TEST_(DATABASE_URL|TEMPORAL_ADDRESS)|\b(bundleWorkflows|openTemporal|temporalBinary)\b|cli\/haloflow\.js/;

/** @type {Map<string, boolean>} */
const known = new Map();

function needsServers(file) {
  const found = known.get(file);
  if (found !== undefined) return found;
  known.set(file, false);
  const text = readFileSync(file, 'utf8');
  const imported = [...text.matchAll(/(?:from|import\() ?'(\.{1,2}\/[^']+\.ts)'/g)].map(([, name]) =>
    path.resolve(path.dirname(file), name),
  );
  const needs =
    ASKS.test(text) ||
    imported.some((name) => name.startsWith(TESTS) && existsSync(name) && needsServers(name));
  known.set(file, needs);
  return needs;
}

const files = readdirSync(TESTS, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.test.ts'))
  .map((name) => path.join(TESTS, name));

export const withServers = files.filter(needsServers);
export const withoutServers = files.filter((file) => !needsServers(file));
