import type { ActionSummary } from '../../../engine/api/resources.ts';
import detail from './detail.module.css';
import { DetailSection } from './detail.tsx';
import styles from './table.module.css';

/** What an action takes. */
export function ParameterTable({ parameters }: Pick<ActionSummary, 'parameters'>) {
  return (
    <DetailSection title="Inputs">
      {parameters.length === 0 ? (
        <p className={detail.nothing}>This action takes no input.</p>
      ) : (
        <table className={styles.table}>
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
    </DetailSection>
  );
}
