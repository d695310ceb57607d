import http from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * A server on this machine that answers when it is told to. An action that asks it runs for exactly as long as a test
 * wants, however slow the machine is, and the server knows how often it was asked.
 */
export class Gate {
  readonly url: string;
  readonly #server: http.Server;
  readonly #waiting: http.ServerResponse[] = [];
  #asked = 0;
  #open = false;

  private constructor(server: http.Server) {
    this.#server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    server.on('request', (_request, response) => {
      this.#asked += 1;
      this.#waiting.push(response);
      if (this.#open) this.letThrough();
    });
  }

  static async start(): Promise<Gate> {
    const server = http.createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new Gate(server);
  }

  /** How many requests have come. */
  get asked(): number {
    return this.#asked;
  }

  /** Answers those who wait. Who comes later waits again. */
  letThrough(): void {
    for (const response of this.#waiting.splice(0)) response.end('"passed"');
  }

  /** Answers those who wait, and everybody from now on. */
  open(): void {
    this.#open = true;
    this.letThrough();
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
