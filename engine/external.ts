import { loadClientConnectConfig } from '@temporalio/envconfig';
import { ConfigurationError } from '../errors.ts';
import { registerSearchAttributes } from './namespace.ts';
import { reasonOf } from '../home/reason.ts';
import { isLoopback, overConnection, STATUS, statusOf, type TemporalConnectionOptions } from './rpc.ts';

/** A server that somebody else runs. */
export interface ExternalServer {
  readonly namespace: string;
  readonly options: TemporalConnectionOptions;
}

/** What points haloflow at a server of somebody else's. */
const SETTINGS = ['TEMPORAL_ADDRESS', 'TEMPORAL_PROFILE', 'TEMPORAL_CONFIG_FILE'];

const REACHED_WITHIN_MS = 5_000;
const PREPARED_WITHIN_MS = 30_000;

/**
 * The server that the environment names, once it has answered, has the namespace and the search attributes; null
 * when it names none. A configuration file in its usual place counts only together with one of the three variables:
 * its being there does not mean that haloflow shall use it.
 * @throws ConfigurationError naming the address and what to do
 */
export async function externalServer(): Promise<ExternalServer | null> {
  const named = SETTINGS.find((name) => (process.env[name] ?? '') !== '');
  if (named === undefined) return null;
  const server = settings(named);
  const { namespace, options } = server;
  try {
    await overConnection(options, REACHED_WITHIN_MS, async (connection) => {
      await connection.ensureConnected();
      await connection.workflowService.describeNamespace({ namespace });
    });
    await overConnection(options, PREPARED_WITHIN_MS, async (connection) =>
      registerSearchAttributes(connection, namespace),
    );
  } catch (cause) {
    throw cause instanceof ConfigurationError ? cause : explain(server, cause);
  }
  return server;
}

/** The settings as Temporal's own tools read them: environment, then the profile in the configuration file. */
function settings(named: string): ExternalServer {
  try {
    const { connectionOptions, namespace } = loadClientConnectConfig();
    const { address = 'localhost:7233', tls, apiKey, metadata } = connectionOptions;
    const plain = tls === undefined || tls === null || tls === false;
    return {
      namespace: namespace ?? 'default',
      options: {
        address,
        ...(tls === undefined ? {} : { tls }),
        ...(apiKey === undefined ? {} : { apiKey }),
        ...(metadata === undefined ? {} : { metadata }),
        ...(plain && isLoopback(address) ? { grpcCompression: { codec: 'none' } } : {}),
      },
    };
  } catch (cause) {
    throw new ConfigurationError(
      `The Temporal settings that ${named} points at cannot be read: ${reasonOf(cause)}. ` +
        'See TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, TEMPORAL_PROFILE and TEMPORAL_CONFIG_FILE.',
      { cause },
    );
  }
}

function explain({ namespace, options: { address } }: ExternalServer, cause: unknown): ConfigurationError {
  const status = statusOf(cause);
  if (status === STATUS.notFound)
    return new ConfigurationError(
      `The Temporal server at ${address} has no namespace ${namespace}. Set TEMPORAL_NAMESPACE to one that exists, ` +
        `or run: temporal operator namespace create --address ${address} --namespace ${namespace} --retention 7d`,
      { cause },
    );
  const detail = reasonOf(cause);
  if (status === STATUS.permissionDenied || status === STATUS.unauthenticated)
    return new ConfigurationError(
      `The Temporal server at ${address} refused access to namespace ${namespace}: ${detail}. ` +
        'Check TEMPORAL_API_KEY or the TEMPORAL_TLS_… settings.',
      { cause },
    );
  return new ConfigurationError(
    `No Temporal server answered at ${address}: ${detail}. ` +
      'Check TEMPORAL_ADDRESS (host:port) and the TLS settings; without TEMPORAL_ADDRESS haloflow starts a server of its own.',
    { cause },
  );
}
