/** What an author imports inside a workflow: `import { halo } from 'haloflow/sdk'`. */
export { halo } from './halo.ts';
export type { Halo } from './halo.ts';
export { call } from './call.ts';
export { context } from './context.ts';
export type { Context } from './context.ts';
export { organizations } from './organizations.ts';
export type { OrganizationBelow } from './organizations.ts';
export { triggers } from './fire.ts';
export type { FiredEvent, FireOptions } from './fire.ts';
export { variables } from './variables.ts';
export type { SecretText } from './secrets.ts';
export { failureOf } from './errors.ts';
export type { ErrorType } from './errors.ts';
export type { CallOptions, Lane } from './options.ts';
export type {
  CronTick,
  HaloEvent,
  Manual,
  NewTicketRecord,
  NewTicketRecordBatch,
  RunOrganization,
  SentTicket,
  TriggerInput,
  WebhookDelivery,
  WorkflowCompleted,
} from './triggers.ts';
export type { Override } from '../organizations/types.ts';
export type * from '../actions/generated/actions.ts';
