/** How triggers speak to Halo: through actions on one connection, within the rate budget, in the lane `feed`. */
import type { RequestOptions } from '../halo/types.ts';
import type { UnsealedConnection } from '../organizations/types.ts';

export interface HaloPort {
  /**
   * Executes an action on a connection, waiting for its place in the rate budget.
   *
   * @throws the classes of errors.ts, or the signal's reason.
   */
  call(request: {
    readonly connection: string;
    /** An action's id: `tickets.get`. */
    readonly action: string;
    readonly input: unknown;
    /** The id of the Halo that is meant; ConfigurationError if the connection now leads to another one. */
    readonly halo?: string;
    readonly options?: RequestOptions;
    /** Largest JSON reply; default 8 MiB. */
    readonly maxReplyBytes?: number;
    /** Default `feed`; `interactive` for what a person waits for. */
    readonly lane?: 'feed' | 'interactive';
    readonly signal?: AbortSignal;
    /**
     * The caller's place in the line for the rate budget, stable over tries: with it, a wait of more than a moment is
     * thrown as BudgetWait (calls/budget.ts), and the place is kept for the next try.
     */
    readonly place?: string;
    /** Called with the time of Halo's clock, in milliseconds since 1970. */
    readonly onClock?: (now: number) => void;
    /** Told after each page of a list how many rows there are in all, where Halo says. */
    readonly onTotal?: (total: number) => void;
  }): Promise<unknown>;
}

/** The same for the control plane, which also tries new secrets and connections. */
export interface HaloAccess extends HaloPort {
  /**
   * Executes an action on a connection that is not stored, or not as it is to be, waiting for its place in the rate
   * budget.
   *
   * @throws the classes of errors.ts, or the signal's reason.
   */
  callWith(request: {
    readonly connection: UnsealedConnection;
    readonly action: string;
    readonly input: unknown;
    readonly options?: RequestOptions;
    readonly signal?: AbortSignal;
  }): Promise<unknown>;

  /**
   * Asks for a token with another secret in place of the connection's own, waiting for its place in the rate budget.
   *
   * @throws the classes of errors.ts when none is given, or the signal's reason.
   */
  authenticate(request: {
    readonly connection: string;
    readonly clientSecret: string;
    readonly signal?: AbortSignal;
  }): Promise<void>;
}
