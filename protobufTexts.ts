/**
 * Makes every text well-formed that Temporal's messages are written with; imported for that alone, by whatever connects.
 *
 * protobuf.js 8 writes texts under 40 UTF-16 units itself, and half a character as bytes that are no UTF-8. Temporal's
 * core takes a completion with such bytes for a broken worker and shuts it down; a server refuses the request.
 */
import protobuf from 'protobufjs/minimal.js';

const { utf8 } = protobuf.util;
const { write } = utf8;

// Half a character takes three bytes either way, so a length that was counted before stays right.
utf8.write = (text, buffer, offset) => write(text.toWellFormed(), buffer, offset);
