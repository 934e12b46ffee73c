/**
 * Makes every string in Temporal's messages well-formed. Whatever connects to Temporal imports this for its effect.
 *
 * protobuf.js 8 writes strings under 40 UTF-16 units itself, and a lone surrogate as bytes that are not UTF-8. Temporal's
 * core then treats the worker as broken and shuts it down; a server refuses the request.
 */
import protobuf from 'protobufjs/minimal.js';

const { utf8 } = protobuf.util;
const { write } = utf8;

// Half a character takes three bytes either way, so a length that was counted before stays right.
utf8.write = (text, buffer, offset) => write(text.toWellFormed(), buffer, offset);
