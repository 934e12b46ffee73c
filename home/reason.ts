import { types } from 'node:util';

/** What an error says, in one line; also for errors that another realm made (a test runner's, a vm's). */
export function reasonOf(error: unknown): string {
  const message = types.isNativeError(error) ? error.message : String(error);
  return message.trim().replaceAll(/\s*\n\s*/g, ' | ');
}

/** The `code` of a system error, such as ENOENT. */
export function codeOf(error: unknown): string | undefined {
  return types.isNativeError(error) && 'code' in error ? String(error.code) : undefined;
}
