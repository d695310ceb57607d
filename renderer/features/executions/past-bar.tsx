import { ChevronLeft, ChevronRight, History } from 'lucide-react';
import { pastOf, showInstant, showNow } from '../../state/past.ts';
import { useStore } from '../../state/store.ts';
import { Button } from '../../ui/button.tsx';
import { formatExactTime } from '../../ui/duration.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import styles from './past-bar.module.css';

/** Says that the selected execution is shown as it was, goes through its history, and leads back to the present. */
export function PastBar() {
  const rootId = useStore((state) => state.selected?.rootId ?? null);
  const past = useStore((state) => (rootId === null ? null : pastOf(state, rootId)));
  if (rootId === null || past === null) return null;
  const { position, last, at } = past;
  const show = (wanted: number) => void showInstant({ rootId, position: wanted, last });
  const time = formatExactTime(at).slice(11);
  return (
    <section className={styles.bar} aria-label="As it was">
      <History aria-hidden="true" />
      <p role="status">
        As it was at <time>{time}</time>
        <span>{`, moment ${position.toLocaleString('en')} of ${last.toLocaleString('en')}`}</span>
      </p>
      <span className={styles.moves}>
        <IconButton label="A moment earlier" disabled={position <= 1} onClick={() => show(position - 1)}>
          <ChevronLeft aria-hidden="true" />
        </IconButton>
        <input
          className={styles.slider}
          type="range"
          aria-label="Moment of the history"
          aria-valuetext={`${position} of ${last}, ${time}`}
          min={1}
          max={last}
          value={position}
          onChange={({ target }) => show(target.valueAsNumber)}
        />
        <IconButton label="A moment later" disabled={position >= last} onClick={() => show(position + 1)}>
          <ChevronRight aria-hidden="true" />
        </IconButton>
      </span>
      <Button kind="primary" onClick={() => showNow(rootId)}>
        Back to now
      </Button>
    </section>
  );
}
