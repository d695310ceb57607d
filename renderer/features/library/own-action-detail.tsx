import { FolderOpen } from 'lucide-react';
import type { ActionSummary } from '../../../engine/api/resources.ts';
import { showActionsFolder } from '../../state/library-actions.ts';
import { Button } from '../../ui/button.tsx';
import styles from './detail.module.css';
import table from './table.module.css';

/** An action of a module of the person's own, as the module describes it. */
export function OwnActionDetail({ action }: { readonly action: ActionSummary }) {
  const { name, description, parameters, result, file } = action;
  return (
    <article className={styles.detail} aria-label={name}>
      <header className={styles.head}>
        <h1 className={styles.name}>{name}</h1>
        <div className={styles.buttons}>
          <Button icon={<FolderOpen aria-hidden="true" />} onClick={() => void showActionsFolder()}>
            Show its folder
          </Button>
        </div>
        {description !== '' && <p className={styles.about}>{description}</p>}
        <p className={styles.facts}>Your own action · {file?.split(/[\\/]/).at(-1)}</p>
      </header>
      <section className={styles.section} aria-label="Inputs">
        <h2 className={styles.heading}>Inputs</h2>
        {parameters.length === 0 ? (
          <p className={styles.nothing}>This action takes no input.</p>
        ) : (
          <table className={table.table}>
            <tbody>
              {parameters.map((parameter) => (
                <tr key={parameter.name}>
                  <th scope="row">
                    <code>{parameter.name}</code>
                  </th>
                  <td>{parameter.required ? 'required' : 'optional'}</td>
                  <td>{parameter.description}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
      {result !== null && (
        <section className={styles.section} aria-label="Result">
          <h2 className={styles.heading}>Result</h2>
          <p>{result}</p>
        </section>
      )}
    </article>
  );
}
