import { TriangleAlert } from 'lucide-react';
import { useStore } from '../../state/store.ts';
import styles from './troubles.module.css';

/** What is wrong outside of any execution, for as long as it is: a damaged file, a full disk. */
export function Troubles() {
  const store = useStore((state) => state.troubles);
  const shell = useStore((state) => state.shellTroubles);
  const troubles = [...store, ...shell];
  if (troubles.length === 0) return null;
  return (
    <ul className={styles.troubles} aria-label="Troubles">
      {troubles.map(({ id, severity, message, file }) => (
        <li key={id} className={styles.trouble} data-severity={severity}>
          <TriangleAlert aria-hidden="true" />
          <span>
            {message}
            {file !== null && <code className={styles.file}>{file}</code>}
          </span>
        </li>
      ))}
    </ul>
  );
}
