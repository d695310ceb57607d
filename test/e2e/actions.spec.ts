import type { AddressInfo } from 'node:net';
import ssh2 from 'ssh2';
import { expect, test } from './app.ts';
import { addWorkflow, executionRow, inspector, runFromLibrary } from './screen.ts';

const errands = (url: string, sshPort: number) => `version: '2.0'

errands:
  output:
    all: <% [$.script, $.call, $.mail, $.ssh] %>
  tasks:
    script:
      action: std.js script='return $.map(each => each * 2).join()' context=<% [1, 2] %>
      publish: {script: <% task().result %>}
      on-success: call
    call:
      action: std.http url='${url}'
      publish: {call: <% task().result.content %>}
      on-success: mail
    mail:
      action: std.email
      input: {from_addr: a@example.org, to_addrs: [b@example.org], smtp_server: '127.0.0.1:1'}
      publish-on-error: {mail: <% task().result %>}
      on-error: ssh
    ssh:
      action: std.ssh
      input: {host: 127.0.0.1, port: ${sshPort}, username: me, password: open, cmd: hostname}
      publish: {ssh: <% task().result %>}
`;

test('actions that bring libraries of their own find them in the built application', async ({
  windrose,
  userData,
  gate,
}) => {
  const { page } = windrose;
  gate.open();
  const server = new ssh2.Server({ hostKeys: [ssh2.utils.generateKeyPairSync('ed25519').private] }, (connection) => {
    connection.on('error', () => {});
    connection.on('authentication', (attempt) =>
      attempt.method === 'password' && attempt.password === 'open' ? attempt.accept() : attempt.reject(['password']),
    );
    connection.on('session', (accept) =>
      accept().on('exec', (acceptCommand, _reject, { command }) => {
        const channel = acceptCommand();
        channel.write(`it is ${command}`);
        channel.exit(0);
        channel.end();
      }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await addWorkflow(windrose, userData, errands(gate.url, (server.address() as AddressInfo).port), {
      isAllowed: false,
    });
    await runFromLibrary(page, 'errands');
    const sheet = page.getByRole('dialog', { name: 'Allow errands to do this?' });
    await expect(sheet.getByRole('list', { name: 'What it may do' }).getByRole('listitem')).toHaveCount(3);
    await page.screenshot({ path: 'test/output/trust.png' });
    await sheet.getByRole('button', { name: 'Allow and run' }).click();
    await expect(executionRow(page, 'errands', 'Succeeded')).toBeVisible();
    for (const text of ['"2,4"', '"passed"', 'connect ECONNREFUSED 127.0.0.1:1', '"it is hostname"']) {
      await expect(inspector(page)).toContainText(text);
    }
  } finally {
    server.close();
  }
});
