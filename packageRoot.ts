/** Where haloflow is. Its modules run as they are or compiled in dist/; the files that they read exist once. */
import { existsSync } from 'node:fs';

const here = new URL('./', import.meta.url);

/** The folder with haloflow's package.json: the checkout, or the installed package. */
export const packageRoot: URL = existsSync(new URL('package.json', here)) ? here : new URL('../', here);
