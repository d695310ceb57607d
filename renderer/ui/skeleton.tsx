import styles from './skeleton.module.css';
import { useLate } from './use-late.ts';

/** Stands where something is on its way, once one has waited for it. */
export function Skeleton({ label }: { readonly label: string }) {
  const late = useLate(true);
  if (!late) return null;
  return (
    <div className={styles.skeleton} role="status" aria-label={label}>
      {[72, 56, 64, 48, 60, 52].map((width) => (
        <span key={width} style={{ width: `${width}%` }} />
      ))}
    </div>
  );
}
