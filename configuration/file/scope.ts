/** Where a reader is in the YAML file, and where it leaves what it finds. */
import { isAlias, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import type { Document, Node } from 'yaml';
import { maskReferences, unmaskReferences } from './environment.ts';
import type { Environment } from './environment.ts';
import type { Problem } from './problems.ts';

/** Brings an address as people paste it into the stored form; throws an Error that says what is wrong with it. */
export type NormaliseServer = (
  text: string,
  about: { readonly field: 'resourceServer' | 'authServer'; readonly onPremise: boolean },
) => string;

export interface ConfigurationFile {
  /** The file's name, as messages show it. */
  readonly file: string;
  readonly text: string;
  /** Where `${NAME}` is looked up. */
  readonly env: Environment;
  readonly normaliseServer: NormaliseServer;
}

/** One value in the file. */
export interface Spot {
  /** `connections.northwind-halo.clientId`; empty for the whole file. */
  readonly path: string;
  readonly node: Node | null;
  /** Where it, or the key it belongs to, starts: characters from the start of the file. */
  readonly offset: number;
}

/** Collects problems and places while a file is read. */
export interface Scope {
  readonly source: ConfigurationFile;
  readonly document: Document;
  readonly problems: Problem[];
  /** Where each path starts: `my.yaml:12:5`. */
  readonly places: Map<string, string>;
  /** Paths whose value came from the environment and is not to be shown. */
  readonly hidden: Set<string>;
  placeOf(offset: number): string;
  report(spot: Spot, message: string): void;
}

/** Parses the YAML; its syntax errors are the first problems of the scope. */
export function openScope(source: ConfigurationFile): Scope {
  const lineCounter = new LineCounter();
  const document = parseDocument(maskReferences(source.text), {
    lineCounter,
    // Pretty errors would quote the file, and with it whatever somebody wrote there in clear.
    prettyErrors: false,
    // Found by the readers, which name the key and both places.
    uniqueKeys: false,
  });
  visit(document, {
    Scalar(_, scalar) {
      if (typeof scalar.value === 'string') scalar.value = unmaskReferences(scalar.value);
    },
  });
  const placeOf = (offset: number): string => {
    const { line, col } = lineCounter.linePos(offset);
    return `${source.file}:${line}:${col}`;
  };
  const problems: Problem[] = [];
  let reported = 0;
  for (const error of [...document.errors, ...document.warnings]) {
    // The first error of a line is the mistake, the others are its echo.
    const { line } = lineCounter.linePos(error.pos[0]);
    if (line === reported) continue;
    reported = line;
    const several = error.code === 'MULTIPLE_DOCS';
    const message = several
      ? 'a second document starts here; one is expected'
      : unmaskReferences(error.message);
    problems.push({ place: placeOf(error.pos[0]), message: `not valid YAML: ${message}` });
  }
  return {
    source,
    document,
    problems,
    places: new Map(),
    hidden: new Set(),
    placeOf,
    report({ path, offset }, message) {
      problems.push({ place: placeOf(offset), message: path === '' ? message : `${path}: ${message}` });
    },
  };
}

/** The value behind an alias, or the value itself; null for nothing, and for an alias without an anchor. */
export function follow(node: unknown, scope: Scope): Node | null {
  const target = isAlias(node) ? node.resolve(scope.document) : node;
  if (target === null || target === undefined) return null;
  // A document made by parseDocument holds nodes only.
  const value = target as Node;
  return isScalar(value) && value.value === null ? null : value;
}
