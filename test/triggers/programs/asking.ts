/** What the reconciler asks of Halos, in a process with little memory for a test that sends it much: the Halo's address and how often are its arguments. */
import { findAction } from '../../../actions/index.ts';
import { createHaloClient } from '../../../halo/client.ts';
import type { HaloPort } from '../../../triggers/haloPort.ts';
import { haloSide } from '../../../triggers/webhooks/haloSide.ts';
import { countingBudget } from '../../halo/fakeHalo.ts';

const [server = '', rounds = '0'] = process.argv.slice(2);
const client = createHaloClient();
const port: HaloPort = {
  call: ({ connection, action, input, maxReplyBytes }) =>
    client.execute({
      action: findAction(action)!,
      input,
      ...(maxReplyBytes === undefined ? {} : { maxReplyBytes }),
      budget: countingBudget(),
      credentials: {
        connection,
        resourceServer: server,
        authServer: `${server}/auth`,
        tenant: connection,
        onPremise: false,
        clientId: connection,
        clientSecret: 'secret',
        scope: 'all',
      },
    }),
};

const nameOf = async (asking: Promise<unknown>): Promise<string> =>
  await asking.then(
    () => 'read',
    (error: unknown) => (error as Error).name,
  );

for (let round = 0; round < Number(rounds); round += 1) {
  const side = haloSide(port, `halo-${round}`, AbortSignal.timeout(60_000));
  const answers = [await nameOf(side.eventNumbers()), await nameOf(side.webhooks())];
  process.stdout.write(`${JSON.stringify(answers)}\n`);
}
await client.close();
