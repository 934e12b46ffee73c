/** A connection as people see it. */
import type { ConnectionView } from '../../organizations/connections.ts';

type Shown = { readonly [Key in keyof Omit<ConnectionView, 'rateLimit'>]?: ConnectionView[Key] } & {
  readonly rateLimit?: Partial<ConnectionView['rateLimit']>;
};

const yesOrNo = (flag: boolean | undefined): string | undefined =>
  flag === undefined ? undefined : flag ? 'yes' : 'no';

/** One line for each thing there is to say. */
export function connectionLines(connection: Shown): string[] {
  const { rateLimit } = connection;
  const facts: readonly (readonly [string, unknown])[] = [
    ['connection', connection.id],
    ['organization', connection.organization],
    ['resource server', connection.resourceServer],
    ['authorization server', connection.authServer ?? '(as Halo says)'],
    ['tenant', connection.tenant ?? '(as Halo says)'],
    ['on-premise', connection.onPremise === true ? 'yes' : 'no'],
    ['client id', connection.clientId],
    ['client secret', '(sealed, never shown)'],
    ['scope', connection.scope ?? 'all'],
    ['default', yesOrNo(connection.default)],
    ['enabled', yesOrNo(connection.enabled)],
    [
      'rate limit',
      rateLimit === undefined
        ? undefined
        : `${rateLimit.requests ?? 300} in ${rateLimit.perSeconds ?? 300} s`,
    ],
    ['write settle', connection.writeSettleSeconds ? `${connection.writeSettleSeconds} s` : undefined],
    ['catch-all', connection.catchAll ?? undefined],
  ];
  return facts
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name.padEnd(22)}${String(value)}`);
}
