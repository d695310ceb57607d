import styles from './progress-bar.module.css';

interface ProgressBarProps {
  readonly label: string;
  /** From 0 to 1. */
  readonly fraction: number;
}

/** A thin bar with its share in words beside it. */
export function ProgressBar({ label, fraction }: ProgressBarProps) {
  const percent = Math.floor(100 * Math.min(1, Math.max(0, fraction)));
  return (
    <span className={styles.progress}>
      <span className={styles.percent}>{percent} %</span>
      <span
        role="progressbar"
        className={styles.track}
        aria-label={label}
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
      >
        <span className={styles.done} style={{ width: `${percent}%` }} />
      </span>
    </span>
  );
}
