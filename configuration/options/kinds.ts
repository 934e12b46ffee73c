/** Reference data of a Halo that configuration names: what each kind is read with. */

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

export const isOptionKind = (text: string): text is OptionKind => Object.hasOwn(KINDS, text);

export interface HaloOption {
  readonly id: number;
  readonly name: string;
}

/** The rows of a reply as options, in the order that Halo has them in; an id that has several names is there with each. */
export function optionsFrom(kind: OptionKind, rows: unknown): readonly HaloOption[] {
  const { id = 'id', name = 'name' } = optionKinds[kind];
  const found = new Map<string, HaloOption>();
  for (const row of Array.isArray(rows) ? (rows as unknown[]) : []) {
    const { [id]: key, [name]: text } = (row ?? {}) as Readonly<Record<string, unknown>>;
    const number = typeof key === 'string' && key.trim() !== '' ? Number(key) : key;
    const isOption = typeof number === 'number' && Number.isInteger(number) && typeof text === 'string';
    if (isOption) found.set(`${number} ${text}`, { id: number, name: text.replaceAll('\0', '') });
  }
  return [...found.values()];
}

/** Which options a field of a ticket holds the id of, by its last name. */
const FIELDS: Readonly<Record<string, OptionKind>> = {
  tickettype_id: 'ticket-types',
  status_id: 'statuses',
  priority_id: 'priorities',
  team_id: 'teams',
  agent_id: 'agents',
  outcome_id: 'outcomes',
  sla_id: 'slas',
};

/** The kind of option that a field such as `ticket.status_id` holds the id of; null for other fields. */
export function optionKindOf(field: string): OptionKind | null {
  const last = field.slice(field.lastIndexOf('.') + 1);
  return Object.hasOwn(FIELDS, last) ? (FIELDS[last] ?? null) : null;
}

export const fieldsWithOptions: readonly string[] = Object.keys(FIELDS);
