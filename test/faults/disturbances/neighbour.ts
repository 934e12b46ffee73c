/** Another tenant of the installation, and an admin of one client: both do what they can to the others. */
import { untilTrue } from '../../support/polling.ts';
import { atLeast, none } from '../count.ts';
import type { Count } from '../count.ts';
import { look } from '../database.ts';
import type { Answer } from '../stack.ts';
import { moments } from './disturbance.ts';
import type { Disturbance, Field } from './disturbance.ts';
import { openStreams } from './streams.ts';

const NEIGHBOUR = 'neighbour';
const CLIENT = 'acme';
const HOOK = 'neighbour-hook';
/** Of a trigger of the MSP, for whoever the MSP calls so. */
export const GOLD = { tag: 'gold', trigger: 'gold', organization: 'globex', workflow: 'handBack' } as const;
/** All that one token may have is less than what the installation has. */
const TOKENS = 3;

interface Intruders {
  readonly neighbour: readonly string[];
  readonly client: string;
  readonly msp: string;
  readonly hook: string;
}

/** Its deeds count as done when they were answered; that they have no effect shows in the counts of everything else. */
export function neighbour(field: Field, wanted: number): Disturbance {
  const {
    home,
    stack,
    random,
    tenants: { home: tenant },
  } = field;
  let intruders: Intruders | null = null;
  let names = 0;
  let rounds = 0;
  let streams = 0;
  const wrong: string[] = [];

  /** Answers where somebody answered, and not that it cannot just now. */
  const isAnswer = ({ status }: Answer): boolean => status !== 0 && status < 500;

  /** Null: nobody answered. A name that was made and not told is not taken again. */
  async function token(organization: string): Promise<string | null> {
    const { status, body } = await stack.ask({
      path: '/tokens',
      body: { name: `${organization}-${(names += 1)}`, organization, role: 'admin' },
    });
    return status === 201 ? (body as { text: string }).text : null;
  }

  /** They move in: tokens of admins, and a trigger that others may call. */
  async function moveIn(): Promise<Intruders | null> {
    await stack.ask({ path: '/organizations', body: { slug: NEIGHBOUR, name: 'The neighbour' } });
    const tokens = [];
    for (const who of [...Array<string>(TOKENS).fill(NEIGHBOUR), CLIENT, 'northwind']) {
      const text = await token(who);
      if (text === null) return null;
      tokens.push(text);
    }
    const [msp, client, ...others] = tokens.toReversed() as [string, string, ...string[]];
    await stack.ask({
      path: '/triggers',
      token: others[0],
      body: { id: HOOK, organization: NEIGHBOUR, type: 'webhook', workflow: 'handBack', runAs: 'owner' },
    });
    const shown = await stack.ask({ method: 'GET', path: `/triggers/${HOOK}?url=true`, token: others[0] });
    if (shown.status !== 200) return null;
    const { url } = (shown.body as { trigger: { url: string } }).trigger;
    return { neighbour: others, client, msp, hook: url };
  }

  /** A limit of years, and one that is allowed and next to nothing. False: nobody answered. */
  async function shut(as: string): Promise<boolean> {
    const connection = (id: string, rateLimit: object): Promise<Answer> =>
      stack.ask({
        path: '/connections',
        token: as,
        body: {
          id,
          organization: NEIGHBOUR,
          resourceServer: tenant.baseUrl,
          authServer: tenant.authUrl,
          tenant: tenant.tenant,
          clientId: 'somebody',
          clientSecret: 'guessed',
          rateLimit,
        },
      });
    const years = await connection(`years-${rounds}`, { requests: 1, perSeconds: 2_147_483_647 });
    if (years.status === 201) wrong.push('a limit of 68 years');
    const slow = await connection(`${NEIGHBOUR}-${rounds}`, { requests: 360, perSeconds: 3_600 });
    // 409: it was made, and the process killed before it said so.
    if (isAnswer(slow) && slow.status !== 201 && slow.status !== 409)
      throw new Error(`the neighbour was told: ${JSON.stringify(slow.body)}`);
    return isAnswer(years) && isAnswer(slow);
  }

  /** A client calls itself gold, wants nothing kept, and has gold children. */
  async function crown(as: string): Promise<boolean> {
    const itself = await stack.ask({
      method: 'PATCH',
      path: `/organizations/${CLIENT}`,
      token: as,
      body: { tags: [GOLD.tag], retentionDays: 1 },
    });
    if (itself.status === 200) wrong.push('tags that a client gave itself');
    const child = await stack.ask({
      path: '/organizations',
      token: as,
      body: { slug: `${CLIENT}-sub-${rounds}`, name: 'A child', parent: CLIENT, tags: [GOLD.tag] },
    });
    return isAnswer(itself) && isAnswer(child);
  }

  /** An event for somebody else. */
  async function smuggle(hook: string): Promise<boolean> {
    const other = random.pick(['northwind', 'globex', 'initech']);
    const reply = await fetch(`${hook}?organization=${other}`, { method: 'POST', body: '{}' }).catch(
      () => null,
    );
    if (reply?.ok) wrong.push('a delivery for another organization');
    return reply !== null && reply.status < 500;
  }

  /** As many streams as it gets; the MSP then needs one. */
  async function crowdOut({ neighbour: tokens, msp }: Intruders): Promise<boolean> {
    const taken = await openStreams(stack, tokens);
    const own = await openStreams(stack, [msp], 1);
    taken.close();
    own.close();
    streams = Math.max(streams, taken.open);
    if (taken.open > 0 && own.last === 429) wrong.push('the stream of the MSP was refused');
    return taken.open > 0 && own.open === 1;
  }

  return {
    at: moments(wanted, field),
    async act() {
      if (!(await stack.isReady())) return false;
      intruders ??= await moveIn();
      if (intruders === null) return false;
      const [first = ''] = intruders.neighbour;
      const were = [
        await shut(first),
        await crown(intruders.client),
        await smuggle(intruders.hook),
        await crowdOut(intruders),
      ];
      // Killed in the middle: all of it once more.
      if (were.includes(false)) return false;
      rounds += 1;
      return true;
    },
    // What repeats by itself would never come to an end.
    async end() {
      await untilTrue(async () => {
        const body = { enabled: false };
        const { status } = await stack.ask({ method: 'PATCH', path: `/triggers/${GOLD.trigger}`, body });
        return status === 200;
      });
    },
    async count(): Promise<readonly Count[]> {
      const runs = await look<{ organization: string }>(
        home,
        `select organization from runs where trigger = '${GOLD.trigger}'`,
      );
      const smuggled = await look<{ count: number }>(
        home,
        `select count(*)::int as count from events
          where trigger = '${HOOK}' and organization is distinct from '${NEIGHBOUR}'`,
      );
      const mine = runs.filter(({ organization }) => organization === GOLD.organization).length;
      return [
        atLeast('rounds of a neighbour and a client who do what they can to others', wanted, rounds),
        atLeast('streams that the neighbour took at a time', 1, streams),
        none(`of their deeds let through${wrong.length > 0 ? ` (${wrong[0]})` : ''}`, wrong.length),
        none('events of theirs for others', smuggled[0]?.count ?? -1),
        atLeast('runs for the organization that the MSP calls gold', 1, mine),
        none('runs for those that call themselves so', runs.length - mine),
      ];
    },
  };
}
