import net from 'node:net';
import { describe, expect, test } from 'vitest';
import { sendEmail } from '../../../engine/actions/email/send-email.ts';
import { stdEmail } from '../../../engine/actions/std-email.ts';
import type { JsonObject } from '../../../engine/model/json.ts';
import { failureOf, listen, resultOf, runAction } from './action-fixture.ts';
import { type Mail, startSmtpServer } from './smtp-server.ts';

const addresses = { from_addr: 'me@example.org', to_addrs: ['you@example.org'] };
const send = (input: JsonObject) => runAction(stdEmail, { ...addresses, ...input });
const headerOf = ({ text }: Mail, name: string) => text.match(new RegExp(`^${name}: (.*)$`, 'm'))?.[1]?.trim();

describe('a message', () => {
  test('goes to everybody, and only those who may be seen are seen', async () => {
    const { address, mails } = await startSmtpServer();
    const result = await resultOf(
      send({
        smtp_server: address,
        to_addrs: ['a@example.org', 'B <b@example.org>'],
        cc_addrs: ['c@example.org'],
        bcc_addrs: ['unseen@example.org'],
        reply_to: ['e@example.org', 'f@example.org'],
        subject: 'Grüße',
        body: 'Hello\n.\nthere',
      }),
    );
    expect(result).toBeNull();
    expect(mails).toMatchObject([{ from: 'me@example.org', isSecure: false, login: null }]);
    const [mail] = mails as [Mail];
    expect([...mail.to].sort()).toEqual(['a@example.org', 'b@example.org', 'c@example.org', 'unseen@example.org']);
    expect(headerOf(mail, 'To')).toBe('a@example.org, B <b@example.org>');
    expect(headerOf(mail, 'Cc')).toBe('c@example.org');
    expect(headerOf(mail, 'Reply-To')).toBe('e@example.org, f@example.org');
    expect(headerOf(mail, 'Subject')).toBe('=?UTF-8?Q?Gr=C3=BC=C3=9Fe?=');
    expect(mail.text).not.toContain('unseen@example.org');
    expect(mail.text).toMatch(/\r\n\r\nHello\r\n\.\.\r\nthere\s*$/);
  });

  test('may be HTML too', async () => {
    const { address, mails } = await startSmtpServer();
    await resultOf(send({ smtp_server: address, body: 'plain', html_body: '<b>rich</b>' }));
    expect(mails[0]?.text).toMatch(
      /multipart\/alternative[\s\S]*text\/plain[\s\S]*plain[\s\S]*text\/html[\s\S]*<b>rich<\/b>/,
    );
  });

  test('without subject and body says so, as in Mistral', async () => {
    const { address, mails } = await startSmtpServer();
    await resultOf(send({ smtp_server: address, to_addrs: 'a@example.org, b@example.org' }));
    const [mail] = mails as [Mail];
    expect(headerOf(mail, 'Subject')).toBe('<No subject>');
    expect(mail.text).toContain('\r\n\r\n<No body>');
    expect(mail.to).toEqual(['a@example.org', 'b@example.org']);
  });

  test('cannot smuggle in headers, or be a file', async () => {
    const { address, mails } = await startSmtpServer();
    await resultOf(send({ smtp_server: address, subject: 'a\r\nX-Own: b' }));
    expect(mails[0]?.text).not.toMatch(/^X-Own/m);
    expect(await failureOf(send({ smtp_server: address, body: { path: '/etc/passwd' } }))).toBe(
      'Failed to send an email message: The body must be a text.',
    );
  });
});

describe('a password', () => {
  test('is said over an encrypted connection only, by the sender', async () => {
    const { address, mails } = await startSmtpServer();
    await resultOf(send({ smtp_server: address, smtp_password: 'open' }));
    expect(mails).toMatchObject([{ isSecure: true, login: 'me@example.org' }]);
  });

  test('that is wrong is a failure', async () => {
    const { address, mails } = await startSmtpServer();
    expect(await failureOf(send({ smtp_server: address, smtp_password: 'shut' }))).toContain('535 wrong password');
    expect(mails).toEqual([]);
  });

  test.each([[{ offersTls: false }], [{ offersLogin: false }]])('is not said to a server that %j', async (offers) => {
    const { address, mails } = await startSmtpServer(offers);
    expect(await failureOf(send({ smtp_server: address, smtp_password: 'open' }))).toContain(
      'Failed to send an email message: ',
    );
    expect(mails).toEqual([]);
  });
});

describe('a message that cannot be sent', () => {
  test('fails when nobody listens', async () => {
    const server = net.createServer();
    const port = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    expect(await failureOf(send({ smtp_server: `127.0.0.1:${port}` }))).toBe(
      `Failed to send an email message: connect ECONNREFUSED 127.0.0.1:${port}`,
    );
  });

  test('fails when nobody takes it, but not when one does', async () => {
    const { address, mails } = await startSmtpServer();
    const input = { smtp_server: address, to_addrs: ['nobody@example.org'] };
    expect(await failureOf(send(input))).toContain('550 nobody of that name');
    await resultOf(send({ ...input, cc_addrs: ['you@example.org'] }));
    expect(mails).toMatchObject([{ to: ['you@example.org'] }]);
  });

  test('fails when the server says nothing for too long', async () => {
    const port = await listen(net.createServer());
    const { signal } = new AbortController();
    const input = { ...addresses, smtp_server: `127.0.0.1:${port}` };
    expect(await failureOf(sendEmail(input, { signal, silenceSeconds: 0.05 }))).toMatch(
      /Greeting never received|Timeout/,
    );
  });

  test('fails when the server never stops talking', async () => {
    const port = await listen(
      net.createServer((socket) => {
        const more = (): void => {
          while (!socket.destroyed && socket.write('220-blah '.repeat(1000)));
        };
        socket.on('drain', more);
        more();
      }),
    );
    expect(await failureOf(send({ smtp_server: `127.0.0.1:${port}` }))).toContain('Failed to send an email message: ');
  });

  test('is dropped, with its connection, when nobody waits for it any more', async () => {
    const controller = new AbortController();
    let closed = (): void => {};
    const closing = new Promise<void>((resolve) => {
      closed = resolve;
    });
    const port = await listen(
      net.createServer((socket) => {
        socket.on('close', closed);
        controller.abort();
      }),
    );
    const input = { ...addresses, smtp_server: `127.0.0.1:${port}` };
    await failureOf(runAction(stdEmail, input, { signal: controller.signal }));
    await closing;
  });

  test.each<[JsonObject, string]>([
    [{ smtp_server: 'a:b' }, "The smtp_server 'a:b' is no 'host' or 'host:port'."],
    [{ smtp_server: 5 }, 'The smtp_server must be a text.'],
    [{ smtp_server: 'a:99999' }, "The smtp_server 'a:99999' is no 'host' or 'host:port'."],
    [{ to_addrs: { a: 1 } }, 'The to_addrs must be a list of addresses.'],
    [{ to_addrs: [] }, 'No recipients defined'],
    [{ cc_addrs: [1] }, 'The cc_addrs must be a list of addresses.'],
    [{ subject: ['x'] }, 'The subject must be a text.'],
    [{ smtp_password: 5 }, 'The smtp_password must be a text.'],
  ])('has a sentence for an input of %j', async (input, reason) => {
    const { address } = await startSmtpServer();
    expect(await failureOf(send({ smtp_server: address, ...input }))).toBe(
      `Failed to send an email message: ${reason}`,
    );
  });
});
