/** Where a reader is in the YAML file, and where it leaves what it finds. */
import { isAlias, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import type { Document, Node } from 'yaml';
import type { OptionsOf } from '../options/source.ts';
import { maskReferences } from './environment.ts';
import type { Environment } from './environment.ts';
import type { Problem } from './problems.ts';

/** Brings an address as people paste it into the stored form; throws an Error that says what is wrong with it. */
export type NormaliseServer = (
  text: string,
  about: { readonly field: 'resourceServer' | 'authServer'; readonly onPremise: boolean },
) => string;

/**
 * The names of the workflows that a worker here would run; throws ConfigurationError when their code does not compile.
 */
type WorkflowNames = () => Promise<readonly string[]>;

export interface ConfigurationText {
  /** The file's name, as messages show it. */
  readonly file: string;
  readonly text: string;
  /** Where `${NAME}` is looked up. */
  readonly env: Environment;
  readonly normaliseServer: NormaliseServer;
}

/** A text and what it is held against. */
export interface ConfigurationFile extends ConfigurationText {
  /** Asked only for a file that has triggers. */
  readonly workflowNames: WorkflowNames;
  /** Throws ConfigurationError if no worker could start with the workflows here; left out: not checked. */
  readonly checkWorkflows?: () => Promise<void>;
  /** Asked only for a file that has names where ids are meant; left out, such a file is refused. */
  readonly optionsOf?: OptionsOf;
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
  readonly source: ConfigurationText;
  readonly document: Document;
  readonly problems: Problem[];
  /** Where each path starts: `my.yaml:12:5`. */
  readonly places: Map<string, string>;
  /** Paths whose value came from the environment and is not to be shown. */
  readonly hidden: Set<string>;
  placeOf(offset: number): string;
  report(spot: Spot, message: string): void;
  /** Reports a value that cannot be kept as it is written; what else is wrong with it has the same cause. */
  reportUnread(spot: Spot, message: string): void;
  /** Reports what was found wrong inside a value that was read: at the nearest place that the file has for it. */
  reportAt(
    path: string,
    problem: { readonly path: readonly (string | number)[]; readonly message: string },
  ): void;
}

/** Parses the YAML; its syntax errors are the first problems of the scope. */
export function openScope(source: ConfigurationText): Scope {
  const lineCounter = new LineCounter();
  const { yaml, unmask } = maskReferences(source.text);
  const document = parseDocument(yaml, {
    lineCounter,
    // Pretty errors would quote the file, and with it whatever somebody wrote there in clear.
    prettyErrors: false,
    // Found by the readers, which name the key and both places.
    uniqueKeys: false,
  });
  visit(document, {
    Scalar(_, scalar) {
      if (typeof scalar.value === 'string') scalar.value = unmask(scalar.value);
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
    const message = several ? 'a second document starts here; one is expected' : unmask(error.message);
    problems.push({ place: placeOf(error.pos[0]), message: `not valid YAML: ${message}` });
  }
  const places = new Map<string, string>();
  const hidden = new Set<string>();
  const unread = new Set<string>();
  const report: Scope['report'] = ({ path, offset }, message) => {
    problems.push({ place: placeOf(offset), message: path === '' ? message : `${path}: ${message}` });
  };
  return {
    source,
    document,
    problems,
    places,
    hidden,
    placeOf,
    report,
    reportUnread(spot, message) {
      unread.add(spot.path);
      report(spot, message);
    },
    reportAt(top, { path, message }) {
      const full = [top, ...path.map((step) => (typeof step === 'number' ? step + 1 : step))].join('.');
      if (unread.has(full)) return;
      // A message about a value from the environment may quote it.
      const said = isHiddenIn(hidden, full) ? 'the value from the environment does not fit here' : message;
      problems.push({ place: nearestPlace(places, full) ?? source.file, message: `${full}: ${said}` });
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

/** Whether the value at the path, or one inside it, came from the environment and is not to be shown. */
export function isHiddenIn(hidden: ReadonlySet<string>, path: string): boolean {
  return [...hidden].some((one) => one === path || one.startsWith(`${path}.`));
}

/** The place of a path, or else of the nearest above it; undefined where the file says nothing of it. */
function nearestPlace(places: ReadonlyMap<string, string>, path: string): string | undefined {
  const place = places.get(path);
  if (place !== undefined || !path.includes('.')) return place;
  return nearestPlace(places, path.slice(0, path.lastIndexOf('.')));
}
