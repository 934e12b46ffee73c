/** Suggestions for 2,000 Halo clients and 2,000 organizations, beside comparing every pair. */
import { profileOfClient, profileOfOrganization, scoreOf } from '../organizations/mapping/score.ts';
import type { Candidate, Client } from '../organizations/mapping/score.ts';
import { suggest } from '../organizations/mapping/suggest.ts';

const SIZE = 2_000;
const FIRST =
  `Harbor Pinecrest Redwood Lumen Stonegate Bluefin Kestrel Maple Orchard Summit Tidewater Velo Cedar Falcon
  Granite Ivory Juniper Larkspur Meadow Nimbus Onyx Prairie Quarry Raven Sable Thistle Umber Vesper Willow Zephyr`.split(
    /\s+/,
  );
const SECOND =
  `Dental Law Fabrication Bakery Realty Shipping Aviation Accounting Veterinary Physiotherapy Schools Couriers
  Textiles Logistics Foods Optics Robotics Printing Hospitality Insurance`.split(/\s+/);
const FORMS = ['Ltd', 'GmbH', 'Inc.', 'LLC', '', 'B.V.', 'Pty Ltd', 'S.A.'];

/** Every seventh is spelt wrong, every fifth has a domain, the forms differ. */
function companies(): { readonly clients: readonly Client[]; readonly organizations: readonly Candidate[] } {
  const names = Array.from({ length: SIZE }, (_, index) => {
    const first = FIRST[index % FIRST.length] ?? '';
    const second = SECOND[Math.floor(index / FIRST.length) % SECOND.length] ?? '';
    return `${first} ${second} ${String.fromCodePoint(97 + (index % 26), 97 + (Math.floor(index / 600) % 26))}`;
  });
  return {
    clients: names.map((name, index) => ({
      id: index + 1,
      name: `${index % 7 === 0 ? name.replace(/(.)(.)/, '$2$1') : name} ${FORMS[index % FORMS.length] ?? ''}`.trim(),
      inactive: false,
      type: null,
      topLevel: null,
      domain: index % 5 === 0 ? `company-${index}.example` : null,
      website: null,
      externalIds: [],
    })),
    organizations: names.map((name, index) => ({
      slug: `company-${index}`,
      name: index % 3 === 0 ? name.toUpperCase() : name,
      domain: index % 5 === 0 ? `company-${index}.example` : null,
      tags: [],
    })),
  };
}

export function benchMappings(): Promise<void> {
  const { clients, organizations } = companies();
  const began = performance.now();
  const found = suggest(clients, organizations);
  const indexed = performance.now() - began;
  const all = performance.now();
  const left = clients.map(profileOfClient);
  const right = organizations.map(profileOfOrganization);
  let pairs = 0;
  for (const client of left) {
    for (const organization of right) if (scoreOf(client, organization)) pairs += 1;
  }
  const naive = performance.now() - all;
  const best = new Map(found.toReversed().map(({ client, organization }) => [client.id, organization.slug]));
  const right1 = clients.filter(({ id }) => best.get(id) === `company-${id - 1}`).length;
  console.log(`${SIZE} clients, ${SIZE} organizations: suggestions in ${indexed.toFixed(0)} ms`);
  console.log(`every pair: ${naive.toFixed(0)} ms, ${(naive / indexed).toFixed(1)} times as long`);
  console.log(`${found.length} suggestions of ${pairs} pairs; the best is the right one for ${right1}`);
  return Promise.resolve();
}
