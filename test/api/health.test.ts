/** What those who watch over haloflow see. */
import { request } from 'undici';
import { startHaloflow } from '../support/haloflow.ts';
import type { TestHaloflow } from '../support/haloflow.ts';
import { probe } from '../worker/helpers.ts';
import { startTestApi } from './intake.ts';
import type { TestApi } from './intake.ts';

let haloflow: TestHaloflow;
let api: TestApi;
beforeAll(async () => {
  haloflow = await startHaloflow();
  api = await startTestApi(haloflow);
});
afterAll(async () => {
  await api.close();
  await haloflow.close();
});

const get = async (path: string): Promise<{ status: number; text: string }> => {
  const reply = await request(`${api.url}${path}`);
  return { status: reply.statusCode, text: await reply.body.text() };
};

test('ready means that each dependency answers', async () => {
  expect(await get('/readyz')).toEqual({
    status: 200,
    text: JSON.stringify({ status: 'ok', dependencies: { postgres: 'ok', temporal: 'ok' } }),
  });
});

test('metrics count runs, calls and requests to Halo', async () => {
  await probe(haloflow, { action: 'agents.list', input: {} });
  const { text } = await get('/metrics');
  const host = new URL(haloflow.sandbox.tenants[0]?.baseUrl ?? '').host;
  const value = (line: string): number =>
    Number(
      text
        .split('\n')
        .find((one) => one.startsWith(line))
        ?.slice(line.length + 1),
    );
  expect(text).toMatch(/^haloflow_runs_started_total\{workflow="\w+"\} [1-9]/m);
  expect(text).toContain('# TYPE haloflow_runs_ended_total counter');
  expect(value(`haloflow_runs{status="running"}`)).toBeGreaterThanOrEqual(1);
  expect(
    value(`haloflow_action_duration_seconds_count{action="agents.list",outcome="ok"}`),
  ).toBeGreaterThanOrEqual(1);
  expect(value(`haloflow_halo_requests_total{host="${host}",status="200"}`)).toBeGreaterThanOrEqual(1);
  expect(value(`haloflow_budget_wait_seconds_count{host="${host}",lane="normal"}`)).toBeGreaterThanOrEqual(1);
});
