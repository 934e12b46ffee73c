/** How well a Halo client and an organization fit each other: pure, with the reasons in words. */
import { distance } from 'fastest-levenshtein';
import { domainOf, externalIdOf, normaliseName } from './normalise.ts';
import type { NormalName } from './normalise.ts';

/** A Halo client, as far as its list tells. */
export interface Client {
  readonly id: number;
  readonly name: string;
  readonly inactive: boolean;
  /** The kind of customer, as Halo's list has it. */
  readonly type: string | null;
  readonly topLevel: string | null;
  /** Its e-mail domain, or an address in it. */
  readonly domain: string | null;
  readonly website: string | null;
  /** Its reference and its ids in other products. */
  readonly externalIds: readonly string[];
  /** It was read in full: nothing more is to be learnt of its domain and website. */
  readonly detailed?: boolean;
}

/** An organization that may be a client. */
export interface Candidate {
  readonly slug: string;
  readonly name: string;
  readonly domain: string | null;
  readonly tags: readonly string[];
}

/** One side, ready to be compared. */
export interface Profile {
  readonly name: NormalName;
  /** By what it is: the client's has both, an organization's domain stands for its website too. */
  readonly domains: { readonly mail: string | null; readonly web: string | null };
  readonly externalIds: ReadonlySet<string>;
}

export interface Score {
  /** 0 to 1, to two places. */
  readonly score: number;
  /** Of the same score, the larger is the better; beyond 1 where several things agree. */
  readonly weight: number;
  /** The same name or the same external id. */
  readonly exact: boolean;
  readonly reasons: readonly string[];
}

export function profileOfClient(client: Client): Profile {
  return {
    name: normaliseName(client.name),
    domains: { mail: domainOf(client.domain), web: domainOf(client.website) },
    externalIds: idsOf(client.externalIds),
  };
}

/** Its slug and its tags may be what another product, or Halo's reference, calls it. */
export function profileOfOrganization({ slug, name, domain, tags }: Candidate): Profile {
  const own = domainOf(domain);
  return {
    name: normaliseName(name),
    domains: { mail: own, web: own },
    externalIds: idsOf([slug, ...tags]),
  };
}

const idsOf = (written: readonly string[]): ReadonlySet<string> =>
  new Set(written.map(externalIdOf).filter((id) => id !== null));

/** Below this nothing is suggested. */
const LEAST_SCORE = 0.6;

/** What is no exact match stays below every exact one. */
const MOST_INEXACT = 0.96;
const DOMAIN = 0.9;
/** Each thing more that agrees. */
const MORE = 0.02;

/** Null when nothing is alike, or too little. */
export function scoreOf(client: Profile, organization: Profile): Score | null {
  const name = compareNames(client.name, organization.name);
  const id = [...client.externalIds].find((own) => organization.externalIds.has(own));
  const sameMail = client.domains.mail !== null && client.domains.mail === organization.domains.mail;
  const sameWeb = client.domains.web !== null && client.domains.web === organization.domains.web;
  const reasons = [
    ...(name ? [name.reason] : []),
    ...(sameMail ? [`same e-mail domain ${client.domains.mail}`] : []),
    ...(sameWeb ? [`same website ${client.domains.web}`] : []),
    ...(id === undefined ? [] : [`same external id ${id}`]),
  ];
  if (reasons.length === 0) return null;
  const exact = name?.exact === true || id !== undefined;
  const others = !sameMail && !sameWeb && hasOtherDomain(client, organization);
  const alike = id === undefined ? likeness(name?.likeness ?? 0, sameMail || sameWeb, others && !exact) : 1;
  const weight = round((exact ? alike : Math.min(alike, MOST_INEXACT)) + MORE * (reasons.length - 1));
  const score = Math.min(weight, exact ? 1 : MOST_INEXACT);
  if (score < LEAST_SCORE) return null;
  return { score, weight: exact ? weight : score, exact, reasons };
}

const round = (value: number): number => Math.round(value * 100) / 100;

/** Two signs that have nothing to do with each other: how surely not both are wrong. */
function likeness(name: number, sameDomain: boolean, otherDomain: boolean): number {
  if (sameDomain) return 1 - (1 - name) * (1 - DOMAIN);
  return otherDomain ? name * 0.9 : name;
}

function hasOtherDomain({ domains }: Profile, organization: Profile): boolean {
  return organization.domains.mail !== null && (domains.mail !== null || domains.web !== null);
}

interface NameLikeness {
  readonly likeness: number;
  readonly exact: boolean;
  readonly reason: string;
}

function compareNames(client: NormalName, organization: NormalName): NameLikeness | null {
  if (client.core === organization.core) return compareForms(client.form, organization.form);
  if (client.numbers !== organization.numbers) return null;
  if (client.sorted === organization.sorted) {
    return { likeness: 0.95, exact: false, reason: 'same words in another order' };
  }
  const longer = Math.max(client.core.length, organization.core.length);
  const letters = 1 - distance(client.core, organization.core) / longer;
  const shared = sharedWords(client.words, organization.words);
  const near = letters * 0.95;
  const partly = shared === 0 ? 0 : 0.45 + 0.4 * shared;
  if (Math.max(near, partly) < LEAST_SCORE) return null;
  if (partly > near) return { likeness: partly, exact: false, reason: 'one name is part of the other' };
  return { likeness: near, exact: false, reason: `names are ${Math.round(letters * 100)} % alike` };
}

/** Acme GmbH and Acme Ltd may be two companies. */
function compareForms(client: string, organization: string): NameLikeness {
  if (client === organization) return { likeness: 1, exact: true, reason: 'same name' };
  if (client === '' || organization === '') {
    return { likeness: 0.97, exact: true, reason: 'same name but for the form of the company' };
  }
  return { likeness: 0.85, exact: false, reason: 'same name with another form of company' };
}

/** The share of the longer name that the shorter one is, when all its words are there; else 0. */
function sharedWords(a: readonly string[], b: readonly string[]): number {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  return short.every((word) => long.includes(word)) ? short.length / long.length : 0;
}
