import { unreadable } from './failure.ts';
import type { Answer } from './reply.ts';
import { header, isHtml } from './text.ts';

/** A file, as actions return it. */
export interface DownloadedFile {
  readonly filename: string;
  readonly content_type: string;
  /** In bytes. */
  readonly size: number;
  readonly data_base64: string;
}

/**
 * The file of a reply: Halo streams the bytes with Content-Disposition (HaloAPI Get-HaloAttachment.ps1).
 * `fallback` names a file without a name.
 */
export function fileOf(answer: Answer, fallback: string): DownloadedFile {
  const { subject, reply } = answer;
  const disposition = header(reply, 'content-disposition');
  if (disposition === '' && isHtml(reply)) {
    throw unreadable(
      subject,
      reply,
      `an HTML page instead of a file: the host is probably not a Halo API; check resourceServer of connection ${subject.connection}`,
    );
  }
  if (disposition === '' && reply.body.length === 0) {
    throw unreadable(subject, reply, 'an empty reply instead of a file', { retryable: true });
  }
  return {
    filename: filenameIn(disposition) ?? fallback,
    content_type: header(reply, 'content-type') || 'application/octet-stream',
    size: reply.body.length,
    data_base64: reply.body.toString('base64'),
  };
}

/** `filename*=UTF-8''…` before `filename="…"` (RFC 6266), without any folder in front. */
function filenameIn(disposition: string): string | null {
  const extended = /filename\*\s*=\s*(?:utf-8|iso-8859-1)'[^']*'([^;]+)/i.exec(disposition)?.[1];
  const quoted = /filename\s*=\s*"((?:[^"\\]|\\.)*)"/i.exec(disposition)?.[1]?.replace(/\\(.)/g, '$1');
  const plain = /filename\s*=\s*([^";]+)/i.exec(disposition)?.[1];
  const name = (decoded(extended) ?? quoted ?? plain ?? '').trim().split(/[/\\]/).at(-1) ?? '';
  return name === '' ? null : name;
}

function decoded(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  try {
    return decodeURIComponent(text.trim());
  } catch {
    return undefined;
  }
}
