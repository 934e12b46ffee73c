/** Reference data of a Halo that configuration names: what each kind is read with. */
import { storable } from '../../store/text.ts';

interface OptionKindDeclaration {
  readonly title: string;
  /** An action's id and its input. */
  readonly action: string;
  readonly input?: Readonly<Record<string, unknown>>;
  /** Properties of a row; Halo names rows in several ways. */
  readonly id?: string;
  readonly name?: string;
}

const listed = (path: string): Pick<OptionKindDeclaration, 'action' | 'input'> => ({
  action: 'halo.request',
  input: { method: 'GET', path },
});

const KINDS = {
  'ticket-types': { title: 'ticket type', action: 'ticketTypes.list' },
  statuses: { title: 'status', action: 'statuses.list' },
  // One row for each SLA: `id` is a GUID, `priorityid` what tickets have.
  priorities: { title: 'priority', ...listed('/Priority'), id: 'priorityid' },
  teams: { title: 'team', action: 'teams.list' },
  agents: { title: 'agent', action: 'agents.list', input: { includeunassigned: true } },
  categories: { title: 'category', ...listed('/Category'), name: 'value' },
  outcomes: { title: 'outcome', ...listed('/Outcome'), name: 'outcome' },
  'custom-fields': { title: 'custom field', ...listed('/FieldInfo') },
  slas: { title: 'SLA', ...listed('/SLA') },
} as const satisfies Readonly<Record<string, OptionKindDeclaration>>;

export type OptionKind = keyof typeof KINDS;

export const optionKinds: Readonly<Record<OptionKind, OptionKindDeclaration>> = KINDS;

/** What else has names that stand for ids; of one client, or of one custom field, where `of` says so. */
const LOOKUPS = {
  ...KINDS,
  clients: { title: 'client', action: 'clients.list', input: { includeinactive: true } },
  sites: { title: 'site', action: 'sites.list', of: 'client_id' },
  contacts: { title: 'contact', action: 'users.list', of: 'client_id' },
  choices: {
    title: 'choice',
    action: 'halo.request',
    input: { method: 'GET', path: '/FieldInfo', query: { includevalues: true } },
  },
} as const satisfies Readonly<Record<string, OptionKindDeclaration & { readonly of?: string }>>;

export type LookupKind = keyof typeof LOOKUPS;

export const lookups: Readonly<Record<LookupKind, OptionKindDeclaration & { readonly of?: string }>> =
  LOOKUPS;

/** The names that are looked up: of all, of one client (sites, contacts), or of one custom field (choices). */
export interface Lookup {
  readonly kind: LookupKind;
  readonly of?: number | string;
}

/** How Halo is asked for them. */
export function requestOf({ kind, of }: Lookup): {
  readonly action: string;
  readonly input: unknown;
  readonly options?: { readonly all: true };
} {
  const { action, input = {}, of: property } = lookups[kind];
  if (isOptionKind(kind) || kind === 'choices') return { action, input };
  return { action, input: { ...input, ...(property ? { [property]: of } : {}) }, options: { all: true } };
}

export const isOptionKind = (text: string): text is OptionKind => Object.hasOwn(KINDS, text);

export interface HaloOption {
  readonly id: number;
  readonly name: string;
}

/** The choices of a custom field, from the list of all; null where there is none of that name. */
export function choicesFrom(rows: unknown, field: string): readonly HaloOption[] | null {
  const named = (row: unknown): boolean =>
    String((row as { readonly name?: unknown } | null)?.name).toLowerCase() === field.toLowerCase();
  const found = (Array.isArray(rows) ? (rows as unknown[]) : []).find(named);
  return found === undefined ? null : optionsFrom('choices', (found as { readonly values?: unknown }).values);
}

/** The rows of a reply as options, in the order that Halo has them in; an id that has several names is there with each. */
export function optionsFrom(kind: LookupKind, rows: unknown): readonly HaloOption[] {
  const { id = 'id', name = 'name' } = lookups[kind];
  const found = new Map<string, HaloOption>();
  for (const row of Array.isArray(rows) ? (rows as unknown[]) : []) {
    const { [id]: key, [name]: text } = (row ?? {}) as Readonly<Record<string, unknown>>;
    const number = typeof key === 'string' && key.trim() !== '' ? Number(key) : key;
    const isOption = typeof number === 'number' && Number.isInteger(number) && typeof text === 'string';
    if (isOption) found.set(`${number} ${text}`, { id: number, name: storable(text) });
  }
  return [...found.values()];
}

/** Which options a field of an event holds the id of, by its last name. */
const FIELDS: Readonly<Record<string, LookupKind>> = {
  tickettype_id: 'ticket-types',
  status_id: 'statuses',
  priority_id: 'priorities',
  team_id: 'teams',
  agent_id: 'agents',
  outcome_id: 'outcomes',
  sla_id: 'slas',
  client_id: 'clients',
  categoryid_1: 'categories',
  categoryid_2: 'categories',
  categoryid_3: 'categories',
  categoryid_4: 'categories',
  closure_agent_id: 'agents',
  locked_by_agentid: 'agents',
  actionby_agent_id: 'agents',
  who_agentid: 'agents',
  new_agent: 'agents',
  new_approvalprocess_agent_id: 'agents',
  new_status: 'statuses',
  old_status: 'statuses',
  new_priority: 'priorities',
  new_sla_id: 'slas',
  new_tickettype: 'ticket-types',
  new_client_id: 'clients',
};

/** Halo keeps these as their text, so a name is only checked, and spelled as Halo does. */
const TEXTS = ['category_1', 'category_2', 'category_3', 'category_4'];

export interface FieldOptions extends Lookup {
  /** The field holds the name itself. */
  readonly isText: boolean;
}

/**
 * The options that a field such as `ticket.status_id` holds the id of; null for other fields. A record inside has it too
 * (`ticket.status.id`), and a custom field (`ticket.customfields.CFfloor`) the number of a choice.
 */
export function optionsOfField(field: string): FieldOptions | null {
  const [last = '', before] = field
    .split('.')
    .filter((name) => !/^\d+$/.test(name))
    .toReversed();
  if (TEXTS.includes(last)) return { kind: 'categories', isText: true };
  if (before === 'customfields') {
    return last === 'id'
      ? { kind: 'custom-fields', isText: false }
      : { kind: 'choices', of: last, isText: false };
  }
  const name = last === 'id' ? `${before}_id` : last;
  const kind = Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
  return kind === undefined ? null : { kind, isText: false };
}

export const fieldsWithOptions: readonly string[] = [...Object.keys(FIELDS), ...TEXTS];
