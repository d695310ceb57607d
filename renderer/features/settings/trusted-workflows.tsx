import { useCallback, useEffect, useState } from 'react';
import type { WindowOutput } from '../../../electron/contract.ts';
import { call } from '../../state/client.ts';
import { Button } from '../../ui/button.tsx';
import styles from './settings-dialog.module.css';

/** What may reach beyond its own data, with a button that takes it back. */
export function TrustedWorkflows() {
  const [trusted, setTrusted] = useState<WindowOutput<'trust.list'>>([]);
  const load = useCallback(async () => {
    const reply = await call('trust.list', {});
    if (reply.ok) setTrusted(reply.output);
  }, []);
  useEffect(() => void load(), [load]);
  return (
    <section className={styles.section}>
      {trusted.length === 0 && <p className={styles.dim}>No workflow was allowed to reach beyond its own data.</p>}
      <ul className={styles.list}>
        {trusted.map(({ name, namespace, needs }) => (
          <li key={`${namespace} ${name}`} className={styles.line}>
            <span className={styles.value}>
              {name} <span className={styles.dim}>{[...new Set(needs.map(({ action }) => action))].join(', ')}</span>
            </span>
            <Button
              aria-label={`Revoke the trust in ${name}`}
              onClick={() => void call('trust.revoke', { workflow: name, namespace }).then(load)}
            >
              Revoke
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
