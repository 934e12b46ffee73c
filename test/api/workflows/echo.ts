/** Workflows that webhooks of tests start. */
import { ApplicationFailure, sleep } from '@temporalio/workflow';

export interface EchoInput {
  readonly event: { readonly body?: { readonly mode?: string } | null };
  readonly organization: { readonly slug: string };
}

/** Hands its event back; fails or takes its time when the body says so. */
export async function echo({ event, organization }: EchoInput): Promise<unknown> {
  const mode = event.body?.mode;
  if (mode === 'fail') throw ApplicationFailure.create({ type: 'OutOfPaper', message: 'tray 2 is empty' });
  if (mode === 'slow') await sleep('30 seconds');
  return { event, organization: organization.slug };
}
