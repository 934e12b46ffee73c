/** What a feed asks Halo, and the rows that come back. */
import type { FeedKind } from '../types.ts';
import type { HaloPort } from '../haloPort.ts';

interface Source {
  readonly list: string;
  readonly get: string;
  readonly domain: string;
}

/** Halo keeps all three in one table, with one sequence of ids; the domain tells them apart. */
export const SOURCES: Readonly<Record<FeedKind, Source>> = {
  tickets: { list: 'tickets.list', get: 'tickets.get', domain: 'reqs' },
  projects: { list: 'projects.list', get: 'projects.get', domain: 'prjs' },
  opportunities: { list: 'opportunities.list', get: 'opportunities.get', domain: 'opps' },
};

/** A record as lists show it. */
export interface FeedRow {
  readonly id: number;
  /** When Halo says that it was created; null when it does not say. Writable in Halo, so a hint and no proof. */
  readonly occurredAt: Date | null;
  /** When Halo says that it was last changed; null when it does not say. */
  readonly changedAt: Date | null;
  /** By which haloflow knows its own; null where the list does not show it. */
  readonly stamp: string | null;
}

export interface FeedAddress {
  readonly connection: string;
  readonly kind: FeedKind;
}

/** What reading a feed needs. */
export interface Reading {
  readonly halo: HaloPort;
  readonly lane?: 'feed' | 'interactive';
  readonly signal?: AbortSignal;
  /** The id of the Halo that is meant. */
  readonly of?: string | undefined;
  /** Told what Halo's clock says, milliseconds since 1970. */
  readonly onClock?: (now: number) => void;
}

/** Halo shows dates that were never set as 1899-12-30 or 1901-01-01. */
const NEVER = Date.UTC(1902, 0, 1);

/** A date of Halo's, which means UTC where it names no zone; null for what is none. */
export function haloDate(value: unknown): Date | null {
  if (typeof value !== 'string') return null;
  const date = new Date(/(Z|[+-]\d\d:?\d\d)$/.test(value) ? value : `${value}Z`);
  return Number.isNaN(date.getTime()) || date.getTime() < NEVER ? null : date;
}

/** A time for Halo's filters: UTC, no zone. */
export const haloTime = (date: Date): string => date.toISOString().slice(0, 19);

/** What Halo has for ids, and the columns of ours that hold them. */
const LARGEST_ID = 2 ** 31 - 1;

/** An id as Halo writes them: 21, 21.0 or "21"; null for -1 ("not set") and what is none. */
export function recordId(value: unknown): number | null {
  if (typeof value !== 'number' && (typeof value !== 'string' || value.trim() === '')) return null;
  const id = Number(value);
  return Number.isInteger(id) && id > 0 && id <= LARGEST_ID ? id : null;
}

/** One list call; rows without a usable id are left out. */
export async function listRows(
  { halo, lane = 'feed', signal, of, onClock }: Reading,
  { connection, kind }: FeedAddress,
  request: {
    readonly input: Readonly<Record<string, unknown>>;
    readonly all?: boolean;
    readonly onTotal?: (total: number) => void;
  },
): Promise<FeedRow[]> {
  const { list, domain } = SOURCES[kind];
  const rows = await halo.call({
    connection,
    action: list,
    input: { domain, order: 'id', orderdesc: true, ...request.input },
    options: {
      fields: ['id', 'dateoccurred', 'last_update', 'third_party_id_string'],
      ...(request.all ? { all: true } : {}),
    },
    lane,
    ...(onClock ? { onClock } : {}),
    ...(request.onTotal ? { onTotal: request.onTotal } : {}),
    ...(of === undefined ? {} : { halo: of }),
    ...(signal ? { signal } : {}),
  });
  // The Halo client answers lists with an array of rows.
  return (rows as readonly Readonly<Record<string, unknown>>[]).flatMap((row) => {
    const id = recordId(row['id']);
    const { dateoccurred, last_update: changed, third_party_id_string: stamp } = row;
    if (id === null) return [];
    return [
      {
        id,
        occurredAt: haloDate(dateoccurred),
        changedAt: haloDate(changed),
        stamp: typeof stamp === 'string' ? stamp : null,
      },
    ];
  });
}
