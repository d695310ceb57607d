import type { Need } from '../../../engine/api/resources.ts';
import { useStore } from '../../state/store.ts';
import type { OpenTrustQuestion } from '../../state/window-state.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { needLines, secretsIn } from './need-lines.ts';
import styles from './trust-sheet.module.css';

const harms: { readonly [reach in Need['reaches'][number]]: string } = {
  commands: 'run programs on this computer',
  files: 'read and change files',
  network: 'talk to other computers, and to servers on this one',
  person: 'show you something, or ask you',
};

/** Asks, before a workflow starts, whether it may do what reaches beyond its own data. */
export function TrustSheet() {
  const question = useStore((state) => state.trustQuestion);
  return question === null ? null : <Question {...question} />;
}

function Question({ workflow, verb, needs, answer }: OpenTrustQuestion) {
  const reaches = [...new Set(needs.flatMap((need) => need.reaches))];
  return (
    <Dialog
      title={`Allow ${workflow.name} to do this?`}
      width="wide"
      onClose={() => answer(false)}
      actions={
        <>
          <Button data-autofocus onClick={() => answer(false)}>
            Do not allow it
          </Button>
          <Button kind="primary" onClick={() => answer(true)}>
            {verb}
          </Button>
        </>
      }
    >
      <p>It may {list(reaches.map((reach) => harms[reach]))}, with all that you may do on this computer:</p>
      <ul className={styles.needs} aria-label="What it may do">
        {needs.map((need) => (
          <li key={`${need.workflow} ${need.task} ${need.input}`}>
            <div className={styles.what}>
              <code>{need.action}</code>
              <span className={styles.where}>
                {need.task}
                {need.workflow !== workflow.name && ` in ${need.workflow}`}
              </span>
            </div>
            {needLines(need.input).map((line) => (
              <code key={line} className={styles.input}>
                {line}
              </code>
            ))}
            {secretsIn(need.input).length > 0 && (
              <p className={styles.where}>Gets the secrets {list(secretsIn(need.input))}.</p>
            )}
          </li>
        ))}
      </ul>
      <p className={styles.where}>
        The answer is kept for this text of the workflow. A changed text asks again only for what is new.
      </p>
    </Dialog>
  );
}

function list(parts: readonly string[]): string {
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
}
