/** The audit log. */
import { listAudit } from '../../../access/audit.ts';
import { asNumber, onePage, positionOf } from '../cursor.ts';
import { maskFor } from '../mask.ts';
import { checkNames } from '../names.ts';
import { spanOf } from '../span.ts';
import { anything, answer, listOf, moment, next, orNull, paging, slug, text, whole } from '../schema.ts';
import { route } from '../types.ts';

interface Filters {
  readonly organization?: string;
  readonly actor?: string;
  readonly action?: string;
  readonly object?: string;
  readonly since?: string;
  readonly until?: string;
  readonly limit: number;
  readonly cursor?: string;
}

export const auditRoutes = [
  route<object, Filters>({
    id: 'audit.list',
    method: 'GET',
    path: '/audit',
    role: 'admin',
    summary: 'What was changed and started by hand, newest first',
    query: {
      properties: {
        organization: slug('only what concerns this organization and those below it'),
        actor: text('only what this token has done'),
        action: text('only this: `mappings.accept`, or everything of a kind: `mappings`'),
        object: text('only what was done to something with this in its name: `trigger triage`, `acme`'),
        since: moment('only done then or later'),
        until: moment('only done before then'),
        ...paging,
      },
      optional: 'all',
    },
    reply: answer({
      entries: listOf(
        answer({
          id: whole('grows with time'),
          at: moment('when'),
          actor: text('id of the token, or local'),
          action: text('what was done'),
          object: text('what it was done to'),
          organization: orNull(slug('whose it is')),
          before: anything('what it was'),
          after: anything('what it is since'),
        }),
      ),
      next,
    }),
    handle: async ({ store }, { principal, query: { cursor, since, until, limit, ...filters } }) => {
      await checkNames(store, principal, filters);
      const mask = await maskFor(store, principal);
      const found = await listAudit(store, principal, {
        ...filters,
        findable: mask.findable,
        ...spanOf({ since, until }),
        before: positionOf(cursor, asNumber),
        limit: limit + 1,
      });
      const { page, next } = onePage(found, limit, ({ id }) => id);
      return { entries: page.map((row) => mask.audit(row)), next };
    },
  }),
];
