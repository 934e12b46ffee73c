import { openSandbox, type Json, type Opened, type Session } from './session.ts';

let halo: Opened;
let caller: Session;
beforeAll(async () => {
  halo = await openSandbox();
  caller = await halo.login();
});
afterAll(() => halo.close());

const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

describe('attachments', () => {
  const count = async (id: unknown): Promise<unknown> =>
    (await caller.get(`Tickets/${String(id)}`)).object()['attachment_count'];

  test('go up as base64 and come down as bytes with their type and name', async () => {
    const ticket = (await caller.post('Tickets', [{ summary: 'with file' }])).object();
    const bytes = Buffer.from([0, 255, 10, 13, 128]);
    const file = { ticket_id: ticket['id'], filename: 'dump ä.bin', data_base64: bytes.toString('base64') };
    const created = await caller.post('Attachment', [file]);
    expect(created.status).toBe(201);
    expect(created.object()).toMatchObject({ filename: 'dump ä.bin', filesize: 5, unique_id: ticket['id'] });
    expect(created.object()).not.toHaveProperty('data_base64');
    expect(await count(ticket['id'])).toBe(1);

    const loaded = await caller.get(`Attachment/${String(created.object()['id'])}`);
    expect([...loaded.bytes]).toEqual([...bytes]);
    expect(loaded.headers['content-type']).toBe('application/octet-stream');
    expect(loaded.headers['content-disposition']).toContain("filename*=UTF-8''dump%20%C3%A4.bin");

    const list = (await caller.get(`Attachment?ticket_id=${String(ticket['id'])}`)).object();
    expect(list).toMatchObject({ record_count: 1, ticket_id: ticket['id'] });
    expect((list['attachments'] as Json[])[0]).not.toHaveProperty('data_base64');

    expect((await caller.remove(`Attachment/${String(created.object()['id'])}`)).status).toBe(200);
    expect(await count(ticket['id'])).toBe(0);
    expect((await caller.get(`Attachment/${String(created.object()['id'])}`)).status).toBe(404);
  });

  test('go up as a data URL, which names their type', async () => {
    const file = {
      unique_id: 1001,
      type: 0,
      filename: 'pixel',
      data_base64: `data:image/png;base64,${PIXEL}`,
    };
    const created = (await caller.post('Attachment', [file])).object();
    const loaded = await caller.get(`Attachment/${String(created['id'])}`);
    expect(loaded.headers['content-type']).toBe('image/png');
    expect(loaded.bytes.toString('base64')).toBe(PIXEL);
    expect(created).toMatchObject({ ticket_id: 1001 });
  });

  test('go up with a ticket or an action', async () => {
    const files = [{ filename: 'a.txt', data_base64: Buffer.from('a').toString('base64') }];
    const ticket = (await caller.post('Tickets', [{ summary: 'x', attachments: files }])).object();
    await caller.post('Actions', [{ ticket_id: ticket['id'], outcome_id: 7, attachments: files }]);
    const rows = (await caller.get(`Attachment?ticket_id=${String(ticket['id'])}`)).rows('attachments');
    expect(rows.map((row) => row['action_id'])).toEqual([0, 1]);
    expect(await count(ticket['id'])).toBe(2);
    expect(
      (await caller.get(`Attachment?ticket_id=${String(ticket['id'])}&action_id=1`)).rows('attachments'),
    ).toHaveLength(1);
  });

  test('beyond the cap are refused with 413 and leave nothing', async () => {
    await halo.control.settings({ attachmentCapBytes: 1000 });
    const file = (bytes: number): Json => ({
      ticket_id: 1001,
      filename: 'big',
      data_base64: Buffer.alloc(bytes, 1).toString('base64'),
    });
    const before = await count(1001);
    expect((await caller.post('Attachment', [file(1001)])).status).toBe(413);
    expect((await caller.post('Attachment', [file(5_000_000)])).status).toBe(413);
    expect(await count(1001)).toBe(before);
    expect((await caller.post('Attachment', [file(1000)])).status).toBe(201);
    await halo.control.settings({ attachmentCapBytes: 25_000_000 });
  });

  test('of several megabytes pass', async () => {
    const bytes = Buffer.alloc(6_000_000, 'abc');
    const file = { ticket_id: 1001, filename: 'big.txt', data_base64: bytes.toString('base64') };
    const created = (await caller.post('Attachment', [file])).object();
    const loaded = await caller.get(`Attachment/${String(created['id'])}`);
    expect(loaded.bytes.equals(bytes)).toBe(true);
  });

  test.each<[string, Json]>([
    ['without a name', { ticket_id: 1001, data_base64: 'YQ==' }],
    ['without content', { ticket_id: 1001, filename: 'a' }],
    ['without an owner', { filename: 'a', data_base64: 'YQ==' }],
    ['on a ticket that is not there', { ticket_id: 999_999, filename: 'a', data_base64: 'YQ==' }],
    ['that is not base64', { ticket_id: 1001, filename: 'a', data_base64: '***' }],
  ])('%s is refused', async (_what, file) => {
    expect((await caller.post('Attachment', [file])).status).toBe(400);
  });
});

describe('reports', () => {
  const preview = async (sql: string): Promise<Json> => {
    const body = [{ id: 0, name: '', sql, apiquery_id: 0, _testonly: false, _loadreportonly: true }];
    const reply = await caller.post('Report', body);
    expect(reply.status).toBe(200);
    expect(reply.object()['id']).toBe(0);
    return reply.object()['report'] as Json;
  };

  test('a preview answers columns and rows whose values are all text', async () => {
    const report = await preview(
      'select top 3 faultid, symptom as Subject, [dateoccured] from Faults where requesttypenew = 6 order by faultid desc',
    );
    expect(report).toMatchObject({
      loaded: true,
      load_error: '',
      available_columns: [
        { name: 'faultid', data_type: 'System.Int32' },
        { name: 'Subject', data_type: 'System.String' },
        { name: 'dateoccured', data_type: 'System.DateTime' },
      ],
    });
    const rows = report['rows'] as Record<string, string>[];
    expect(rows.map((row) => row['faultid'])).toEqual(['1304', '1303', '1302']);
    expect(rows[0]?.['Subject']).toBe('Laptop refresh');
  });

  test.each<[string, number]>([
    ['SELECT aarea, aareadesc FROM area', 18],
    ["SELECT aarea FROM area WHERE aareadesc = 'Acme'", 1],
    ['SELECT aarea FROM area WHERE aisinactive = 1 AND aarea = 27', 1],
    ['SELECT * FROM faults WHERE faultid = 1001', 1],
    ['SELECT TOP 5 f.faultid FROM faults', 5],
  ])('%s has %d rows', async (sql, rows) => {
    expect((await preview(sql))['rows']).toHaveLength(rows);
  });

  test('COUNT counts', async () => {
    expect((await preview('SELECT COUNT(*) AS n FROM area'))['rows']).toEqual([{ n: '18' }]);
  });

  test.each<[string, RegExp]>([
    ['SELECT faultid FROM faults;', /Incorrect syntax near ';'/],
    ['SELECT faultid FROM faults -- all', /Incorrect syntax near '--'/],
    ['DELETE FROM faults', /Incorrect syntax/],
    ['SELECT faultid FROM faults ORDER BY faultid', /ORDER BY clause is invalid/],
    ['SELECT nothing FROM faults', /Invalid column name 'nothing'/],
    ['SELECT faultid FROM nowhere', /Invalid object name 'nowhere'/],
    ["SELECT faultid FROM faults WHERE symptom LIKE '%x%'", /Incorrect syntax near 'LIKE'/],
    ['SELECT faultid FROM faults JOIN area ON 1 = 1', /Incorrect syntax/],
    ['SELECT', /Incorrect syntax/],
    ['', /Incorrect syntax/],
  ])('%p fails with 200 and load_error', async (sql, message) => {
    const report = await preview(sql);
    expect(report).toMatchObject({ loaded: false, rows: [], available_columns: [] });
    expect(report['load_error']).toMatch(message);
  });

  test('a stored report is loaded on request', async () => {
    const plain = (await caller.get('Report/2')).object();
    expect(plain).not.toHaveProperty('report');
    const loaded = (await caller.get('Report/2?loadreport=true&includedetails=true')).object();
    expect((loaded['report'] as Json)['rows']).toHaveLength(18);
  });

  test('a preview stores nothing', async () => {
    const before = (await caller.get('Report')).object()['record_count'];
    await preview('SELECT faultid FROM faults');
    expect((await caller.get('Report')).object()['record_count']).toBe(before);
  });
});
