import { safeStorage } from 'electron';
import type { LocalBackendOptions } from '../engine/backends/local/local-backend.ts';

/**
 * The system's key ring, or null where there is none. On Linux without one Electron would use a key that is the same
 * everywhere: that keeps nothing secret.
 */
export function openSecretBox(): NonNullable<LocalBackendOptions['secretBox']> | null {
  const isPretence = process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text';
  if (isPretence || !safeStorage.isEncryptionAvailable()) return null;
  return {
    seal: (text) => safeStorage.encryptString(text).toString('base64'),
    open: (sealed) => safeStorage.decryptString(Buffer.from(sealed, 'base64')),
  };
}
