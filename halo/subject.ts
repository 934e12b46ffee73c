/** What an error is about: one request of one connection. */
export interface Subject {
  /** Method and path as a person would write them: `GET /Tickets/7`. */
  readonly what: string;
  /** The path below `/api`. */
  readonly path: string;
  /** The connection's id. */
  readonly connection: string;
  /** Whether the request may change Halo's data, so that a lost reply leaves its outcome unknown. */
  readonly write: boolean;
  /** Texts that no error may hold: the client secret and the tokens. */
  readonly secrets: ReadonlySet<string>;
}

/** Text that came from the other side, with every secret blanked out, also where it is encoded. */
export function withoutSecrets(text: string, secrets: ReadonlySet<string>): string {
  let clean = text;
  for (const secret of secrets) {
    if (secret === '') continue;
    for (const form of formsOf(secret)) clean = clean.replaceAll(form, '***');
  }
  return clean;
}

function formsOf(secret: string): readonly string[] {
  const inForm = new URLSearchParams([['', secret]]).toString().slice(1);
  const inPath = secret.split('/').map(encodeURIComponent).join('/');
  const inHtml = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return [
    secret,
    encodeURIComponent(secret),
    inPath,
    inForm,
    JSON.stringify(secret).slice(1, -1),
    inHtml,
    inHtml.replaceAll('"', '&quot;').replaceAll("'", '&#39;'),
  ];
}
