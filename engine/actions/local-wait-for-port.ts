import { connect } from 'node:net';
import type { Action } from './action.ts';
import { attempt } from './local/attempt.ts';
import { numberOr, textOr } from './local/read-input.ts';
import { patienceParameters, waitUntil } from './local/wait-until.ts';

export const localWaitForPort: Action = {
  name: 'local.wait_for_port',
  description: 'Waits until something accepts connections.',
  result: 'host and port',
  parameters: [
    { name: 'port', required: true, types: ['number'], description: 'Its number.' },
    { name: 'host', required: false, types: ['text'], description: 'localhost unless told otherwise.' },
    ...patienceParameters,
  ],
  isPure: false,
  reaches: ['network'],
  bounds: { seconds: null, onlyWaits: true },
  isSync: true,
  mistralClass: 'windrose.actions.local.WaitForPortAction',
  checkInput({ port = null }) {
    const number = numberOr(port, 0);
    return Number.isInteger(number) && number > 0 && number < 65_536
      ? null
      : 'local.wait_for_port: port must be a whole number from 1 to 65535.';
  },
  run: ({ port, host, ...patience }, context) =>
    attempt(async () => {
      const place = { host: textOr(host, 'localhost'), port: numberOr(port, 0) };
      return waitUntil(`Nothing answered at ${place.host}:${place.port}`, patience, context, async (signal) =>
        (await accepts(place, signal)) ? place : null,
      );
    }),
};

function accepts(place: { readonly host: string; readonly port: number }, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ ...place, signal });
    const settle = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => settle(true));
    socket.on('error', () => settle(false));
  });
}
