/** Text that people write for people: of any lines. */
import { data } from './data.ts';
import { kindOf } from './readers.ts';
import type { Reader } from './readers.ts';

export const prose: Reader<string> = {
  blank: '',
  read(spot, scope) {
    const before = scope.problems.length;
    const value = data.read(spot, scope);
    if (typeof value === 'string') return value;
    if (scope.problems.length === before) scope.report(spot, `expected text, found ${kindOf(spot)}`);
    return '';
  },
};
