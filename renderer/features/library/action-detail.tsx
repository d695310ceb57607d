import type { ActionSummary } from '../../../engine/api/resources.ts';
import { moment } from '../../ui/moment.ts';
import { DefinitionText, EditButton, useText } from './definition-text.tsx';
import { DeleteDefinition } from './delete-definition.tsx';
import styles from './detail.module.css';
import table from './table.module.css';

/** An ad-hoc action: what it takes, and its text. */
export function ActionDetail({ action }: { readonly action: ActionSummary }) {
  const { name, namespace, description, tags, parameters, workbook, updatedAt } = action;
  const key = { kind: 'action', name, namespace } as const;
  const text = useText(key, updatedAt);
  return (
    <article className={styles.detail} aria-label={name}>
      <header className={styles.head}>
        <h1 className={styles.name}>{name}</h1>
        <div className={styles.buttons}>
          <DeleteDefinition
            definition={key}
            consequence="Its text is removed from the library. Tasks that name it will fail; what is running goes on."
            workflows={[]}
          />
          <EditButton definition={workbook === null ? key : { kind: 'workbook', name: workbook, namespace }} />
        </div>
        {description !== '' && <p className={styles.about}>{description}</p>}
        <p className={styles.facts}>
          {[
            'Ad-hoc action',
            ...(workbook === null ? [] : [`workbook ${workbook}`]),
            ...(updatedAt === null ? [] : [`updated ${moment(updatedAt)}`]),
            ...tags,
          ].join(' · ')}
        </p>
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
                  <td>{parameter.required ? 'required' : 'has a default'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
      <DefinitionText name={name} text={text} />
    </article>
  );
}
