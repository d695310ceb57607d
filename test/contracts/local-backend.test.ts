import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLocalBackend } from '../../engine/backends/local/local-backend.ts';
import { describeBackend } from './backend-suite.ts';

describeBackend('the engine of this process', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'windrose-backend-'));
  const backend = await openLocalBackend({ folder, log: { info: () => {}, warn: () => {}, error: console.error } });
  return {
    backend,
    async close() {
      await backend.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
});
