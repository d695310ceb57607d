import type { Page } from '@playwright/test';

// What is measured inside of the window, by the window's own clock. A time ends with the first frame that shows what was
// waited for: two animation frames after it is in the page.

/** How long it takes from the key (a click, a text in the field with the focus) until an element is there and painted, in milliseconds. */
export function untilPainted(
  page: Page,
  what: { readonly press: string } | { readonly click: string } | { readonly write: string },
  selector: string,
) {
  return page.evaluate(
    ([doing, wanted]) =>
      new Promise<number>((resolve, reject) => {
        const deadline = performance.now() + 60_000;
        const began = performance.now();
        if ('press' in doing) {
          const target = document.activeElement ?? document.body;
          target.dispatchEvent(new KeyboardEvent('keydown', { key: doing.press, bubbles: true, cancelable: true }));
        } else if ('write' in doing) document.execCommand('insertText', false, doing.write);
        else document.querySelector<HTMLElement>(doing.click)?.click();
        const look = () => {
          if (document.querySelector(wanted) !== null) {
            requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - began)));
          } else if (performance.now() > deadline) reject(new Error(`There is no ${wanted}`));
          else setTimeout(look, 1);
        };
        look();
      }),
    [what, selector] as const,
  );
}

/** The times between frames while `during` goes on, in milliseconds. */
export async function framesDuring(page: Page, during: () => Promise<unknown>): Promise<readonly number[]> {
  await page.evaluate(() => {
    const recording = { times: [] as number[], ended: false };
    let last: number | null = null;
    const frame = (now: number) => {
      if (last !== null) recording.times.push(now - last);
      last = now;
      if (!recording.ended) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    Object.assign(window, { benchFrames: recording });
  });
  await during();
  return page.evaluate(() => {
    const { benchFrames } = window as unknown as { benchFrames: { times: readonly number[]; ended: boolean } };
    benchFrames.ended = true;
    return benchFrames.times;
  });
}

/** The times between frames while the grid is scrolled by so many pixels with each of them, in milliseconds. */
export function scrollFrames(page: Page, grid: string, step: number): Promise<readonly number[]> {
  return page.evaluate(
    ([selector, pixels]) =>
      new Promise<number[]>((resolve, reject) => {
        const element = document.querySelector(selector);
        if (element === null) return reject(new Error(`There is no ${selector}`));
        const times: number[] = [];
        let last: number | null = null;
        let top = 0;
        const frame = (now: number) => {
          if (last !== null) times.push(now - last);
          last = now;
          // Written and never read: reading would lay the page out once more.
          top += pixels;
          element.scrollTop = top;
          if (times.length < 240) requestAnimationFrame(frame);
          else resolve(times);
        };
        element.scrollTop = 0;
        requestAnimationFrame(frame);
      }),
    [grid, step] as const,
  );
}

/**
 * The times between frames while nothing but plain lines of text is scrolled over the whole page, in milliseconds: what the
 * machine itself can do.
 */
export function plainFrames(page: Page, step: number): Promise<readonly number[]> {
  return page.evaluate(
    (pixels) =>
      new Promise<number[]>((resolve) => {
        const plain = document.body.appendChild(document.createElement('div'));
        Object.assign(plain.style, {
          position: 'fixed',
          inset: '0',
          overflow: 'auto',
          background: 'white',
          zIndex: 99,
        });
        for (let line = 0; line < 2000; line++) {
          const text = plain.appendChild(document.createElement('div'));
          Object.assign(text.style, { height: '28px', contain: 'strict' });
          text.textContent = `Line ${line} of some text that is as long as a row`;
        }
        const times: number[] = [];
        let last: number | null = null;
        let top = 0;
        const frame = (now: number) => {
          if (last !== null) times.push(now - last);
          last = now;
          top += pixels;
          plain.scrollTop = top;
          if (times.length < 240) return requestAnimationFrame(frame);
          plain.remove();
          return resolve(times);
        };
        requestAnimationFrame(frame);
      }),
    step,
  );
}

/**
 * How long after it was committed a change of an execution is on the screen, for so many milliseconds, and how many rows
 * have changed. The clocks of the engine and of the window are the same.
 */
export function shownAfter(page: Page, milliseconds: number) {
  return page.evaluate(
    (length) =>
      new Promise<{ readonly delays: readonly number[]; readonly changes: number; readonly frames: readonly number[] }>(
        (resolve) => {
          const delays: number[] = [];
          const frames: number[] = [];
          let changes = 0;
          let ended = false;
          let last: number | null = null;
          const frame = (now: number) => {
            if (last !== null) frames.push(now - last);
            last = now;
            if (!ended) requestAnimationFrame(frame);
          };
          requestAnimationFrame(frame);
          const stop = window.windrose.onChanges((text) => {
            const batch = JSON.parse(text) as readonly (
              | { readonly type: 'nodes'; readonly nodes: readonly { createdAt: number; finishedAt: number | null }[] }
              | { readonly type: 'other' }
            )[];
            let newest = 0;
            for (const change of batch) {
              if (change.type !== 'nodes') continue;
              changes += change.nodes.length;
              for (const node of change.nodes) newest = Math.max(newest, node.finishedAt ?? node.createdAt);
            }
            if (newest === 0) return;
            requestAnimationFrame(() => requestAnimationFrame(() => delays.push(Date.now() - newest)));
          });
          setTimeout(() => {
            ended = true;
            stop();
            resolve({ delays, changes, frames });
          }, length);
        },
      ),
    milliseconds,
  );
}

/** How many timers and frames the page asks for in so many milliseconds in which nobody does anything. */
export function timersIn(page: Page, milliseconds: number): Promise<number> {
  return page.evaluate(async (length) => {
    let asked = 0;
    const { setTimeout: later, setInterval: often, requestAnimationFrame: frame } = window;
    const counting =
      <A extends unknown[], R>(real: (...args: A) => R) =>
      (...args: A): R => {
        asked += 1;
        return real.apply(window, args);
      };
    Object.assign(window, {
      setTimeout: counting(later),
      setInterval: counting(often),
      requestAnimationFrame: counting(frame),
    });
    await new Promise((resolve) => later(resolve, length));
    Object.assign(window, { setTimeout: later, setInterval: often, requestAnimationFrame: frame });
    return asked;
  }, milliseconds);
}

/** The longest time for which the window does nothing else while `during` goes on, in milliseconds. */
export async function longestTask(page: Page, during: () => Promise<unknown>): Promise<number> {
  await page.evaluate(() => {
    const state = { longest: 0 };
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) state.longest = Math.max(state.longest, duration);
    });
    observer.observe({ type: 'longtask' });
    Object.assign(window, { benchLongest: state });
  });
  await during();
  // What has not been told yet is told with the next frames.
  return page.evaluate(
    () =>
      new Promise<number>((resolve) =>
        setTimeout(
          () => resolve((window as unknown as { benchLongest: { longest: number } }).benchLongest.longest),
          200,
        ),
      ),
  );
}
