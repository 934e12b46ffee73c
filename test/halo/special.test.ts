/** Downloads, reports and the generic request. */
import { action, anyRequest, raw, rejection, reply, useFakeHalo } from './fakeHalo.ts';

const { fake, caller } = useFakeHalo({ maxDownloadBytes: 1000 });

describe('a download', () => {
  const getAttachment = action({ path: '/Attachment/{id}', download: true });
  const file = (headers: Record<string, string>, body: string | Buffer): Promise<unknown> => {
    fake.onApi = (_seen, response) => void response.writeHead(200, headers).end(body);
    return caller.call(getAttachment, { id: 5, includedetails: true });
  };

  test('is the bytes in base64 with name, type and size', async () => {
    const bytes = Buffer.from([0, 255, 60, 10, 13]);
    const result = await file(
      { 'content-type': 'image/png', 'content-disposition': 'attachment; filename="a b.png"' },
      bytes,
    );
    expect(result).toEqual({
      filename: 'a b.png',
      content_type: 'image/png',
      size: 5,
      data_base64: bytes.toString('base64'),
    });
    expect(fake.api()[0]).toMatchObject({ path: '/api/Attachment/5', query: { includedetails: 'true' } });
  });

  test.each([
    [`attachment; filename="x.txt"; filename*=UTF-8''%C3%BCber%20uns.txt`, 'über uns.txt'],
    ['attachment; filename=plain.txt', 'plain.txt'],
    ['attachment; filename="say \\"hi\\".txt"', 'say "hi".txt'],
    ['attachment; filename="../../etc/passwd"', 'passwd'],
    ['attachment; filename="C:\\\\temp\\\\x.txt"', 'x.txt'],
    [`attachment; filename*=UTF-8''%ZZ; filename="ok.txt"`, 'ok.txt'],
    ['attachment', 'attachment-5'],
  ])('with %s is called %s', async (disposition, filename) => {
    expect(await file({ 'content-disposition': disposition }, 'x')).toMatchObject({ filename });
  });

  test('of a web page or of an empty file is that file', async () => {
    const headers = {
      'content-type': 'text/html',
      'content-disposition': 'attachment; filename="mail.html"',
    };
    expect(await file(headers, '<html></html>')).toMatchObject({ filename: 'mail.html', size: 13 });
    expect(await file(headers, '')).toMatchObject({ size: 0, data_base64: '' });
  });

  test('that is a page of another host, or nothing, is an error', async () => {
    expect((await rejection(file({ 'content-type': 'text/html' }, '<html>login</html>'))).message).toContain(
      'not a Halo API',
    );
    expect((await rejection(file({}, ''))).message).toContain('an empty reply instead of a file');
  });

  test('over the cap is an error that says so', async () => {
    const error = await rejection(file({ 'content-disposition': 'attachment' }, 'x'.repeat(1001)));
    expect(error).toMatchObject({ name: 'HaloServerError', retryable: false });
    expect(error.message).toContain('larger than 1000 bytes');
  });
});

describe('a report preview', () => {
  const preview = action({
    id: 'reports.preview',
    method: 'POST',
    path: '/Report',
    body: { id: 0, name: '', _loadreportonly: true },
    unwrap: ['report', ''],
    errorKey: 'load_error',
  });
  const available_columns = [{ name: 'n', data_type: 'int' }];
  const columns = available_columns;
  const rows = [{ n: '1' }, { n: '2' }];

  test.each<[string, unknown, unknown]>([
    [
      'inside report',
      { id: 0, report: { loaded: true, available_columns, rows, load_error: '' } },
      { columns, rows },
    ],
    ['one level higher', { id: 0, available_columns, rows, load_error: null }, { columns, rows }],
    ['on both levels', { report: { name: 'x', load_error: '' }, available_columns, rows }, { columns, rows }],
    ['without columns', { report: { rows } }, { columns: [{ name: 'n', data_type: 'text' }], rows }],
    ['without rows', { report: { available_columns, rows: [] } }, { columns, rows: [] }],
    ['in an array of one', [{ report: { available_columns, rows } }], { columns, rows }],
  ])('has columns and rows %s', async (_what, body, expected) => {
    fake.onApi = (_seen, response) => reply(response, 201, body);
    await expect(caller.call(preview, { sql: 'select 1' })).resolves.toEqual(expected);
    expect(JSON.parse(fake.api()[0]?.body ?? '')).toEqual([
      { id: 0, name: '', _loadreportonly: true, sql: 'select 1' },
    ]);
  });

  test.each([
    { report: { load_error: "Invalid column name 'x'.", rows: null } },
    { load_error: "Invalid column name 'x'." },
    { report: { rows: [] }, load_error: "Invalid column name 'x'." },
  ])("with a load_error is a HaloValidationError with Halo's text: %j", async (body) => {
    fake.onApi = (_seen, response) => reply(response, 200, body);
    const error = await rejection(caller.call(preview, { sql: 'select x' }));
    expect(error).toMatchObject({ name: 'HaloValidationError', retryable: false, status: 200 });
    expect(error.message).toContain("the report failed: Invalid column name 'x'.");
    expect(error.message).toContain('northwind-halo');
  });

  test('without either is unreadable', async () => {
    fake.onApi = (_seen, response) => reply(response, 200, { id: 0, report: {} });
    expect((await rejection(caller.call(preview, { sql: 'x' }))).message).toContain(
      'instead of a report with rows',
    );
  });

  test('takes no extra: its constants are what makes it a read', async () => {
    const call = caller.call(preview, { sql: 'x' }, { options: { extra: { _loadreportonly: false } } });
    expect(await rejection(call)).toMatchObject({ name: 'SchemaError' });
    expect(fake.seen).toHaveLength(0);
  });

  test('keeps to limit and fields', async () => {
    fake.onApi = (_seen, response) =>
      reply(response, 200, { report: { rows: [{ a: '1', b: '2' }, { a: '3' }] } });
    const result = await caller.call(preview, { sql: 'x' }, { options: { limit: 1, fields: ['a'] } });
    expect(result).toMatchObject({ rows: [{ a: '1' }] });
  });
});

describe('halo.request', () => {
  test.each([
    ['/Tickets/7', '/api/Tickets/7', {}],
    ['Tickets/7', '/api/Tickets/7', {}],
    ['/api/Tickets/7', '/api/Tickets/7', {}],
    ['/API/Tickets', '/api/Tickets', {}],
    ['/Tickets?open_only=true&count=1', '/api/Tickets', { open_only: 'true', count: '1' }],
    ['/KB Article/a%20b', '/api/KB%20Article/a%20b', {}],
  ])('GET %s', async (path, expected, query) => {
    fake.onApi = (_seen, response) => reply(response, 200, { any: 'thing' });
    const input = { method: 'get', path, query: { x: [1, 2], y: true } };
    await expect(caller.call(anyRequest, input)).resolves.toEqual({ any: 'thing' });
    expect(fake.api()[0]).toMatchObject({ path: expected, query: { ...query, x: '1,2', y: 'true' } });
  });

  test.each([
    'https://elsewhere.example/api/Tickets',
    '//elsewhere.example/Tickets',
    '/\\elsewhere.example',
    'javascript:alert(1)',
    '/../auth/token',
    '/Tickets/..',
    '/Tickets/%2e%2E/../auth',
    '/api/%2e%2e/auth/token',
    '/Tickets%2f..%2f..%2fauth',
    '/Tickets#x',
    '/Tickets\r\nX-Evil: 1',
    '/%zz',
    '',
    '/api',
    7,
  ])('refuses the path %j before any request', async (path) => {
    const error = await rejection(caller.call(anyRequest, { method: 'GET', path }));
    expect(error).toMatchObject({ name: 'SchemaError' });
    expect(fake.seen).toHaveLength(0);
  });

  test.each([
    [{ method: 'PUT', path: '/Tickets' }],
    [{ path: '/Tickets' }],
    [{ method: 'GET', path: '/Tickets', body: {} }],
    [{ method: 'GET', path: '/Tickets', query: 'a=1' }],
    [{ method: 'GET', path: '/Tickets', effect: 'destroy' }],
    ['GET /Tickets'],
  ])('refuses %j', async (input) => {
    expect(await rejection(caller.call(anyRequest, input))).toMatchObject({ name: 'SchemaError' });
    expect(fake.seen).toHaveLength(0);
  });

  test.each<[string, unknown, unknown]>([
    ['/Tickets', { summary: 'x' }, [{ summary: 'x' }]],
    ['/Tickets', [{ summary: 'x' }, { id: 2 }], [{ summary: 'x' }, { id: 2 }]],
    ['/Tickets/Object', { summary: 'x' }, { summary: 'x' }],
    ['/Invoice/updatelines', [], []],
  ])('POST %s sends %j as %j', async (path, body, expected) => {
    fake.onApi = (_seen, response) => reply(response, 201, { id: 1 });
    await caller.call(anyRequest, { method: 'POST', path, body });
    expect(JSON.parse(fake.api()[0]?.body ?? '')).toEqual(expected);
  });

  test('its effect goes by its method unless the call says otherwise', async () => {
    fake.onApi = (_seen, response) => raw(response, 500, '', '');
    const ask = (input: object): Promise<Error> =>
      rejection(caller.call(anyRequest, { path: '/Report', ...input }));
    expect(await ask({ method: 'GET' })).toMatchObject({ name: 'HaloServerError', retryable: true });
    expect(await ask({ method: 'POST', body: {} })).toMatchObject({ name: 'HaloOutcomeUnknownError' });
    expect(await ask({ method: 'DELETE' })).toMatchObject({ name: 'HaloOutcomeUnknownError' });
    expect(await ask({ method: 'POST', body: {}, effect: 'read' })).toMatchObject({
      name: 'HaloServerError',
    });
    expect(await ask({ method: 'GET', effect: 'update' })).toMatchObject({ name: 'HaloOutcomeUnknownError' });
  });

  test('an empty reply to a write is null, to a read an error', async () => {
    fake.onApi = (_seen, response) => raw(response, 204, '', '');
    await expect(caller.call(anyRequest, { method: 'POST', path: '/Webhook/test' })).resolves.toBeNull();
    await expect(caller.call(anyRequest, { method: 'DELETE', path: '/Webhook/1' })).resolves.toBeNull();
    expect((await rejection(caller.call(anyRequest, { method: 'GET', path: '/Webhook' }))).message).toContain(
      'empty reply',
    );
  });

  test('paged: one page is the reply as it came, all of them are the rows', async () => {
    fake.onApi = ({ query }, response) => {
      const page = Number(query['page_no'] ?? 1);
      reply(response, 200, { record_count: 3, payments: [{ id: page, amount: 9 }], more: [] });
    };
    const input = {
      method: 'GET',
      path: '/InvoicePayment',
      paged: true,
      items: 'payments',
      query: { client_id: 4 },
    };
    expect(await caller.call(anyRequest, input)).toEqual({
      record_count: 3,
      payments: [{ id: 1, amount: 9 }],
      more: [],
    });
    const rows = await caller.call(anyRequest, input, { options: { all: true, fields: ['id'], limit: 2 } });
    expect(rows).toEqual([{ id: 1 }, { id: 2 }]);
    expect(fake.api().map(({ query }) => query)).toEqual([
      { client_id: '4', pageinate: 'true', page_size: '50' },
      { client_id: '4', pageinate: 'true', page_size: '2', page_no: '1' },
      { client_id: '4', pageinate: 'true', page_size: '2', page_no: '2' },
    ]);
  });

  test.each([
    [{ method: 'POST', body: { name: 'P5' } }, { all: true }],
    [{ method: 'POST', body: { name: 'P5' }, paged: false }, { all: true }],
    [{ method: 'POST', body: { name: 'P5' }, paged: true }, { limit: 200 }],
    [{ method: 'DELETE', paged: true }, {}],
    [{ method: 'GET', effect: 'update' }, { all: true }],
  ])('a write is sent once: %j with the options %j is refused', async (input, options) => {
    const call = caller.call(anyRequest, { path: '/Priority', ...input }, { options });
    const error = await rejection(call);
    expect(error).toMatchObject({ name: 'SchemaError' });
    expect(error.message).toContain('leave out paged and the option all, or say effect: "read"');
    expect(fake.seen).toHaveLength(0);
  });

  test('a POST that only reads may be paged', async () => {
    fake.onApi = ({ query }, response) =>
      reply(response, 200, { record_count: 2, rows: [{ id: Number(query['page_no']) }] });
    const input = { method: 'POST', path: '/Search', body: {}, effect: 'read', paged: true };
    expect(await caller.call(anyRequest, input, { options: { all: true } })).toEqual([{ id: 1 }, { id: 2 }]);
  });

  test('not paged: no paging parameters; a bare array keeps to limit and fields', async () => {
    fake.onApi = (_seen, response) => reply(response, 200, [{ id: 1, name: 'a' }, { id: 2 }]);
    const options = { limit: 1, fields: ['id'] };
    expect(await caller.call(anyRequest, { method: 'GET', path: '/SLA' }, { options })).toEqual([{ id: 1 }]);
    expect(fake.api()[0]?.query).toEqual({});
  });

  test('errors name what was asked', async () => {
    fake.onApi = (_seen, response) => raw(response, 404, '', '');
    const error = await rejection(caller.call(anyRequest, { method: 'GET', path: '/api/Contract' }));
    expect(error.message).toMatch(/^GET \/Contract answered 404 \(connection northwind-halo\)/);
  });
});
