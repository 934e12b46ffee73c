import '../../protobufTexts.ts';
import { defaultPayloadConverter } from '@temporalio/common';
import type { Payload } from '@temporalio/common';
import { array, assert, dictionary, jsonValue, oneof, property, string } from 'fast-check';
import protobuf from 'protobufjs/minimal.js';
import { encodedBytes } from '../../worker/encoded.ts';

/** The tags of the first and the second field, which every message here has at most. */
const [FIRST, SECOND] = [10, 18];

/** As Temporal's `Payload` is written. */
function write(writer: protobuf.Writer, { metadata, data }: Payload): void {
  for (const [key, value] of Object.entries(metadata ?? {})) {
    writer.uint32(FIRST).fork().uint32(FIRST).string(key).uint32(SECOND).bytes(value).ldelim();
  }
  if (data) writer.uint32(SECOND).bytes(data);
}

const toPayload = (value: unknown): Payload => defaultPayloadConverter.toPayload(value);
/** Any text, half characters too: they take as many bytes as what replaces them. */
const text = oneof(string({ unit: 'binary' }), string({ maxLength: 20_000, size: 'max' }));

test('a list of payloads has the size that protobuf gives it', () => {
  assert(
    property(array(oneof(jsonValue(), text)), (values) => {
      const payloads = values.map(toPayload);
      const writer = protobuf.Writer.create();
      for (const payload of payloads) {
        writer.uint32(FIRST).fork();
        write(writer, payload);
        writer.ldelim();
      }
      expect(encodedBytes({ payloads })).toBe(writer.finish().length);
    }),
  );
});

test('so does a memo under any names', () => {
  assert(
    property(dictionary(text, jsonValue(), { noNullPrototype: true }), (values) => {
      const entries = Object.entries(values).map(([name, value]) => [name, toPayload(value)] as const);
      const writer = protobuf.Writer.create();
      for (const [name, payload] of entries) {
        writer.uint32(FIRST).fork().uint32(FIRST).string(name).uint32(SECOND).fork();
        write(writer, payload);
        writer.ldelim().ldelim();
      }
      expect(encodedBytes(Object.fromEntries(entries), 'fields')).toBe(writer.finish().length);
    }),
  );
});
