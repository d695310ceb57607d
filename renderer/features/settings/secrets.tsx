import { useCallback, useEffect, useState } from 'react';
import type { WindowOutput } from '../../../electron/contract.ts';
import { call } from '../../state/client.ts';
import { Button } from '../../ui/button.tsx';
import { Field, TextInput } from '../../ui/field.tsx';
import styles from './settings-dialog.module.css';

/** Names of secrets. A value goes in and is never shown again. */
export function Secrets() {
  const [secrets, setSecrets] = useState<WindowOutput<'secrets.list'>>([]);
  const [name, setName] = useState('');
  const [value, setValue] = useState('');
  const [error, setError] = useState<string | null>(null);
  const load = useCallback(async () => {
    const reply = await call('secrets.list', {});
    if (reply.ok) setSecrets(reply.output);
  }, []);
  useEffect(() => void load(), [load]);
  const save = async (): Promise<void> => {
    const reply = await call('secrets.save', { name, value });
    setError(reply.ok ? null : reply.error.message);
    if (!reply.ok) return;
    setName('');
    setValue('');
    await load();
  };
  return (
    <section className={styles.section}>
      {secrets.some(({ isKept }) => !isKept) && (
        <p className={styles.dim}>This system has no key ring: some secrets are kept only until the app ends.</p>
      )}
      {secrets.length > 0 && (
        <ul className={styles.list}>
          {secrets.map(({ name: known, isKept }) => (
            <li key={known} className={styles.line}>
              <span className={styles.value}>
                {known} {!isKept && <span className={styles.dim}>until the app ends</span>}
              </span>
              <Button
                aria-label={`Delete the secret ${known}`}
                onClick={() => void call('secrets.delete', { name: known }).then(load)}
              >
                Delete
              </Button>
            </li>
          ))}
        </ul>
      )}
      <form
        className={styles.section}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Field label="Name of a secret" hint="A workflow names it as ${secret:NAME}." error={error}>
          {(control) => <TextInput {...control} mono value={name} onChange={(event) => setName(event.target.value)} />}
        </Field>
        <Field label="Value">
          {(control) => (
            <TextInput {...control} type="password" value={value} onChange={(event) => setValue(event.target.value)} />
          )}
        </Field>
        <div>
          <Button type="submit" disabled={name === '' || value === ''}>
            Save secret
          </Button>
        </div>
      </form>
    </section>
  );
}
