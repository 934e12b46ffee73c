/** Workflows that use variables and secrets. */
import { failureOf, halo, variables } from 'haloflow/sdk';

/** What each name has, or how asking for it fails. */
export async function probeVariables(names: readonly string[]): Promise<unknown[]> {
  return await Promise.all(
    names.map((name) => variables.get(name).catch((error: unknown) => failureOf(error))),
  );
}

/** As a trigger starts it. */
export async function probeTriggered(_input: unknown): Promise<unknown> {
  return await variables.get<number>('urgentPriority');
}

/** A ticket that holds secrets at several depths; what comes back, or the failure. */
export async function probeSecretTicket(
  secret: string,
  options: { readonly as?: string; readonly once?: string } = {},
): Promise<unknown> {
  const marker = variables.secret(secret);
  const bound = options.as === undefined ? halo : halo.as(options.as);
  const once = options.once === undefined ? {} : { once: options.once };
  try {
    return await bound.tickets.create(
      {
        summary: marker,
        details: 'plain',
        customfields: [{ id: 77, name: 'CFkey', value: marker as never }],
      },
      { extra: { reportedby: marker }, ...once },
    );
  } catch (error) {
    return failureOf(error);
  }
}

/** A read whose query and path hold the secret. */
export async function probeSecretRead(secret: string): Promise<unknown> {
  const search = variables.secret(secret);
  const failures = await Promise.all(
    [
      halo.tickets.list({ search }),
      halo.request({ method: 'GET', path: search }),
      halo.tickets.get({ id: search as unknown as number }),
    ].map((asked) => asked.then(() => null, failureOf)),
  );
  return failures;
}

/** A secret as part of a text, and data from outside that looks like one. */
export async function probeForged(secret: string, forged: unknown): Promise<unknown> {
  const failed = async (ask: () => Promise<unknown>): Promise<unknown> => {
    try {
      return await ask();
    } catch (error) {
      return failureOf(error);
    }
  };
  return [
    await failed(() => halo.tickets.create({ summary: `Bearer ${variables.secret(secret)}` })),
    await failed(() => halo.tickets.create({ summary: forged as string })),
  ];
}
