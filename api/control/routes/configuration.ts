/** The configuration as a file: written out, planned, applied. */
import { audit } from '../../../access/audit.ts';
import type { Deed } from '../../../access/audit.ts';
import { within } from '../../../access/principal.ts';
import type { Principal } from '../../../access/principal.ts';
import { applyFile, planFile } from '../../../configuration/apply/apply.ts';
import type { ApplyOptions } from '../../../configuration/apply/apply.ts';
import type { Plan, PlanItem } from '../../../configuration/apply/plan.ts';
import { exportConfiguration } from '../../../configuration/export/export.ts';
import { optionsOf } from '../../../configuration/options/optionsOf.ts';
import { ForbiddenError } from '../../../errors.ts';
import { demandSameHalo } from '../../../triggers/feeds/recognise.ts';
import { rereadEffects } from '../rereads.ts';
import { anything, answer, flag, listOf, oneOf, slug, text } from '../schema.ts';
import { route } from '../types.ts';
import type { Control } from '../types.ts';

interface FileBody {
  readonly file: string;
  readonly text: string;
  readonly env: Readonly<Record<string, string>>;
  readonly sameHalo: readonly string[];
}

/** Thousands of organizations are still a file. */
const FILE_BYTES = 16 * 1024 * 1024;

const body = {
  properties: {
    file: text("the file's name, as messages show it", { default: 'haloflow.yaml', maxLength: 4096 }),
    text: {
      type: 'string',
      maxLength: FILE_BYTES,
      description: 'the configuration, YAML (docs/configuration.md)',
    },
    env: {
      type: 'object',
      additionalProperties: { type: 'string' },
      default: {},
      description: 'the values of the variables that the text refers to as ${NAME}; secrets, and never kept',
    },
    sameHalo: {
      ...listOf(
        slug('a connection whose new host is the same Halo under another name'),
        'checked against known records',
      ),
      default: [],
    },
  },
  optional: ['file', 'env', 'sameHalo'],
} as const;

const plan = {
  changes: listOf(
    answer({
      op: oneOf(['+', '~', '-'], 'made, changed or deleted'),
      kind: text('organization, connection, mapping, ignored client, variable or trigger'),
      id: text('which'),
      about: text('a few words on what it is'),
      changes: listOf(
        answer({
          field: text('as the file spells it'),
          from: anything('what it is; null: nothing; "(changed)" for what is not shown'),
          to: anything('what it is to be'),
        }),
      ),
    }),
    'in the order of the file; empty when it is in force already',
  ),
  effects: listOf(text('a sentence'), 'what to know of it beside; left out when there is nothing'),
};

export const configurationRoutes = [
  route({
    id: 'configuration.export',
    method: 'GET',
    path: '/configuration/export',
    role: 'admin',
    summary: 'The file that recreates the configuration of your organizations',
    description: 'Secrets are references to variables, which `environment` lists.',
    reply: answer({
      text: text('YAML'),
      environment: listOf(
        answer({
          name: text('a variable to be set where the file is applied'),
          secret: text('what it has to hold'),
        }),
      ),
    }),
    handle: async ({ store }, { principal }) =>
      await exportConfiguration(store, (column) => within(principal, column)),
  }),
  route<object, object, FileBody>({
    id: 'configuration.plan',
    method: 'POST',
    path: '/configuration/plan',
    role: 'admin',
    summary: 'What applying a file would change; changes nothing',
    body,
    bodyLimit: FILE_BYTES,
    reply: answer({
      applied: flag('false'),
      ...plan,
      needsTemporal: flag(
        'true if Temporal has schedules of an earlier version and could not be asked when they are due; otherwise left out',
      ),
    }),
    handle: async (control, { principal, body: file }) => {
      demandAll(principal);
      const planned = await planFile(control.store, sourceOf(control, file), sameAs(control, file));
      const { effects, unasked } = await rereadEffects(control);
      return {
        applied: false,
        ...shown({ ...planned, effects: [...planned.effects, ...effects] }),
        ...(unasked ? { needsTemporal: true } : {}),
      };
    },
  }),
  route<object, object, FileBody>({
    id: 'configuration.apply',
    method: 'POST',
    path: '/configuration/apply',
    role: 'admin',
    summary: 'Bring the configuration to what a file says, in one transaction',
    body,
    bodyLimit: FILE_BYTES,
    reply: answer({ applied: flag('true'), ...plan }),
    handle: async (control, { principal, body: file }) => {
      demandAll(principal);
      const done = await applyFile(control.store, sourceOf(control, file), {
        ...sameAs(control, file),
        onApplied: (db, { items }) => audit(db, principal, items.map(deedOf)),
      });
      return { applied: true, ...shown(done) };
    },
  }),
];

/** What is said of new hosts, and how that is checked. */
const sameAs = (control: Control, { sameHalo }: FileBody): Pick<ApplyOptions, 'sameHalo' | 'recognise'> => ({
  sameHalo,
  recognise: (connection) => demandSameHalo(control, connection),
});

const shown = ({ items, effects }: Plan) => ({
  ...(effects.length > 0 ? { effects } : {}),
  changes: items.map(({ op, kind, id, about, changes }) => ({ op, kind, id, about, changes })),
});

/** A file is the whole of what an installation is to be, so nobody applies one who reaches a part only. */
function demandAll({ actor, organization }: Principal): void {
  if (organization === null) return;
  throw new ForbiddenError(
    `a file is about the whole installation, and ${actor} reaches ${organization} only: use a token of an admin without an organization`,
  );
}

const sourceOf = ({ store, halo, files }: Control, { file, text: written, env }: FileBody) => ({
  file,
  text: written,
  env,
  optionsOf: optionsOf({ store, halo }),
  ...files,
});

function deedOf({ op, kind, id, about, organization, changes }: PlanItem): Deed {
  const values = (side: 'from' | 'to'): object =>
    Object.fromEntries(changes.map((change) => [change.field, change[side]]));
  const done = { '+': 'create', '~': 'update', '-': 'delete' } as const;
  return {
    action: `configuration.apply ${done[op]}`,
    object: `${kind} ${id}`,
    organization,
    before: op === '+' ? null : op === '-' ? { about } : values('from'),
    after: op === '-' ? null : values('to'),
  };
}
