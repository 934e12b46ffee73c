/** The texts of the project, and the code in them. */
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export interface Block {
  /** `README.md:59`: where it starts. */
  readonly place: string;
  /** The first word after the fence. */
  readonly language: string;
  /** The words after it. */
  readonly about: readonly string[];
  /** Without the indentation of the list that it stands in. */
  readonly text: string;
}

export interface Page {
  /** `docs/errors.md` */
  readonly file: string;
  readonly text: string;
  readonly blocks: readonly Block[];
  /** The text in single backticks, outside blocks. */
  readonly inline: readonly { readonly place: string; readonly text: string }[];
}

const FENCE = /^( *)```(\S*) ?(.*)$/;

/** README, CONTRIBUTING and everything in docs. */
export function readPages(): readonly Page[] {
  const docs = readdirSync(`${ROOT}docs`).filter((file) => file.endsWith('.md'));
  return ['README.md', 'CONTRIBUTING.md', ...docs.map((file) => `docs/${file}`)].map(readPage);
}

export function readPage(file: string): Page {
  const text = readFileSync(`${ROOT}${file}`, 'utf8');
  const blocks: Block[] = [];
  const inline: Page['inline'][number][] = [];
  let open: { block: Omit<Block, 'text'>; indent: number; lines: string[] } | null = null;
  for (const [index, line] of text.split('\n').entries()) {
    const place = `${file}:${index + 1}`;
    const [, indent = '', language = '', about = ''] = FENCE.exec(line) ?? [];
    if (open && line.trim() === '```') {
      blocks.push({ ...open.block, text: open.lines.join('\n') });
      open = null;
    } else if (open) {
      open.lines.push(line.slice(open.indent));
    } else if (line.trimStart().startsWith('```')) {
      const words = about.split(' ').filter((word) => word !== '');
      open = { block: { place, language, about: words }, indent: indent.length, lines: [] };
    } else {
      inline.push(...[...line.matchAll(/`([^`]+)`/g)].map((match) => ({ place, text: match[1] ?? '' })));
    }
  }
  if (open) throw new Error(`${open.block.place}: the block is not closed`);
  return { file, text, blocks, inline };
}

/** The cells of every table row of a page, without header and rule. */
export function tableRows({ text }: Page): readonly (readonly string[])[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^\|[\s|:-]+\|$/.test(line))
    .map((line) =>
      line
        .replaceAll('\\|', '/')
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}
