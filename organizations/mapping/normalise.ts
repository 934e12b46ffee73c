/** Names, addresses and ids of companies in the form in which they are compared. */

/** Forms of companies, as one word each or as the letters that dots are taken out of (`B.V.`). */
const FORMS: Readonly<Record<string, string>> = {
  limited: 'ltd',
  ltd: 'ltd',
  plc: 'plc',
  llp: 'llp',
  llc: 'llc',
  lp: 'lp',
  inc: 'inc',
  incorporated: 'inc',
  corp: 'corp',
  corporation: 'corp',
  co: 'co',
  company: 'co',
  gmbh: 'gmbh',
  mbh: 'gmbh',
  ug: 'ug',
  haftungsbeschrankt: 'ug',
  ag: 'ag',
  kg: 'kg',
  kgaa: 'kgaa',
  ohg: 'ohg',
  gbr: 'gbr',
  ek: 'ek',
  ev: 'ev',
  eg: 'eg',
  se: 'se',
  sa: 'sa',
  sarl: 'sarl',
  sas: 'sas',
  sasu: 'sas',
  eurl: 'eurl',
  sl: 'sl',
  slu: 'sl',
  srl: 'srl',
  spa: 'spa',
  bv: 'bv',
  nv: 'nv',
  vof: 'vof',
  as: 'as',
  asa: 'as',
  aps: 'aps',
  ab: 'ab',
  oy: 'oy',
  oyj: 'oy',
  kk: 'kk',
  pty: 'pty',
  pte: 'pte',
  pvt: 'pvt',
  private: 'pvt',
  sro: 'sro',
  zoo: 'zoo',
  doo: 'doo',
  lda: 'lda',
  ltda: 'ltda',
};

export interface NormalName {
  /** Lower case, without accents, punctuation and the form of the company: `acme fabrication`. */
  readonly core: string;
  /** The form of the company, if the name says one: `ltd`. */
  readonly form: string;
  readonly words: readonly string[];
  /** The same words in alphabetical order. */
  readonly sorted: string;
  /** All numbers in it: names that differ in these are not near. */
  readonly numbers: string;
}

/** The cost of a comparison grows with the product of both lengths; names of companies are shorter. */
const LONGEST_NAME = 300;

/** A name of nothing but a form, or of letters that have no words, is compared as it is. */
export function normaliseName(name: string): NormalName {
  const words = wordsOf(name.slice(0, LONGEST_NAME));
  const kept = [...words];
  const form: string[] = [];
  while (kept.length > 1) {
    const last = kept.at(-1) ?? '';
    // `S. p. A.` falls apart into letters.
    const letters = spelledForm(kept);
    if (letters !== null) {
      form.unshift(letters.form);
      kept.splice(-letters.count);
    } else if (Object.hasOwn(FORMS, last)) {
      form.unshift(FORMS[last] ?? last);
      kept.pop();
      // "GmbH & Co. KG", "Smith and Company"
      if (kept.length > 1 && kept.at(-1) === 'and') kept.pop();
    } else {
      break;
    }
  }
  if (kept.length > 1 && kept[0] === 'the') kept.shift();
  return {
    core: kept.join(' '),
    form: form.join(' '),
    words: kept,
    sorted: kept.toSorted().join(' '),
    numbers: kept
      .flatMap((word) => word.match(/\d+/g) ?? [])
      .toSorted()
      .join(' '),
  };
}

/** Lower-case Latin letters that no accent makes, as they are written without them. */
export function spelledOut(text: string): string {
  return text
    .replaceAll('ß', 'ss')
    .replaceAll('æ', 'ae')
    .replaceAll('œ', 'oe')
    .replaceAll('ø', 'o')
    .replaceAll('ł', 'l');
}

function wordsOf(name: string): string[] {
  const unaccented = name
    .normalize('NFKD')
    // Accents; what letters of other scripts are made of stays.
    .replaceAll(/[\u0300-\u036F]/g, '')
    .normalize('NFC');
  const plain = spelledOut(unaccented.toLowerCase())
    .replaceAll(/[&+]/g, ' and ')
    .replaceAll(/['’`´]/g, '')
    // "B.V." is one word, "acme.example" two.
    .replaceAll(/\b(?:\p{Letter}\.){2,}/gu, (letters) => letters.replaceAll('.', ''));
  const words = plain.split(/[^\p{Letter}\p{Mark}\p{Number}]+/u).filter((word) => word !== '');
  return words.length > 0 ? words : [name.trim()];
}

/** The form at the end that is written letter by letter: `s p a`. */
function spelledForm(words: readonly string[]): { readonly form: string; readonly count: number } | null {
  for (const count of [4, 3, 2]) {
    const letters = words.slice(-count);
    if (words.length <= count || letters.some((word) => word.length > 1)) continue;
    const form = FORMS[letters.join('')];
    if (form !== undefined) return { form, count };
  }
  return null;
}

/** Everybody has an address there, so it tells nothing of a company. */
const PUBLIC_DOMAINS = new Set(
  `gmail.com googlemail.com outlook.com hotmail.com hotmail.co.uk live.com msn.com yahoo.com yahoo.co.uk icloud.com
  me.com aol.com gmx.de gmx.net gmx.com web.de t-online.de freenet.de mail.com proton.me protonmail.com orange.fr
  wanadoo.fr free.fr libero.it btinternet.com sky.com comcast.net verizon.net att.net bigpond.com onmicrosoft.com
  facebook.com linkedin.com instagram.com sites.google.com`.split(/\s+/),
);

/**
 * The domain of an e-mail address, a web address or a host, lower case and without `www.`; null for what is none, and
 * for those that everybody uses.
 */
export function domainOf(written: unknown): string | null {
  if (typeof written !== 'string') return null;
  const host = written
    .trim()
    .toLowerCase()
    .replace(/^mailto:/, '')
    .replace(/^[a-z]+:\/\//, '')
    .replace(/[/?#].*$/s, '')
    .replace(/^.*@/, '')
    .replace(/:\d+$/, '')
    .replace(/^www\./, '')
    .replace(/\.$/, '');
  if (!/^(?=.{4,253}$)[\p{Letter}\p{Number}-]+(?:\.[\p{Letter}\p{Number}-]+)+$/u.test(host)) return null;
  if (/^[\d.]+$/.test(host)) return null;
  return PUBLIC_DOMAINS.has(host) ? null : host;
}

/** An id of another product as it is compared; null for what is none. Numbers as short as Halo's own say nothing. */
export function externalIdOf(written: unknown): string | null {
  if (typeof written !== 'string' && typeof written !== 'number') return null;
  const id = String(written).trim().toLowerCase();
  return /[\p{Letter}\p{Number}]/u.test(id) && id.length >= 4 && id.length <= 255 ? id : null;
}
