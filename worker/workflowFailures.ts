/** Runs in Temporal's sandbox: turns any thrown value into a failure that Temporal accepts. */
import { DefaultFailureConverter, defaultPayloadConverter } from '@temporalio/common';
import type { PayloadConverter, ProtoFailure, SerializationContext } from '@temporalio/common';
import { showBytes } from '../sdk/size.ts';
import { cut, textOf } from '../texts.ts';
import { encodedBytes } from './encoded.ts';

/** Limits in UTF-16 units. Causes get less, so that all together stay below 2 MB. */
const LONGEST = { message: 50_000, stack: 20_000 };
const LONGEST_OF_A_CAUSE = { message: 4_000, stack: 4_000 };
const LONGEST_TYPE = 1_000;
const DEEPEST_CAUSE = 20;
/** The limit for the details of a failure and its causes, in bytes. */
const LARGEST_VALUES = 1_000_000;
/** The same with the notes in place of others. */
const LARGEST_DETAILS = 1_100_000;

class TotalFailureConverter extends DefaultFailureConverter {
  #depth = 0;

  override errorToFailure(
    error: unknown,
    converter: PayloadConverter,
    context?: SerializationContext,
  ): ProtoFailure {
    // Causes come here, too.
    if (this.#depth > 0) return this.#convert(error, converter, context);
    return bounded(this.#convert(error, sparing(converter), context));
  }

  #convert(error: unknown, converter: PayloadConverter, context?: SerializationContext): ProtoFailure {
    this.#depth += 1;
    try {
      return super.errorToFailure(error, converter, context);
    } catch {
      // It has a message that cannot be read, a stack that is no text, or the like.
      return { ...plain(error), source: 'TypeScriptSDK' };
    } finally {
      this.#depth -= 1;
    }
  }

  override optionalErrorToOptionalFailure(
    error: unknown,
    converter: PayloadConverter,
    context?: SerializationContext,
  ): ProtoFailure | undefined {
    // A circle of causes has no end.
    if (this.#depth > DEEPEST_CAUSE) return undefined;
    return super.optionalErrorToOptionalFailure(error, converter, context);
  }
}

export const failureConverter = new TotalFailureConverter();

/** What can be read of an error. */
function plain(error: unknown): Pick<ProtoFailure, 'message' | 'stackTrace'> {
  return { message: messageOf(error), stackTrace: textOf(property(error, 'stack') ?? '') };
}

/** The message of any thrown value. */
export function messageOf(error: unknown): string {
  return typeof error === 'object' && error !== null
    ? textOf(property(error, 'message') ?? error)
    : textOf(error);
}

/** The class name of any thrown value. */
export function typeOf(error: unknown): string {
  const name = property(error, 'name');
  return cut(name === undefined || name === '' ? 'Error' : textOf(name), LONGEST_TYPE);
}

function property(of: unknown, name: string): unknown {
  try {
    return (of as Readonly<Record<string, unknown>> | null | undefined)?.[name];
  } catch {
    return `(its ${name} cannot be read)`;
  }
}

/** Replaces details that cannot be stored with a note. */
function sparing(converter: PayloadConverter): PayloadConverter {
  let left = LARGEST_VALUES;
  return {
    ...converter,
    toPayload(value, context, hint) {
      try {
        const payload = converter.toPayload(value, context, hint);
        const bytes = encodedBytes(payload);
        if (bytes > left) return converter.toPayload({ omitted: `${bytes} bytes are too many for an error` });
        left -= bytes;
        return payload;
      } catch (error) {
        return converter.toPayload({ omitted: messageOf(error) });
      }
    },
  };
}

const NOTHING = defaultPayloadConverter.toPayload(undefined);

interface Room {
  left: number;
}

/** The failure with texts and lists of limited length; what is within the limits stays as it is. */
function bounded(
  failure: ProtoFailure,
  longest = LONGEST,
  room: Room = { left: LARGEST_DETAILS },
): ProtoFailure {
  const {
    message,
    stackTrace,
    cause,
    applicationFailureInfo: info,
    canceledFailureInfo: cancelled,
  } = failure;
  return {
    ...failure,
    message: cut(textOf(message ?? ''), longest.message),
    stackTrace: cut(textOf(stackTrace ?? ''), longest.stack),
    ...(info
      ? {
          applicationFailureInfo: {
            ...info,
            type: cut(textOf(info.type ?? ''), LONGEST_TYPE),
            ...fitting(info, room),
          },
        }
      : {}),
    ...(cancelled ? { canceledFailureInfo: { ...cancelled, ...fitting(cancelled, room) } } : {}),
    ...(cause ? { cause: bounded(cause, LONGEST_OF_A_CAUSE, room) } : {}),
  };
}

type Detailed = Pick<NonNullable<ProtoFailure['applicationFailureInfo']>, 'details'>;

/** As many details as there is room for: each takes some 30 bytes, however small it is. */
function fitting({ details }: Detailed, room: Room): Detailed {
  // A list with gaps has no payloads for them, which nobody can send.
  const payloads = Array.from(details?.payloads ?? [], (payload) => payload ?? NOTHING);
  const first = payloads.findIndex((payload) => {
    room.left -= encodedBytes(payload);
    return room.left < 0;
  });
  if (first === -1) return details ? { details: { payloads } } : {};
  const omitted = `${payloads.length - first} of ${payloads.length} values are too many for an error: all together take ${showBytes(encodedBytes({ payloads }))}`;
  return {
    details: { payloads: [...payloads.slice(0, first), defaultPayloadConverter.toPayload({ omitted })] },
  };
}
