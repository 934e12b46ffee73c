import { eventSchema } from './eventSchema.ts';
import type { TriggerDeclaration } from './types.ts';

const OUTCOMES = ['completed', 'failed', 'cancelled', 'terminated', 'timed-out'];

const event = eventSchema(
  'WorkflowCompleted',
  {
    run: {
      description: 'The run that has ended.',
      type: 'object',
      properties: {
        id: { description: 'Its id.', type: 'string' },
        workflow: { description: 'The name of its workflow.', type: 'string' },
        organization: { description: 'The organization it ran for, by its id.', type: 'string' },
        trigger: { description: 'The trigger that started it; null: by hand.', type: ['string', 'null'] },
        status: { description: 'How it ended.', type: 'string', enum: OUTCOMES },
        started_at: { description: 'When it started (ISO 8601, UTC).', type: 'string' },
        closed_at: { description: 'When it ended (ISO 8601, UTC).', type: 'string' },
        error: {
          description: 'Why it failed; null where it did not.',
          type: ['object', 'null'],
          properties: {
            type: { description: 'The class of the error.', type: ['string', 'null'] },
            message: { description: 'What failed.', type: 'string' },
          },
        },
      },
    },
    result: { description: 'What the workflow returned; null where it did not complete.' },
  },
  { required: ['run', 'result'] },
);

export const workflowCompleted: TriggerDeclaration = {
  type: 'workflow-completed',
  title: 'Workflow Completed',
  description: 'Starts when a run of another workflow has ended, for the organization of that run.',
  source: 'run',
  parameters: {
    type: 'object',
    additionalProperties: false,
    required: ['workflows'],
    properties: {
      workflows: {
        description: 'The workflows whose runs it follows, by name.',
        type: 'array',
        minItems: 1,
        items: { type: 'string' },
      },
      outcomes: {
        description: 'Which ends count.',
        type: 'array',
        minItems: 1,
        items: { type: 'string', enum: OUTCOMES },
        default: OUTCOMES,
      },
    },
  },
  event: () => event,
};
