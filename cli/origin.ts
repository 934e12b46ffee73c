/** What whoever has changed a row of a configuration file is told; nothing for other rows. */
export const comesBack = ({ origin }: { readonly origin: string }): readonly string[] =>
  origin === 'file'
    ? ['It was of a configuration file: the next apply of one that names it brings back what that says.']
    : [];
