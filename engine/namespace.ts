import type { Connection } from '@temporalio/client';
import { msToTs, optionalTsToMs } from '@temporalio/common/lib/time.js';
import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigurationError } from '../errors.ts';
import { reasonOf } from '../home/reason.ts';
import { STATUS, statusOf } from './rpc.ts';

/** The search attributes that every run carries, all Keyword: `OrgId = 'acme'` finds the runs of acme. */
export const SEARCH_ATTRIBUTES = ['OrgId', 'OwnerId', 'TriggerId'] as const;

/** INDEXED_VALUE_TYPE_KEYWORD of temporal.api.enums.v1. */
const KEYWORD = 2;

/** A namespace of a server with several frontends learns of a new search attribute within 10 s. */
const LEARNED_WITHIN_MS = 15_000;

const RETENTION_MS = 7 * 24 * 60 * 60_000;

/**
 * Registers the search attributes that the namespace lacks.
 * @throws ConfigurationError with the command to run when this client may not register them
 */
export async function registerSearchAttributes(connection: Connection, namespace: string): Promise<void> {
  const missing = await missingSearchAttributes(connection, namespace);
  if (missing.length === 0) return;
  let refusal: unknown;
  try {
    const searchAttributes = Object.fromEntries(missing.map((name) => [name, KEYWORD]));
    await connection.operatorService.addSearchAttributes({ namespace, searchAttributes });
  } catch (error) {
    // Another process may have been quicker: what counts is whether they are there in the end.
    refusal = error;
  }
  const deadline = Date.now() + (refusal === undefined ? LEARNED_WITHIN_MS : 1_000);
  while ((await missingSearchAttributes(connection, namespace)).length > 0) {
    if (Date.now() > deadline) throw unregistered(connection, namespace, missing, refusal);
    await sleep(100);
  }
}

function unregistered(
  connection: Connection,
  namespace: string,
  missing: readonly string[],
  cause: unknown,
): ConfigurationError {
  const { address } = connection.options;
  const names = missing.map((name) => `--name ${name} --type Keyword`).join(' ');
  const answer = cause === undefined ? '' : `: ${reasonOf(cause)}`;
  return new ConfigurationError(
    `The namespace ${namespace} of the Temporal server at ${address} lacks the search attributes ` +
      `${missing.join(', ')}, and they could not be registered${answer}. Somebody who may administer it has to run: ` +
      `temporal operator search-attribute create --address ${address} --namespace ${namespace} ${names}`,
    { cause },
  );
}

/** Asked through a query, which Temporal Cloud allows too; its operator service it does not. */
async function missingSearchAttributes(connection: Connection, namespace: string): Promise<string[]> {
  const known = await Promise.all(
    SEARCH_ATTRIBUTES.map(async (name) => {
      try {
        await connection.workflowService.countWorkflowExecutions({ namespace, query: `${name} = 'none'` });
        return true;
      } catch (error) {
        if (statusOf(error) === STATUS.invalidArgument) return false;
        throw error;
      }
    }),
  );
  return SEARCH_ATTRIBUTES.filter((_name, index) => known[index] === false);
}

/** Keeps closed runs for at least seven days; the development server's own setting is one. */
export async function keepSevenDays(connection: Connection, namespace: string): Promise<void> {
  const { config } = await connection.workflowService.describeNamespace({ namespace });
  if ((optionalTsToMs(config?.workflowExecutionRetentionTtl) ?? 0) >= RETENTION_MS) return;
  await connection.workflowService.updateNamespace({
    namespace,
    config: { workflowExecutionRetentionTtl: msToTs(RETENTION_MS) },
  });
}
