import type { TriggerDeclaration } from './types.ts';

export const alwaysPass: TriggerDeclaration = {
  type: 'always-pass',
  title: 'Always Pass',
  description:
    'Starts by hand, by its URL, or from a workflow; carries overrides and the organizations it runs for.',
  source: 'manual',
  parameters: { type: 'object', additionalProperties: false, properties: {} },
  event: () => ({ title: 'Manual', type: 'object', additionalProperties: true }),
};
