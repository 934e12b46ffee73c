import Table from 'cli-table3';

const none = '';
const spaced = {
  top: none,
  'top-mid': none,
  'top-left': none,
  'top-right': none,
  bottom: none,
  'bottom-mid': none,
  'bottom-left': none,
  'bottom-right': none,
  left: none,
  'left-mid': none,
  mid: none,
  'mid-mid': none,
  right: none,
  'right-mid': none,
  middle: '  ',
};

/** Narrower columns of prose are worse to read than lines that the terminal breaks. */
const NARROWEST = 30;
/** Of a terminal that does not say how wide it is, and of a file. */
const USUAL_WIDTH = 100;

/** How wide the lines may be: the terminal's width, or COLUMNS. */
function terminalWidth(): number {
  return process.stdout.columns ?? (Number(process.env['COLUMNS']) || USUAL_WIDTH);
}

/** Breaks prose into lines of at most `width` characters, between words. */
export function wrap(text: string, width = terminalWidth()): string {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line === undefined || line.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${line} ${word}`;
  }
  return lines.join('\n');
}

type Row = readonly (string | number)[];

/** Columns for a terminal: no frame, no colours, nothing cut off; with `prose` the last one is broken into lines. */
export function table(head: Row, rows: readonly Row[], { prose = false } = {}): string {
  const drawn = new Table({
    head: head.map(String),
    chars: spaced,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  const others = head.slice(0, -1).map((_, column) => widest([head, ...rows], column) + 2);
  const left = Math.max(
    NARROWEST,
    others.reduce((rest, width) => rest - width, terminalWidth()),
  );
  drawn.push(
    ...rows.map((row) => (prose ? [...row.slice(0, -1), wrap(String(row.at(-1)), left)] : [...row])),
  );
  return drawn
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

function widest(rows: readonly Row[], column: number): number {
  return Math.max(...rows.map((row) => String(row[column]).length));
}
