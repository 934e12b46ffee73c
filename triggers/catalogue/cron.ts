import { didYouMean } from '../../nearest.ts';
import type { CronParameters } from '../types.ts';
import { cronProblem, timeZoneNamed } from './cronExpression.ts';
import { eventSchema } from './eventSchema.ts';
import type { ParameterProblem, TriggerDeclaration } from './types.ts';

const YEAR = 31_536_000;

const event = eventSchema(
  'CronTick',
  {
    scheduled_at: { description: 'The time it was due (ISO 8601, UTC).', type: 'string' },
    fired_at: { description: 'When it fired (ISO 8601, UTC): later by jitter and delays.', type: 'string' },
  },
  { required: ['scheduled_at', 'fired_at'] },
);

export const cron: TriggerDeclaration = {
  type: 'cron',
  title: 'Cron',
  description: 'Starts at times of the calendar, or at an interval.',
  source: 'schedule',
  parameters: {
    type: 'object',
    additionalProperties: false,
    properties: {
      expression: {
        description:
          'A cron expression of 5 fields, 6 with seconds in front, or `@hourly`, `@daily`, `@weekly`, `@monthly`, `@yearly`. If day of month and day of week are both given, either may match; if one of them begins with `*`, both must match.',
        type: ['string', 'null'],
        default: null,
      },
      everySeconds: {
        description: 'Instead of an expression: the interval, counted from 1970-01-01 UTC.',
        type: ['integer', 'null'],
        minimum: 1,
        maximum: YEAR,
        default: null,
      },
      timeZone: { description: 'The IANA time zone of the expression.', type: 'string', default: 'UTC' },
      jitterSeconds: {
        description: 'Spreads the starts: each is late by up to this much.',
        type: 'integer',
        minimum: 0,
        maximum: 86_400,
        default: 0,
      },
      overlap: {
        description:
          "What becomes of a time that comes while the last one's run is still under way; Temporal's policies.",
        type: 'string',
        enum: ['skip', 'buffer-one', 'buffer-all', 'cancel-other', 'terminate-other', 'allow-all'],
        default: 'skip',
      },
      catchUpSeconds: {
        description:
          "How late a time that was missed, because nothing ran then, may still fire. 10 minutes cover a restart or an upgrade without firing the night's work in the morning.",
        type: 'integer',
        minimum: 10,
        maximum: YEAR,
        default: 600,
      },
    },
  },
  check: (parameters) => check(parameters as unknown as CronParameters),
  normalise: (parameters) => {
    const { timeZone } = parameters as unknown as CronParameters;
    return { ...parameters, timeZone: timeZoneNamed(timeZone) ?? timeZone };
  },
  event: () => event,
};

function check({ expression, everySeconds, timeZone }: CronParameters): ParameterProblem[] {
  const problems: ParameterProblem[] = [];
  if (expression === null && everySeconds === null) {
    problems.push({
      path: [],
      message: 'say when: "expression", such as "0 8 * * mon-fri", or "everySeconds"',
    });
  }
  if (expression !== null && everySeconds !== null) {
    problems.push({
      path: ['everySeconds'],
      message: '"expression" and "everySeconds" exclude each other: keep one',
    });
  }
  if (timeZoneNamed(timeZone) === null) {
    const hint =
      didYouMean(timeZone, Intl.supportedValuesOf('timeZone')) || ' Use an IANA name, such as Europe/Berlin.';
    problems.push({
      path: ['timeZone'],
      message: `there is no time zone "${timeZone}".${hint}`,
    });
  }
  const wrong = expression === null ? null : cronProblem(expression);
  if (wrong !== null) problems.push({ path: ['expression'], message: wrong });
  return problems;
}
