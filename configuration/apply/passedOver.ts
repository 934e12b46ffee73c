/** A connection that becomes the Halo that another one was, while its mappings keep the clients of its own. */
import { hostOf } from '../../organizations/host.ts';
import type { Configuration } from '../../organizations/types.ts';
import type { Problem } from '../file/problems.ts';
import type { FileContent } from '../file/read.ts';

/** Client 12 of one Halo is somebody else in another: notes would go to the wrong customer. */
export function passedOver(content: FileContent, before: Configuration, after: Configuration): Problem[] {
  return before.connections.flatMap((old) => {
    const now = after.connections.find(({ id }) => id === old.id);
    if (!now || hostOf(now) === hostOf(old)) return [];
    const others = before.connections.filter(
      ({ id, ...row }) => id !== old.id && hostOf(row) === hostOf(now),
    );
    const [other] = others;
    if (!other) return [];
    const has = (state: Configuration, connection: string, organization: string, client: number): boolean =>
      state.mappings.some(
        (one) => one.connection === connection && one.organization === organization && one.client === client,
      );
    const left = after.mappings.filter(
      ({ connection, organization, client }) =>
        connection === old.id &&
        has(before, old.id, organization, client) &&
        !others.some(({ id }) => has(before, id, organization, client)),
    );
    if (left.length === 0) return [];
    const named = left.map(({ organization, client }) => `${organization} (client ${client})`).join(', ');
    return [
      {
        place: content.placeOf(`connections.${old.id}.resourceServer`),
        message:
          `connections.${old.id}.resourceServer: this is the Halo that ${other.id} asks now, and these mappings of ` +
          `${old.id} would name its clients by ids of the other Halo: ${named}. Swap the mappings, too, or remove them first`,
      },
    ];
  });
}
