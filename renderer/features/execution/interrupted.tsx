import { Unplug } from 'lucide-react';
import type { Node } from '../../../engine/api/resources.ts';
import { interruptionInWords, interruptionOf } from '../../state/interruption.ts';
import { formatExactTime } from '../../ui/duration.ts';
import styles from './inspector.module.css';

/** Says of an execution that was running when Windrose ended what was done about it. */
export function Interrupted({ node }: { readonly node: Node }) {
  const interruption = interruptionOf(node);
  if (interruption === null) return null;
  return (
    <div className={styles.reason} data-family="inert">
      <Unplug className={styles.asks} aria-hidden="true" />
      <div className={styles.reasonText}>
        <p>{interruptionInWords(interruption)}.</p>
        <p className={styles.dim}>
          Taken up again <time>{formatExactTime(interruption.at)}</time>.
          {interruption.failed > 0 && ' What may have done its work already is not run twice.'}
        </p>
      </div>
    </div>
  );
}
