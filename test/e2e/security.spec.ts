import type { Windrose } from './app.ts';
import { test as base, expect, inNewFolder, launch } from './app.ts';

// What the window may not do, tried on the running application. The tries are logged in the page as errors, so these
// tests start it themselves and do not ask for a page without errors. None of them leaves anything but in the page: they
// share one application, and each loads the page anew.
const test = base.extend<{ running: Windrose }, { shared: Windrose }>({
  shared: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what a fixture needs from the pattern
    ({}, use) =>
      inNewFolder(async (userData) => {
        const shared = await launch(userData);
        await shared.page.waitForLoadState();
        await use(shared);
        await shared.close();
      }),
    { scope: 'worker' },
  ],
  running: async ({ shared }, use) => {
    await shared.page.reload();
    await use(shared);
  },
});

test('the page is sandboxed, isolated, and has nothing of Node', async ({ running: { app, page } }) => {
  const preferences = await app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
      getLastWebPreferences(): Record<string, unknown>;
    };
    const { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag } = contents.getLastWebPreferences();
    return { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag: webviewTag ?? false };
  });
  expect(preferences).toEqual({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
  });
  expect(
    await page.evaluate(() => ['require', 'process', 'module', 'Buffer', 'global'].filter((name) => name in window)),
  ).toEqual([]);
});

test('all that the page has of the shell is one typed door', async ({ running: { page } }) => {
  expect(await page.evaluate(() => Object.keys(window.windrose).sort())).toEqual([
    'call',
    'onChanges',
    'onCommand',
    'onExecution',
    'onFile',
    'onFileChange',
    'onSettings',
    // The same calls, answered as text: what is large crosses faster so.
    'read',
  ]);
});

test('a call that is answered as text is checked like any other', async ({ running: { page } }) => {
  const answers = await page.evaluate(async () => {
    const read = window.windrose.read as (method: string, input: unknown) => Promise<string>;
    return [await read('no.such', {}), await read('executions.watch', { id: 7 })];
  });
  expect(answers.map((text) => JSON.parse(text).ok)).toEqual([false, false]);
});

test('the content security policy stops inline and evaluated code, styles, other hosts and frames', async ({
  running: { page },
}) => {
  await page.evaluate(() => {
    const violated = new Set<string>();
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
      document.body.dataset.violated = [...violated.add(effectiveDirective)].sort().join(' ');
    });
    const script = document.createElement('script');
    script.textContent = 'document.body.dataset.ran = "inline code"';
    const clickable = document.createElement('div');
    clickable.setAttribute('onclick', 'document.body.dataset.ran = "a handler"');
    const style = document.createElement('style');
    style.textContent = 'body { display: none }';
    const frame = document.createElement('iframe');
    frame.src = 'https://example.com/';
    document.body.append(script, clickable, style, frame);
    clickable.click();
    fetch('https://example.com/').catch(() => {});
    // Not at once: what Playwright runs itself may evaluate code.
    setTimeout(() => new Function('document.body.dataset.ran = "evaluated code"')());
  });
  await expect(page.locator('body')).toHaveAttribute(
    'data-violated',
    'connect-src frame-src script-src script-src-attr script-src-elem style-src-elem',
  );
  await expect(page.locator('body')).not.toHaveAttribute('data-ran');
});

test('a frame inside the page does not get the door', async ({ running: { page } }) => {
  const inFrame = await page.evaluate(() => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    return 'windrose' in (frame.contentWindow ?? {});
  });
  expect(inFrame).toBe(false);
});

test('the page stays where it is and opens no windows', async ({ running: { app, page } }) => {
  const address = page.url();
  expect(await page.evaluate(() => window.open('https://example.com/'))).toBeNull();
  await page.evaluate(() => {
    const link = document.createElement('a');
    link.href = 'https://example.com/';
    link.textContent = 'away';
    document.body.prepend(link);
  });
  const refused = app.evaluate(
    ({ BrowserWindow }) =>
      new Promise<boolean>((resolve) => {
        BrowserWindow.getAllWindows()[0]?.webContents.once('will-frame-navigate', (event) =>
          // After everybody who has a say in it.
          setImmediate(() => resolve(event.defaultPrevented)),
        );
      }),
  );
  await page.getByRole('link', { name: 'away' }).click({ noWaitAfter: true });
  expect(await refused).toBe(true);
  expect(page.url()).toBe(address);
  expect(app.windows()).toHaveLength(1);
});

test('the page gets no permission but to copy', async ({ running: { page } }) => {
  const states = await page.evaluate(async () => {
    const names = ['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read'];
    const asked = names.map((name) => navigator.permissions.query({ name: name as PermissionName }));
    return (await Promise.all(asked)).map(({ state }) => state);
  });
  expect(new Set(states)).toEqual(new Set(['denied']));
});

test('another page with the same preload is refused, whatever it asks', async ({ running: { app } }) => {
  const reply = await app.evaluate(async ({ app: main, BrowserWindow }) => {
    const preload = `${main.getAppPath()}/dist/preload/preload.cjs`;
    const other = new BrowserWindow({
      show: false,
      webPreferences: { preload, sandbox: true, contextIsolation: true },
    });
    await other.loadURL('data:text/html,<h1>not ours</h1>');
    const answer = await other.webContents.executeJavaScript(`windrose.call('app.info', {})`);
    other.destroy();
    return answer;
  });
  expect(reply).toEqual({
    ok: false,
    error: { code: 'REFUSED', message: 'Only the page of Windrose itself may ask for this.' },
  });
});

test('what is no method or no valid input is refused with a sentence', async ({ running: { page } }) => {
  const replies = await page.evaluate(() => {
    const call = window.windrose.call as (method: unknown, input: unknown) => Promise<unknown>;
    return Promise.all([
      call('files.readAll', {}),
      call('__proto__', {}),
      call({ toString: 'executions.list' }, {}),
      call('executions.pause', { id: 7 }),
      call('settings.set', { zoom: 1e9 }),
      call('executions.list', () => 'a function'),
    ]);
  });
  for (const reply of replies.slice(0, 5)) expect(reply).toMatchObject({ ok: false, error: { code: 'INVALID' } });
  expect(replies[5]).toMatchObject({ ok: false });
});
