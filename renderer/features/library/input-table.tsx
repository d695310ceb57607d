import type { InputDeclaration } from '../../../engine/api/resources.ts';
import { decodeJson, encodeJson, type Json } from '../../../engine/model/json.ts';
import { writeJson } from '../../ui/json/json-text.ts';
import detail from './detail.module.css';
import styles from './table.module.css';

/** What a workflow declares as its input. */
export function InputTable({ declarations }: { readonly declarations: readonly InputDeclaration[] }) {
  if (declarations.length === 0) return <p className={detail.nothing}>This workflow takes no input.</p>;
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Default</th>
        </tr>
      </thead>
      <tbody>
        {declarations.map((declaration) => (
          <tr key={declaration.name}>
            <th scope="row">
              <code>{declaration.name}</code>
            </th>
            <td>
              {declaration.required ? 'required' : <code className={styles.value}>{shown(declaration.default)}</code>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The whole of a long one stands in the definition below. */
function shown(value: unknown): string {
  const text = writeJson(decodeJson(encodeJson(value ?? null)) as Json);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
