/** Every action through the real client and real HTTP, as its fixture says. */
import { catalogue, findAction } from '../../actions/index.ts';
import type { Action } from '../../actions/types.ts';
import { checkInput, checkOutput } from '../../actions/validate.ts';
import { createHaloClient } from '../../halo/client.ts';
import type { HaloClient, HaloCredentials } from '../../halo/types.ts';
import { readFixture } from '../support/fixtures.ts';
import { startRecorder } from '../support/recorder.ts';
import type { Recorder } from '../support/recorder.ts';

let recorder: Recorder;
let client: HaloClient;
/** Places in the budget that were taken and not given back. */
let open = 0;

const budget = {
  take: () => {
    open += 1;
    return Promise.resolve({
      replied: () => {
        open -= 1;
      },
    });
  },
};

beforeAll(async () => {
  recorder = await startRecorder();
  client = createHaloClient();
});

afterAll(async () => {
  await client.close();
  await recorder.close();
});

function credentials(): HaloCredentials {
  return {
    connection: 'recorded-halo',
    resourceServer: recorder.url,
    authServer: null,
    tenant: null,
    onPremise: false,
    clientId: 'recorded-client',
    clientSecret: 'recorded-secret',
    scope: 'all',
  };
}

test.each([...catalogue.keys()])('%s asks and answers as its fixture says', async (id) => {
  const action = findAction(id) as Action;
  const { input, options, request, reply, output } = readFixture(id);
  const requests = [request].flat();
  recorder.expect([reply].flat());
  checkInput(action, input);

  const result = await client.execute({
    action,
    input,
    ...(options === undefined ? {} : { options }),
    credentials: credentials(),
    budget,
  });

  expect(recorder.requests).toEqual(requests);
  expect(result).toEqual(output);
  checkOutput(action, result);
  expect(new Set(recorder.tokens)).toEqual(new Set(['Bearer token-of-the-recorder']));
  expect(open).toBe(0);
});
