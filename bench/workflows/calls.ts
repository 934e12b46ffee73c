import { halo } from 'haloflow/sdk';

/** One call to Halo. */
export async function haloflowOne(): Promise<number> {
  return (await halo.agents.list({}, { fields: ['id'] })).length;
}

/** Three calls in a row. */
export async function haloflowThree(): Promise<number> {
  let agents = 0;
  for (let call = 0; call < 3; call += 1) agents += (await halo.agents.list({}, { fields: ['id'] })).length;
  return agents;
}
