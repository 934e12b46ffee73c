import type { Action, Effect, Method } from '../actions/types.ts';

const byMethod: Readonly<Record<Method, Effect>> = { GET: 'read', POST: 'upsert', DELETE: 'delete' };

/** What a call may do: as the action declares; the generic request's goes by its method unless the input says otherwise. */
export function effectOf(action: Action, input: unknown): Effect {
  if (action.method !== '*') return action.effect;
  const { method, effect } = (input ?? {}) as { readonly method?: unknown; readonly effect?: Effect | null };
  const name = String(method).toUpperCase();
  return effect ?? (Object.hasOwn(byMethod, name) ? byMethod[name as Method] : action.effect);
}
