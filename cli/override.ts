import { InvalidArgumentError } from 'commander';
import type { Command } from 'commander';
import { OVERRIDE_FORM, overrideOf } from '../organizations/overrideText.ts';
import { rootOf } from '../organizations/tree.ts';
import type { Configuration, Override } from '../organizations/types.ts';

/** @throws InvalidArgumentError for a text that says no override. */
function parseUse(text: string): Override {
  const override = overrideOf(text);
  if (override) return override;
  throw new InvalidArgumentError(`it is ${OVERRIDE_FORM}`);
}

export interface WhoOptions {
  readonly org: string;
  readonly owner?: string;
  readonly use?: Override;
  readonly triggerUse?: Override;
  readonly fallback?: 'fail' | 'default';
}

function parseFallback(text: string): 'fail' | 'default' {
  if (text === 'fail' || text === 'default') return text;
  throw new InvalidArgumentError('it is fail or default');
}

/** The options that say for whom a call is made and whose credentials it may use. */
export function withWho(command: Command): Command {
  return command
    .hook('preAction', (_, self) => {
      // Commander's own check would come before the one for unknown flags, which has another exit code.
      if (self.opts()['org'] === undefined) self.error("required option '--org <slug>' not specified");
    })
    .option('--org <slug>', 'the organization to act for (required)')
    .option(
      '--owner <slug>',
      "whose authority overrides spend (default: the root of the organization's tree)",
    )
    .option('--use <choice>', 'action override: default | mapping | connection:ID | name:TEXT', parseUse)
    .option(
      '--fallback <choice>',
      'when the override finds nothing: fail | default (default: fail)',
      parseFallback,
    )
    .option('--trigger-use <choice>', 'the same choice as --use, at the level of a trigger', parseUse);
}

/**
 * The overrides that the options ask for; `--fallback` belongs to the action override, or without one to the trigger's.
 *
 * @throws InvalidArgumentError for a fallback without anything to fall back from.
 */
export function overridesOf({ use, triggerUse, fallback }: WhoOptions): {
  readonly action: Override | undefined;
  readonly trigger: Override | undefined;
} {
  if (fallback && !use && !triggerUse) {
    throw new InvalidArgumentError(
      '--fallback needs --use or --trigger-use: without an override nothing falls back',
    );
  }
  const withFallback = (override: Override): Override => (fallback ? { ...override, fallback } : override);
  return {
    action: use && withFallback(use),
    trigger: use || !triggerUse ? triggerUse : withFallback(triggerUse),
  };
}

/** Whose authority a command's overrides spend: as said, or the root of the organization's tree. */
export function ownerOf(
  configuration: Configuration,
  { org, owner }: { readonly org: string; readonly owner?: string },
): string {
  return owner ?? rootOf(configuration, org)?.slug ?? org;
}
