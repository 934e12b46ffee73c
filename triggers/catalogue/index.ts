/** The types of triggers, by name. */
import type { TriggerType } from '../types.ts';
import { alwaysPass } from './alwaysPass.ts';
import { cron } from './cron.ts';
import { haloEvent } from './haloEvent.ts';
import { newTicketRecord } from './newTicketRecord.ts';
import type { TriggerDeclaration } from './types.ts';
import { webhook } from './webhook.ts';
import { workflowCompleted } from './workflowCompleted.ts';

export const triggerTypes: Readonly<Record<TriggerType, TriggerDeclaration>> = {
  'new-ticket-record': newTicketRecord,
  'always-pass': alwaysPass,
  cron,
  webhook,
  'halo-event': haloEvent,
  'workflow-completed': workflowCompleted,
};

/** Whether there is such a type. */
export function isTriggerType(name: string): name is TriggerType {
  return Object.hasOwn(triggerTypes, name);
}
