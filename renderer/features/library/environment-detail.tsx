import type { Environment } from '../../../engine/api/resources.ts';
import { decodeJson, encodeJson, type JsonObject } from '../../../engine/model/json.ts';
import { toJsonText } from '../../../engine/model/json-text.ts';
import { JsonView } from '../../ui/json/json-view.tsx';
import { count } from './count.ts';
import { EditButton } from './definition-text.tsx';
import { DeleteDefinition } from './delete-definition.tsx';
import styles from './detail.module.css';

/** An environment: variables that executions may be started with. */
export function EnvironmentDetail({ environment }: { readonly environment: Environment }) {
  const { name, variables } = environment;
  const key = { kind: 'environment', name, namespace: '' } as const;
  return (
    <article className={styles.detail} aria-label={name}>
      <header className={styles.head}>
        <h1 className={styles.name}>{name}</h1>
        <div className={styles.buttons}>
          <DeleteDefinition
            definition={key}
            consequence="It is removed from the library. Executions that were started with it have their own copy."
            workflows={[]}
          />
          <EditButton definition={key} />
        </div>
        <p className={styles.facts}>Environment · {count(Object.keys(variables).length, 'variable')}</p>
      </header>
      <section className={styles.section} aria-label="Variables">
        <h2 className={styles.heading}>Variables</h2>
        <JsonView label="Variables" text={toJsonText(decodeJson(encodeJson(variables)) as JsonObject)} />
      </section>
    </article>
  );
}
