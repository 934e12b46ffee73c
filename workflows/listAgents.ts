import { halo } from 'haloflow/sdk';

/** The smoke test: how many agents (technicians) Halo shows to the credentials this run was given. */
export async function listAgents(): Promise<{ agents: number }> {
  const agents = await halo.agents.list({}, { fields: ['id'], attempts: 2 });
  return { agents: agents.length };
}
