/** `${NAME}` references in texts of the configuration file. */

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Substitution {
  readonly text: string;
  /** The variables that were put in; their values are never shown. */
  readonly variables: readonly string[];
  readonly problems: readonly string[];
}

const reference = /\$\$\{|\$\{([^}]*)(\}?)/g;
const variableName = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Puts in the values of `${NAME}`, anywhere in the text; `$${` stands for `${` itself. Never throws. */
export function substitute(text: string, env: Environment): Substitution {
  const variables: string[] = [];
  const problems: string[] = [];
  const substituted = text.replace(reference, (match, name: string | undefined, end: string | undefined) => {
    if (match === '$${') return '${';
    if (name === undefined || end !== '}' || !variableName.test(name)) {
      // What was written is not repeated: `${NAME:-secret}` is a mistake that people make.
      problems.push(
        'an environment variable is written ${NAME}, with letters, digits and "_" only ("$${" for a literal "${")',
      );
      return '';
    }
    const value = Object.hasOwn(env, name) ? env[name] : undefined;
    if (value === undefined || value === '') {
      problems.push(`the environment variable ${name} is ${value === '' ? 'empty' : 'not set'}`);
      return '';
    }
    variables.push(name);
    return value;
  });
  return { text: substituted, variables, problems };
}

/** Whether the text is one `${NAME}` and nothing else: the only form a secret may have in the file. */
export function isReference(text: string): boolean {
  return text.startsWith('${') && text.endsWith('}') && variableName.test(text.slice(2, -1));
}

/** Stands for YAML in which `${NAME}` is safe. */
export interface Masked {
  readonly yaml: string;
  /** Undoes it in a text that was read from it. */
  readonly unmask: (text: string) => string;
}

/**
 * Makes `${NAME}` safe inside `{ flow mappings }`, where YAML takes its braces for its own: they become private-use
 * characters, one for one, so that places stay true.
 */
export function maskReferences(yaml: string): Masked {
  const [opening, closing] = unusedCharacters(yaml);
  return {
    yaml: yaml.replace(/\$\{([^{}\s,]*)\}/g, (_, name: string) => `$${opening}${name}${closing}`),
    unmask: (text) => text.replaceAll(opening, '{').replaceAll(closing, '}'),
  };
}

/** Two of Unicode's private-use characters that the text has neither as such nor as an escape. */
function unusedCharacters(yaml: string): readonly [string, string] {
  const lower = yaml.toLowerCase();
  const found: string[] = [];
  for (let code = 0xe000; found.length < 2 && code <= 0xf8ff; code += 1) {
    const character = String.fromCharCode(code);
    if (!lower.includes(character) && !lower.includes(code.toString(16))) found.push(character);
  }
  const [opening = '\uE001', closing = '\uE002'] = found;
  return [opening, closing];
}
