import type { WireReply } from './wire.ts';

/** A single-valued header, or the empty string. */
export function header(reply: WireReply, name: string): string {
  const value = reply.headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? '';
}

/** Whether a reply is a web page: a wrong host, a portal or a proxy answered, not Halo's API. */
export function isHtml(reply: WireReply): boolean {
  if (/^\s*(text\/html|application\/xhtml)/i.test(header(reply, 'content-type'))) return true;
  return /^\uFEFF?\s*<(!doctype|html|head|body)/i.test(reply.body.subarray(0, 200).toString('utf8'));
}
