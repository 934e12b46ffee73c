/** The demo's lines: time, ticket, organization, what happened, the rest. */

const time = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });

type Happening = 'ticket' | 'accepted' | 'filtered' | 'failed' | 'run' | 'note';

export interface DemoLine {
  readonly ticket: number | null;
  /** An organization, or what Halo calls the client. */
  readonly who: string;
  readonly what: Happening;
  readonly rest: string;
}

const WIDTHS = [8, 6, 13, 8] as const;

function columns(cells: readonly [string, string, string, string], rest: string): string {
  return [...cells.map((cell, column) => cell.padEnd(WIDTHS[column] ?? 0)), rest].join('  ').trimEnd();
}

export const DEMO_HEAD = columns(['time', 'ticket', 'organization', ''], '');

export function demoLine({ ticket, who, what, rest }: DemoLine, at = new Date()): string {
  return columns([time.format(at), ticket === null ? '-' : String(ticket), who, what], rest);
}
