/** Which triggers a run's end fires. */
import { isAtOrBelow } from '../../organizations/tree.ts';
import type { Configuration } from '../../organizations/types.ts';
import type { Trigger, WorkflowCompletedParameters } from '../types.ts';
import type { EndedRun } from './record.ts';

/**
 * The enabled `workflow-completed` triggers that follow the run's workflow with this outcome, whose owner is the run's
 * organization or one above it. None follows a run that it has started itself, or one that ended before it was enabled.
 */
export function followersOf(
  configuration: Configuration,
  triggers: readonly Trigger[],
  run: Pick<EndedRun, 'workflow' | 'organization' | 'trigger' | 'status' | 'closedAt'>,
): readonly Trigger[] {
  return triggers.filter(({ id, type, enabled, enabledAt, organization, parameters }) => {
    if (type !== 'workflow-completed' || !enabled || id === run.trigger) return false;
    // Checked and completed by configuration/ when the row was written.
    const { workflows, outcomes } = parameters as unknown as WorkflowCompletedParameters;
    return (
      workflows.includes(run.workflow) &&
      outcomes.includes(run.status) &&
      enabledAt <= run.closedAt &&
      isAtOrBelow(configuration, run.organization, organization)
    );
  });
}
