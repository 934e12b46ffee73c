import { Connection, isGrpcServiceError } from '@temporalio/client';
import type { NativeConnectionOptions } from '@temporalio/worker';
import '../protobufTexts.ts';

/** What both `Connection.connect` and `NativeConnection.connect` take. */
export type TemporalConnectionOptions = Pick<
  NativeConnectionOptions,
  'tls' | 'apiKey' | 'metadata' | 'grpcCompression'
> & { readonly address: string };

/** gRPC status codes that say something about the request rather than about the network. */
export const STATUS = { invalidArgument: 3, notFound: 5, permissionDenied: 7, unauthenticated: 16 } as const;

/** The gRPC status of an error of the client, or null. */
export function statusOf(error: unknown): number | null {
  return isGrpcServiceError(error) ? error.code : null;
}

/**
 * Connects to that server. A server on this machine is reached directly, whatever proxy the shell names: grpc follows
 * `http_proxy` and similar variables unless told not to; the worker's own connections do not.
 */
export async function connect(options: TemporalConnectionOptions): Promise<Connection> {
  return await Connection.connect({ ...options, channelArgs: directly(options) });
}

const directly = ({ address }: TemporalConnectionOptions): Readonly<Record<string, number>> =>
  isLoopback(address) ? { 'grpc.enable_http_proxy': 0 } : {};

/** Runs `body` over a short-lived connection; every request in it must be answered within `deadlineMs`. */
export async function overConnection<T>(
  options: TemporalConnectionOptions,
  deadlineMs: number,
  body: (connection: Connection) => Promise<T>,
): Promise<T> {
  const connection = Connection.lazy({
    ...options,
    connectTimeout: deadlineMs,
    // A server that is just starting is asked again at once; grpc's own back-off begins at a second.
    channelArgs: {
      ...directly(options),
      'grpc.initial_reconnect_backoff_ms': 50,
      'grpc.max_reconnect_backoff_ms': 200,
    },
  });
  try {
    return await connection.withDeadline(Date.now() + deadlineMs, () => body(connection));
  } finally {
    await connection.close();
  }
}

/** The address is on this machine, where compressing costs more than it saves. */
export function isLoopback(address: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\]):\d+$/i.test(address);
}
