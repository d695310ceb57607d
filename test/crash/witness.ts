import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Somebody outside who counts what is asked of him. */
export interface Witness extends AsyncDisposable {
  readonly address: string;
  /** How often each path was asked for. */
  readonly requests: ReadonlyMap<string, number>;
}

/** @param onRequest called before the answer is given */
export async function startWitness(onRequest: (path: string) => void = () => {}): Promise<Witness> {
  const requests = new Map<string, number>();
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    requests.set(path, (requests.get(path) ?? 0) + 1);
    onRequest(path);
    response.end('"seen"');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
