import { json } from '../http/reply.ts';
import { haloDate } from '../rest/dates.ts';
import { among, between, is, when } from '../rest/filters.ts';
import { exception, notFound } from '../rest/refusal.ts';
import { parseArray } from '../rest/write.ts';
import { EVENTS } from '../rest/events.ts';
import type { Context, Resource } from '../rest/resource.ts';
import type { Row } from '../rest/table.ts';
import { asNumber, change, lastUpdate, nameOf, need, whereNames, words } from './shared.ts';

const DAY = 86_400_000;
const needClient = need('client_id', exception('Please select a Customer'));

const day = (context: Context, days = 0): string =>
  haloDate(Math.floor(context.now / DAY) * DAY + days * DAY);

export const contracts: Resource = {
  route: 'ClientContract',
  area: 'contracts',
  table: 'contracts',
  list: {
    items: 'contracts',
    paging: 'paged',
    fields:
      words(`id client_id client_name ref refextra start_date end_date started expired billingperiod subtype
      status site_id site_name user_id user_name sla_id next_invoice_date periodchargeamount note contract_status
      contracttype active use`),
    filters: [is('client_id'), is('site_id'), among('ids', 'id')],
    search: ['ref', 'note', 'client_name'],
  },
  computed: { ...whereNames },
  write: {
    types: { ref: 'text', periodchargeamount: 'number', billingperiod: 'integer' },
    needs: [needClient],
    mergedArrays: ['customfields'],
    defaults: (_input, context) => ({
      ref: '',
      refextra: '',
      start_date: day(context),
      end_date: day(context, 365),
      started: true,
      expired: false,
      active: true,
      billingperiod: 3,
      status: 0,
      note: '',
      periodchargeamount: 0,
      sla_id: -1,
      customfields: [],
      use: 'contract',
    }),
  },
  remove: {},
};

const agentName = ({ db, agentId }: Context): unknown => db.table('agents').get(agentId)?.['name'] ?? null;

/** Lines with ids of their own, and the totals that follow from them. */
function withTotals(row: Row): Row {
  const lines = Array.isArray(row['lines']) ? (row['lines'] as Row[]) : [];
  const numbered = lines.map((line, index): Row => ({
    ...line,
    id: line['id'] ?? index + 1,
    sequence: index + 1,
  }));
  const amounts = numbered.map((line) => asNumber(line['qty_order'] ?? 1) * asNumber(line['unit_price']));
  const revenue = amounts.reduce((sum, amount) => sum + amount, 0);
  return { ...row, lines: numbered, revenue, tax_total: 0, total: revenue };
}

/** An invoice also says what is still to be paid. */
function withAmountDue(row: Row): Row {
  const totals = withTotals(row);
  return { ...totals, amountdue: asNumber(totals['total']) - asNumber(row['amountpaid']) };
}

function updateLines(resource: () => Resource, idField: string) {
  return ({ body, context }: { body: string; context: Context }) => {
    let last: Row | null = null;
    for (const line of parseArray(body) as Row[]) {
      const table = context.db.table(resource().table);
      const row = table
        .all()
        .find(
          (invoice) =>
            invoice['id'] === line[idField] ||
            (line[idField] === undefined &&
              (invoice['lines'] as Row[]).some((own) => own['id'] === line['id'])),
        );
      if (!row) throw notFound();
      const lines = (row['lines'] as Row[]).map((own) =>
        own['id'] === line['id'] ? { ...own, ...line } : own,
      );
      change(context, resource().table, row, withAmountDue({ ...row, lines }));
      last = lines.find((own) => own['id'] === line['id']) ?? null;
    }
    return json(200, last);
  };
}

const invoiceFields =
  words(`id client_id client_name sitenumber site_name invoicenumber thirdpartyinvoicenumber posted
  name invoice_date duedate dateposted reference contract_id paymentstatus amountpaid amountdue revenue tax_total total
  currency_code use schedule_id lastcreated nextcreationdate disabled`);

function invoiceResource(route: string, table: string, recurring: boolean): Resource {
  const resource: Resource = {
    route,
    area: 'invoices',
    table,
    tableOptions: { ids: recurring ? 'down' : 'up' },
    list: {
      items: 'invoices',
      paging: 'paged',
      fields: invoiceFields,
      onRequest: { includelines: ['lines'] },
      filters: [
        is('client_id'),
        is('contract_id'),
        is('ticket_id'),
        among('client_ids', 'client_id'),
        among('ids', 'id'),
        when('postedonly', (row) => row['posted'] === true),
        when('notpostedonly', (row) => row['posted'] !== true),
        between('invoicedatestart', 'invoicedateend', (row) => row['invoice_date']),
        lastUpdate,
      ],
      search: ['id', 'invoicenumber', 'client_name', 'reference'],
      order: { field: 'id', descending: true },
    },
    computed: { client_name: nameOf('clients', 'client_id'), site_name: nameOf('sites', 'sitenumber') },
    write: {
      types: { invoicenumber: 'text', posted: 'boolean', duedate: 'date' },
      needs: [needClient],
      mergedArrays: ['lines', 'customfields'],
      defaults: (_input, context) => ({
        date_created: haloDate(context.now),
        createdbyagentname: agentName(context),
        invoicenumber: '',
        posted: false,
        name: '',
        invoice_date: day(context),
        duedate: day(context, 30),
        reference: '',
        contract_id: 0,
        paymentstatus: 0,
        amountpaid: 0,
        currency_code: 1,
        disabled: false,
        is_recurring_invoice: recurring,
        ...(recurring && { period: 3, nextcreationdate: day(context, 30) }),
        lines: [],
        customfields: [],
        use: recurring ? 'recurringinvoice' : 'invoice',
      }),
      finish: withAmountDue,
      after: (invoice, before, _input, context) => {
        if (!recurring) context.fire(before ? EVENTS.invoiceUpdated : EVENTS.invoiceCreated, { invoice });
      },
    },
    remove: {
      after: (invoice, context) => {
        if (!recurring) context.fire(EVENTS.invoiceDeleted, { invoice });
      },
    },
    special: {
      'POST updatelines': updateLines(() => resource, recurring ? 'recurring_invoice_id' : 'invoice_id'),
    },
  };
  return resource;
}

export const invoices = invoiceResource('Invoice', 'invoices', false);
/** Ids of recurring invoices are negative; the key of the list is `invoices` all the same. */
export const recurringInvoices = invoiceResource('RecurringInvoice', 'recurringinvoices', true);

export const quotes: Resource = {
  route: 'Quotation',
  area: 'quotes',
  table: 'quotes',
  list: {
    items: 'quotes',
    paging: 'paged',
    fields:
      words(`id use title ticket_id status po_ref date expiry_date revenue tax_total total note user_id user_name
      site_id site_name client_id client_name agent_id approvalstate`),
    onRequest: { includelines: ['lines'] },
    filters: [
      is('client_id'),
      is('site_id'),
      is('user_id'),
      is('ticket_id'),
      among('quote_status', 'status'),
    ],
    search: ['id', 'title', 'client_name'],
  },
  computed: { ...whereNames },
  write: {
    types: { title: 'text', date: 'date', status: 'integer' },
    needs: [needClient],
    mergedArrays: ['lines', 'customfields'],
    defaults: (_input, context) => ({
      createdbyagentname: agentName(context),
      title: '',
      status: 1,
      date: day(context),
      expiry_date: day(context, 30),
      agent_id: context.agentId,
      approvalstate: 0,
      note: '',
      lines: [],
      customfields: [],
      use: 'quote',
    }),
    finish: (row, _before, _input, context) => ({
      ...withTotals(row),
      last_update_time: haloDate(context.now),
    }),
  },
  remove: {},
};

export const items: Resource = {
  route: 'Item',
  area: 'items',
  table: 'items',
  list: {
    items: 'items',
    paging: 'paged',
    fields:
      words(`id use name status assetgroup_id description quantity_in_stock baseprice costprice recurringprice
      supplier_id supplier_name assettype_id isrecurringitem inactive accountsid taxcode`),
    filters: [
      is('supplier_id'),
      is('assetgroup_id'),
      when('recurringonly', (row) => row['isrecurringitem'] === true),
    ],
    search: ['name', 'description', 'accountsid'],
  },
  computed: { supplier_name: nameOf('suppliers', 'supplier_id') },
  write: {
    types: { third_party_id: 'text', isrecurringitem: 'boolean', quantity_in_stock: 'number' },
    needs: [need('name', exception('Please enter a Name'))],
    mergedArrays: ['customfields'],
    defaults: (_input, context) => ({
      status: 0,
      description: '',
      quantity_in_stock: 0,
      baseprice: 0,
      costprice: 0,
      recurringprice: 0,
      isrecurringitem: false,
      inactive: false,
      customfields: [],
      use: 'item',
      datecreated: haloDate(context.now),
    }),
  },
  remove: {},
};

export const suppliers: Resource = {
  route: 'Supplier',
  area: 'suppliers',
  table: 'suppliers',
  list: {
    items: 'suppliers',
    paging: 'paged',
    fields: words(
      'id name toplevel_id toplevel_name contact_name email_address phone_number inactive contract_count',
    ),
    filters: [is('toplevel_id'), among('ids', 'id')],
    search: ['name', 'contact_name', 'email_address'],
  },
  computed: { toplevel_name: nameOf('toplevels', 'toplevel_id') },
  write: {
    types: { contact_name: 'text', phone_number: 'text' },
    needs: [need('name', exception('Please enter a Name'))],
    unique: { field: 'name' },
    mergedArrays: ['customfields'],
    defaults: (_input, context) => ({
      toplevel_id: 1,
      contact_name: '',
      email_address: '',
      phone_number: '',
      inactive: false,
      contract_count: 0,
      customfields: [],
      datecreated: haloDate(context.now),
    }),
  },
  remove: {},
};
