/** As whom PostgreSQL runs: it refuses to run as root. */
import { readFileSync, statSync } from 'node:fs';
import os from 'node:os';
import { ConfigurationError } from '../../errors.ts';

export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/**
 * Null for an ordinary user, who runs PostgreSQL itself. Root runs it as the owner of the data directory, or, while
 * there is none, as an account without privileges. Throws ConfigurationError when there is no account to use.
 */
export function serverAccount(data: string): Account | null {
  if (process.getuid?.() !== 0) {
    requireName();
    return null;
  }
  const owner = statSync(data, { throwIfNoEntry: false });
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const account = unprivilegedAccount(readFileSync('/etc/passwd', 'utf8'));
  if (account === null) {
    throw new ConfigurationError(
      'PostgreSQL does not run as root, and /etc/passwd has no account "nobody" or "daemon" to run it as. ' +
        'Run haloflow as an ordinary user, or set DATABASE_URL.',
    );
  }
  return account;
}

/** The account `nobody`, else `daemon`, of a passwd file (passwd(5)). */
export function unprivilegedAccount(passwd: string): Account | null {
  const lines = passwd.split('\n').map((line) => line.split(':'));
  for (const name of ['nobody', 'daemon']) {
    const line = lines.find((fields) => fields[0] === name);
    const account = { uid: Number(line?.[2]), gid: Number(line?.[3]) };
    if (account.uid > 0 && account.gid >= 0) return account;
  }
  return null;
}

/** PostgreSQL looks its own user up and gives up when it has no name, as in a container started with a bare number. */
function requireName(): void {
  try {
    os.userInfo();
  } catch (cause) {
    throw new ConfigurationError(
      `PostgreSQL needs a user with a name, and user ${process.getuid?.()} has no line in /etc/passwd. ` +
        'Add one, or set DATABASE_URL.',
      { cause },
    );
  }
}
