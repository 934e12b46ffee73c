import type { Action } from '../actions/types.ts';
import { HaloValidationError } from '../errors.ts';
import { cut } from '../texts.ts';
import { isObject } from './json.ts';
import type { JsonObject } from './json.ts';
import { recordOf, unexpected } from './reply.ts';
import type { Answer } from './reply.ts';
import { withoutSecrets } from './subject.ts';

/** Columns and rows of a report. */
export interface ReportTable {
  readonly columns: readonly unknown[];
  readonly rows: readonly unknown[];
}

/**
 * The table in the reply of a report: `report.rows` and `report.available_columns`, on some versions one level
 * higher (the action's `unwrap` names both places). Throws HaloValidationError with Halo's text when the action's
 * `errorKey` (`load_error`) holds one, which Halo sends with status 200.
 */
export function tableOf(action: Action, answer: Answer): ReportTable {
  const value = recordOf(answer);
  const places = (action.unwrap ?? ['']).map((path) => at(value, path)).filter((place) => isObject(place));
  const error = places.map((place) => errorText(place, action.errorKey)).find((text) => text !== '');
  if (error !== undefined) {
    const { subject, reply } = answer;
    const text = cut(withoutSecrets(error, subject.secrets), 1_000);
    throw new HaloValidationError(
      `${subject.what} (connection ${subject.connection}): the report failed: ${text}`,
      {
        status: reply.status,
        details: { connection: subject.connection },
      },
    );
  }
  const rows = firstArray(places, ['rows']);
  if (rows === undefined) throw unexpected(answer, 'a report with rows', value);
  return { columns: firstArray(places, ['available_columns', 'columns']) ?? columnsOf(rows[0]), rows };
}

function at(value: unknown, path: string): unknown {
  if (path === '') return value;
  return path.split('.').reduce<unknown>((level, name) => (isObject(level) ? level[name] : undefined), value);
}

function errorText(place: JsonObject, key: string | undefined): string {
  const text = key === undefined ? undefined : place[key];
  return typeof text === 'string' ? text.trim() : '';
}

function firstArray(places: readonly JsonObject[], keys: readonly string[]): readonly unknown[] | undefined {
  return places.flatMap((place) => keys.map((key) => place[key])).find((found) => Array.isArray(found));
}

/** Every value of a preview is text. */
function columnsOf(row: unknown): readonly unknown[] {
  return isObject(row) ? Object.keys(row).map((name) => ({ name, data_type: 'text' })) : [];
}
