/** The run that a trigger starts for an organization: its ids, its authority, its input. */
import { findOrganization } from '../../organizations/tree.ts';
import { clientFor } from '../../organizations/configuration.ts';
import type { Configuration } from '../../organizations/types.ts';
import { connectionOf } from '../registry.ts';
import { defaultClient, prepareRun } from '../start.ts';
import type { NewRun } from '../start.ts';
import type { EventRow, Trigger } from '../types.ts';

/**
 * @throws SchemaError when the event is too large for a run to be started with, ConfigurationError for an organization
 * that may not run.
 */
export function runFor(
  configuration: Configuration,
  request: {
    readonly trigger: Trigger;
    /** The row that the run is started for; of a batch, the first. */
    readonly row: Pick<EventRow, 'id' | 'run' | 'connection' | 'source'>;
    readonly organization: string;
    readonly workflowId: string;
    readonly event: unknown;
  },
): NewRun {
  const { trigger, row, organization, workflowId, event } = request;
  const authority = { organization, owner: trigger.organization, overrides: trigger.overrides };
  const source = row.connection ?? connectionOf(configuration, trigger);
  const client =
    defaultClient(configuration, authority) ??
    (source === null ? null : clientFor(configuration, source, organization));
  const name = findOrganization(configuration, organization)?.name ?? organization;
  return prepareRun(configuration, {
    ...authority,
    workflow: trigger.workflow,
    args: [{ event, variables: trigger.variables, organization: { slug: organization, name, client } }],
    trigger: trigger.id,
    startedBy: row.source === 'manual' ? 'manual' : 'trigger',
    fixed: { run: row.run, workflowId },
    event: row.id,
  });
}
