import { haloDate, parseHaloDate } from './dates.ts';
import { locateValue } from './jsonPosition.ts';
import { badValue } from './refusal.ts';
import { asText } from './text.ts';
import type { Row } from './table.ts';

type FieldType = 'integer' | 'number' | 'boolean' | 'date' | 'text';
export type FieldTypes = Readonly<Record<string, FieldType>>;

const typed = (type: FieldType, names: string): FieldTypes =>
  Object.fromEntries(names.split(/\s+/).map((name) => [name, type]));

/** Types of the properties that mean the same everywhere in Halo; resources add their own. */
const COMMON: FieldTypes = {
  ...typed(
    'integer',
    `id ticket_id client_id site_id user_id agent_id status_id tickettype_id priority_id sla_id outcome_id
     toplevel_id assettype_id assetgroup_id supplier_id contract_id item_id parent_id department_id
     organisation_id action_id unique_id appointment_type_id who_agentid new_status new_agent new_priority
     impact urgency sequence criticality attachment_count child_count kb_id group_id lookupid`,
  ),
  ...typed('number', 'timetaken estimate unit_price unit_cost qty_order baseprice costprice recurringprice'),
  ...typed(
    'boolean',
    'inactive isdisabled hiddenfromuser sendemail important isimage showforusers allday flagged',
  ),
  ...typed(
    'date',
    'dateoccurred dateclosed datetime start_date end_date invoice_date expiry_date deadlinedate',
  ),
  ...typed(
    'text',
    'summary details details_html name note note_html outcome team emailaddress email filename',
  ),
};

/** A converted value, or the first sentence of Newtonsoft's message. */
type Result = { readonly value: unknown } | { readonly message: string };
type Scalar = string | number | boolean;
/** `raw` is the value as it stands in the body. */
type Converter = (value: Scalar, text: string, raw: string) => Result;

const problem = (message: string): Result => ({ message });

const CONVERTERS: Readonly<Record<FieldType, Converter>> = {
  integer: (value, text, raw) => {
    if (typeof value === 'boolean') return problem('Error reading integer. Unexpected token: Boolean.');
    if (text === '') return { value: null };
    const written = typeof value === 'number' ? raw : text;
    if (/^-?\d+$/.test(written)) return { value: Number(text) };
    return typeof value === 'number'
      ? problem(`Input string '${raw}' is not a valid integer.`)
      : problem(`Could not convert string to integer: ${text}.`);
  },
  number: (value, text) => {
    if (typeof value === 'boolean') return problem('Error reading double. Unexpected token: Boolean.');
    if (text === '') return { value: null };
    if (Number.isFinite(Number(text))) return { value: Number(text) };
    return problem(`Could not convert string to double: ${text}.`);
  },
  boolean: (value, text) => {
    if (typeof value === 'number') return { value: value !== 0 };
    if (text === '') return { value: null };
    if (/^(true|false)$/i.test(text)) return { value: text.toLowerCase() === 'true' };
    return problem(`Could not convert string to boolean: ${text}.`);
  },
  date: (value, text) => {
    if (typeof value !== 'string') return problem('Error reading date. Unexpected token: Integer.');
    if (text === '') return { value: null };
    const milliseconds = parseHaloDate(text);
    if (milliseconds !== null) return { value: haloDate(milliseconds) };
    return problem(`Could not convert string to DateTime: ${text}.`);
  },
  text: (value) => ({ value: String(value) }),
};

/** One element of a write with every known property in its type, as Newtonsoft.Json does it. Throws a 400 keyed `[n].field`. */
export function convertElement(element: Row, index: number, body: string, types: FieldTypes = {}): Row {
  const converted: Record<string, unknown> = {};
  // JSON.parse reads 95.0 as 95, which Halo refuses where it wants an integer: only the text tells.
  const mayBeDecimal = body.length < 1_000_000 && /\d\.\d|\d[eE]/.test(body);
  for (const [field, value] of Object.entries(element)) {
    const type = types[field] ?? (Object.hasOwn(COMMON, field) ? COMMON[field] : undefined);
    if (type === undefined || value === null) {
      converted[field] = value;
      continue;
    }
    const raw = mayBeDecimal ? locateValue(body, index, field).raw : asText(value);
    const result = convertValue(value, type, raw);
    if ('message' in result) {
      const place = locateValue(body, index, field);
      const path = `[${index}].${field}`;
      const message = `${result.message} Path '${path}', line ${place.line}, position ${place.position}.`;
      throw badValue(path, message);
    }
    converted[field] = result.value;
  }
  return converted;
}

function convertValue(value: unknown, type: FieldType, raw: string): Result {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return CONVERTERS[type](value, String(value).trim(), raw);
  }
  return problem(
    `Unexpected character encountered while parsing value: ${Array.isArray(value) ? '[' : '{'}.`,
  );
}
