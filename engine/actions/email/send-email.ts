import { isIPv6 } from 'node:net';
import { createTransport } from 'nodemailer';
import { isTrue } from '../../expressions/python/truth.ts';
import type { ActionResult } from '../../model/commands.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import { failed, succeeded } from '../action.ts';

export interface SendEmailOptions {
  readonly signal: AbortSignal;
  /** How long the server may say nothing. */
  readonly silenceSeconds: number;
}

/** Bytes of one answer of the server. */
const ANSWER_LIMIT = 64 * 1024;

/** Sends one message over a connection of its own, as Mistral's action does. */
export async function sendEmail(input: JsonObject, options: SendEmailOptions): Promise<ActionResult> {
  try {
    await send(input, options);
    return succeeded(null);
  } catch (error) {
    return failed(`Failed to send an email message: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function send(input: JsonObject, { signal, silenceSeconds }: SendEmailOptions): Promise<void> {
  const from = textOf(input, 'from_addr', '');
  const password = input.smtp_password ?? null;
  if (password !== null && typeof password !== 'string') throw new Error('The smtp_password must be a text.');
  const { host, port } = serverOf(textOf(input, 'smtp_server', ''));
  const [to, cc, bcc] = [listOf(input, 'to_addrs'), listOf(input, 'cc_addrs'), listOf(input, 'bcc_addrs')];
  const replyTo = listOf(input, 'reply_to');
  const html = textOf(input, 'html_body', '');
  const milliseconds = silenceSeconds * 1000;
  const transport = createTransport({
    host,
    port,
    secure: port === 465,
    // Without a password nothing is encrypted, with one everything; whoever answers is believed. So does Mistral.
    ignoreTLS: password === null,
    requireTLS: password !== null,
    tls: { rejectUnauthorized: false },
    ...(password === null ? {} : { auth: { user: from, pass: password }, forceAuth: true }),
    connectionTimeout: milliseconds,
    greetingTimeout: milliseconds,
    socketTimeout: milliseconds,
    maxResponseSize: ANSWER_LIMIT,
  });
  await transport.sendMail({
    from,
    to: [...to],
    cc: [...cc],
    bcc: [...bcc],
    ...(replyTo.length > 0 ? { replyTo: [...replyTo] } : {}),
    subject: textOf(input, 'subject', '<No subject>'),
    text: textOf(input, 'body', '<No body>'),
    ...(html === '' ? {} : { html }),
    disableFileAccess: true,
    disableUrlAccess: true,
    signal,
  });
}

/** @param otherwise in place of a text that is not given, or empty */
function textOf(input: JsonObject, name: string, otherwise: string): string {
  const value = input[name] ?? null;
  if (!isTrue(value)) return otherwise;
  if (typeof value === 'string') return value;
  throw new Error(`The ${name} must be a text.`);
}

/** Addresses: a list, or a text with commas between them. */
function listOf(input: JsonObject, name: string): readonly string[] {
  const value: Json = input[name] ?? null;
  if (!isTrue(value)) return [];
  if (typeof value === 'string') return [value];
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value;
  throw new Error(`The ${name} must be a list of addresses.`);
}

function serverOf(text: string): { readonly host: string; readonly port: number } {
  if (isIPv6(text)) return { host: text, port: 25 };
  const [, host, port = '25'] = text.match(/^([^:]+)(?::(\d+))?$/) ?? [];
  if (host !== undefined && Number(port) < 65_536) return { host, port: Number(port) };
  throw new Error(`The smtp_server '${text}' is no 'host' or 'host:port'.`);
}
