/** Tickets, projects and opportunities are one kind of record in Halo, and are written in one way. */

/** What an upsert of `resource` is, but for its titles and its path. */
export const ticketUpsert = (resource: 'tickets' | 'projects' | 'opportunities') =>
  ({
    input: 'Ticket',
    output: 'Ticket',
    createNeeds: ['summary'],
    queryInput: ['returnall'],
    stamp: 'third_party_id_string',
    ticket: 'id',
    oneAtATime: true,
    reconcile: {
      list: `${resource}.list`,
      deleted: { deleted: true },
      get: `${resource}.get`,
      date: ['datecreated', 'dateoccurred'],
      changed: 'last_update',
      agent: { property: 'created_by', is: 'name', mayDiffer: true },
      names: ['summary'],
    },
  }) as const;
