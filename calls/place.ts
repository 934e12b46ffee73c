/** A host as one tree of organizations asks it: what is counted, queued and learned there is that tree's alone. */
export interface Place {
  /** The root organization of the tree; none: the host alone, for callers without organizations. */
  readonly tree?: string | undefined;
  /** The resource server's, as URL.host has it (the port only where it is not the default). */
  readonly host: string;
}

/** As one text: `northwind northwind.halopsa.com`. Neither part has spaces. */
export const placeName = ({ tree = '', host }: Place): string => (tree === '' ? host : `${tree} ${host}`);
