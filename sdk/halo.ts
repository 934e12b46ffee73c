/** Halo as workflow code sees it: every action of the catalogue as `halo.<resource>.<verb>(input, options)`. */
import type { Actions } from '../actions/generated/actions.ts';
import type { Override } from '../organizations/types.ts';
import { call } from './call.ts';
import type { CallOptions, CallRequest } from './options.ts';

type Input<F> = F extends (input: infer I) => unknown ? I : never;
type Output<F> = F extends (input: never) => Promise<infer R> ? R : never;

/** One record in gives one record out, an array gives an array; inputs whose properties are all optional may be left out. */
type Call<F> = [Extract<Input<F>, readonly unknown[]>] extends [never]
  ? object extends Input<F>
    ? (input?: Input<F>, options?: CallOptions) => Promise<Output<F>>
    : (input: Input<F>, options?: CallOptions) => Promise<Output<F>>
  : {
      (
        input: Exclude<Input<F>, readonly unknown[]>,
        options?: CallOptions,
      ): Promise<Exclude<Output<F>, readonly unknown[]>>;
      (
        input: Extract<Input<F>, readonly unknown[]>,
        options?: CallOptions,
      ): Promise<Extract<Output<F>, readonly unknown[]>>;
    };

type Resource<Id> = Id extends `${infer R}.${string}` ? R : never;
type Verb<Id, R extends string> = Id extends `${R}.${infer V}` ? V : never;

type Resources = {
  readonly [R in Exclude<Resource<keyof Actions>, 'halo'>]: {
    readonly [V in Verb<keyof Actions, R>]: Call<Actions[`${R}.${V}` & keyof Actions]>;
  };
};

export interface Halo extends Resources {
  /** Any request to Halo's API, with the same credentials, limits and errors as the actions. */
  readonly request: Call<Actions['halo.request']>;
  /** The same calls under an action override: "use this connection instead". */
  using(override: Override): Halo;
  /** The same calls for an organization below the run's own. */
  as(organization: string): Halo;
}

type Binding = Pick<CallRequest, 'using' | 'as'>;

// Without the guard on `then`, awaiting the proxy would schedule an activity of that name.
const isName = (key: string | symbol): key is string => typeof key === 'string' && key !== 'then';

const resource = (name: string, binding: Binding): object =>
  new Proxy(
    {},
    {
      get: (_, verb) =>
        isName(verb)
          ? (input?: unknown, options?: CallOptions) => call(`${name}.${verb}`, input, options, binding)
          : undefined,
    },
  );

function bind(binding: Binding): Halo {
  const own: Record<string, unknown> = {
    request: (input: unknown, options?: CallOptions) => call('halo.request', input, options, binding),
    using: (using: Override) => bind({ ...binding, using }),
    as: (as: string) => bind({ ...binding, as }),
  };
  // The proxy answers every resource of `Actions`; an unknown one fails in `call`, by name.
  return new Proxy(own, {
    get: (target, key) => (isName(key) ? (target[key] ?? resource(key, binding)) : undefined),
  }) as unknown as Halo;
}

/** Bound to the run's organization and its overrides. */
export const halo: Halo = bind({});
