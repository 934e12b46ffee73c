/** What a resource asks of a token: an ordinary area of Halo, or one of the four groups with rules of their own. */
export type Area =
  | 'tickets'
  | 'calendar'
  | 'customers'
  | 'contracts'
  | 'suppliers'
  | 'items'
  | 'projects'
  | 'sales'
  | 'quotes'
  | 'invoices'
  | 'reporting'
  | 'kb'
  | 'assets'
  | Group;

/** `lookups`: lists that every form needs (ticket types, statuses, priorities …). */
type Group = 'agents' | 'teams' | 'lookups' | 'webhooks' | 'setup';

type Right = 'read' | 'edit';

/** Scopes that open a group, beside `all`; the vendor pages name `all:teams` and `admin:webhooks`. */
const GROUPS: Readonly<Record<Group, Readonly<Record<Right, readonly string[]>>>> = {
  agents: { read: ['all:standard', 'admin'], edit: ['admin'] },
  teams: { read: ['all:teams', 'admin'], edit: ['all:teams', 'admin'] },
  lookups: {
    read: ['all:standard', 'admin', 'read:tickets', 'edit:tickets', 'read:assets', 'edit:assets'],
    edit: ['admin'],
  },
  webhooks: { read: ['admin', 'admin:webhooks'], edit: ['admin', 'admin:webhooks'] },
  setup: { read: ['all:standard', 'admin'], edit: ['admin'] },
};

const isGroup = (area: Area): area is Group => area in GROUPS;

/** Whether a token with these scopes may read or change an area. A right to edit includes reading. */
export function permits(scopes: readonly string[], area: Area, right: Right): boolean {
  if (scopes.includes('all')) return true;
  if (isGroup(area)) return GROUPS[area][right].some((scope) => scopes.includes(scope));
  if (scopes.includes('all:standard')) return true;
  return scopes.includes(`edit:${area}`) || (right === 'read' && scopes.includes(`read:${area}`));
}

/** Whether holding one scope means holding the other as well. */
function includes(held: string, wanted: string): boolean {
  if (held === wanted || held === 'all') return true;
  if (held === 'all:standard') return /^(read|edit):/.test(wanted);
  if (held === 'admin') return wanted.startsWith('admin:');
  return held.startsWith('edit:') && wanted === held.replace('edit:', 'read:');
}

/** The scopes of a token: what was asked for, as far as the application has it. Nothing asked means everything. */
export function grantedScopes(requested: string | undefined, allowed: string): readonly string[] {
  const held = allowed.split(/\s+/).filter(Boolean);
  const wanted = (requested ?? '').split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return held;
  const direct = wanted.filter((scope) => held.some((own) => includes(own, scope)));
  const narrowed = held.filter((own) => wanted.some((scope) => includes(scope, own)));
  return [...new Set([...direct, ...narrowed])];
}
