import { assets } from '../resources/assets.ts';
import { contracts, invoices, items, quotes, recurringInvoices, suppliers } from '../resources/billing.ts';
import { reports } from '../resources/reports.ts';
import { appointments, articles } from '../resources/work.ts';
import { haloDate } from '../rest/dates.ts';
import type { Row } from '../rest/table.ts';
import { FIRST_HUMAN_AGENT } from './people.ts';
import { ASSET_TYPE_COUNT } from './reference.ts';
import type { Builder } from './seed.ts';
import { ARTICLES } from './words.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const APPOINTMENTS = 40;
const SYSTEMS = ['Windows 11', 'Windows 10', 'macOS 15', 'Windows Server 2022'];
const SUPPLIERS = ['Brightwire Telecom', 'Cobalt Hardware', 'Deltanet Hosting', 'Evergreen Licences'];
const SUBJECTS = ['Site visit', 'Weekly review', 'Remote session', 'Quarterly business review'];

const ITEMS = [
  ['Managed workstation', 25, true],
  ['Managed server', 90, true],
  ['Mail protection per user', 4, true],
  ['Backup per 100 GB', 12, true],
  ['Office suite per user', 11, true],
  ['Laptop 14 inch', 1100, false],
  ['Firewall, small office', 640, false],
  ['Hour of support', 95, false],
] as const;

/** Items on every client's recurring invoice. */
const SERVICES = [1, 3, 5];

const REPORTS = [
  ['Open tickets', 'SELECT faultid, symptom, status, areaint FROM faults WHERE status = 2'],
  ['Customers', 'SELECT aarea, aareadesc FROM area'],
  ['Agents', 'SELECT unum, uname, usmtp FROM uname'],
  ['Newest tickets', 'SELECT TOP 20 faultid, symptom, dateoccured FROM faults ORDER BY faultid DESC'],
] as const;

/** Everything that is sold, owned, planned or written down. */
export function seedBusiness(build: Builder): void {
  const { db, put, at } = build;
  for (const name of SUPPLIERS) {
    const domain = name.toLowerCase().replaceAll(' ', '-');
    const contact = {
      contact_name: 'Sales desk',
      email_address: `sales@${domain}.example`,
      phone_number: '555-0160',
    };
    put(suppliers, at(700 * DAY), { name, ...contact });
  }
  for (const [index, [name, price, recurring]] of ITEMS.entries()) {
    put(items, at(600 * DAY), {
      name,
      description: name,
      assetgroup_id: 1,
      baseprice: price,
      costprice: price * 0.6,
      recurringprice: recurring ? price : 0,
      isrecurringitem: recurring,
      quantity_in_stock: recurring ? 0 : 3,
      supplier_id: (index % SUPPLIERS.length) + 1,
    });
  }
  for (const [index, [name, resolution]] of ARTICLES.entries()) {
    put(articles, at((index + 10) * DAY), { name, description: name, resolution, view_count: index * 7 });
  }
  for (const [name, sql] of REPORTS) put(reports, at(100 * DAY), { name, sql });
  for (const client of db.table('clients').all()) {
    if (client['id'] === 1) continue;
    const sites = db
      .table('sites')
      .all()
      .filter((row) => row['client_id'] === client['id']);
    seedContract(build, client, sites[0]?.['id']);
    for (const site of sites) seedAssets(build, site);
  }
  for (let count = APPOINTMENTS; count > 0; count -= 1) seedAppointment(build);
}

function seedAppointment({ random, profile, put, at, now }: Builder): void {
  const start = now + random.between(-10, 10) * DAY + random.between(0, 8) * HOUR;
  const agentId = random.between(FIRST_HUMAN_AGENT, FIRST_HUMAN_AGENT + profile.agents - 1);
  put(appointments, at(12 * DAY), {
    subject: random.pick(SUBJECTS),
    agent_id: agentId,
    agents: [{ id: agentId, use: 'agent' }],
    client_id: random.pick(profile.clients).id,
    start_date: haloDate(start),
    end_date: haloDate(start + HOUR),
    is_task: random.chance(0.2),
  });
}

/** A contract, its recurring invoice, two invoices made from it, and sometimes a quote. */
function seedContract({ db, put, at, random, now }: Builder, client: Row, siteId: unknown): void {
  const { id, name } = client;
  const owner = { client_id: id, site_id: siteId };
  const lines = SERVICES.map((itemId, index) => {
    const { name: text, recurringprice: price } = db.table('items').get(itemId) ?? {};
    const quantity = random.between(3, 40);
    return {
      id: index + 1,
      item_id: itemId,
      item_shortdescription: text,
      qty_order: quantity,
      unit_price: price,
    };
  });
  const amount = lines.reduce((sum, line) => sum + line.qty_order * Number(line.unit_price), 0);
  const terms = { start_date: haloDate(at(300 * DAY)), end_date: haloDate(now + 65 * DAY), sla_id: 1 };
  const ref = `${String(name).slice(0, 3).toUpperCase()}-${String(id)}`;
  put(contracts, at(300 * DAY), {
    ...owner,
    ...terms,
    id,
    ref,
    note: 'Managed services',
    periodchargeamount: amount,
  });
  const invoice = { client_id: id, sitenumber: siteId, contract_id: id, name, lines, posted: true };
  put(recurringInvoices, at(200 * DAY), { ...invoice, nextcreationdate: haloDate(now + 12 * DAY) });
  for (const monthsAgo of [2, 1]) {
    const date = at(monthsAgo * 30 * DAY);
    const paid = monthsAgo === 2;
    put(invoices, date, {
      ...invoice,
      invoicenumber: `INV-${String(db.table('invoices').nextId()).padStart(5, '0')}`,
      paymentstatus: paid ? 2 : 0,
      amountpaid: paid ? amount : 0,
    });
  }
  if (random.chance(0.6))
    put(quotes, at(20 * DAY), { ...owner, title: `Laptop refresh for ${String(name)}`, lines });
}

function seedAssets({ db, put, at, random, profile }: Builder, site: Row): void {
  for (let count = random.between(2, 5); count > 0; count -= 1) {
    const serial = `SN${random.between(100_000, 999_999)}${String.fromCharCode(65 + random.between(0, 25))}`;
    const system = random.pick(SYSTEMS);
    const tag = String(db.table('assets').nextId()).padStart(5, '0');
    put(assets, at(random.between(10, 500) * DAY), {
      inventory_number: `${profile.domain.slice(0, 2).toUpperCase()}-${tag}`,
      key_field: serial,
      key_field2: system,
      assettype_id: random.between(1, ASSET_TYPE_COUNT),
      site_id: site['id'],
      fields: [
        { id: profile.serialField, name: 'Serial Number', value: serial, display: serial },
        { id: profile.serialField + 1, name: 'Operating System', value: system, display: system },
      ],
      inactive: random.chance(0.05),
      contract_id: site['client_id'],
      supplier_id: random.between(1, SUPPLIERS.length),
      warranty_start: haloDate(at(400 * DAY)),
      warranty_end: haloDate(at(-300 * DAY)),
    });
  }
}
