import type { Environment } from '../../../engine/api/resources.ts';
import { decodeJson, encodeJson, type JsonObject } from '../../../engine/model/json.ts';
import { toJsonText } from '../../../engine/model/json-text.ts';
import { JsonView } from '../../ui/json/json-view.tsx';
import { count } from './count.ts';
import { EditButton } from './definition-text.tsx';
import { DeleteDefinition } from './delete-definition.tsx';
import { Detail, DetailSection } from './detail.tsx';

/** An environment: variables that executions may be started with. */
export function EnvironmentDetail({ environment }: { readonly environment: Environment }) {
  const { name, variables } = environment;
  const key = { kind: 'environment', name, namespace: '' } as const;
  return (
    <Detail
      name={name}
      facts={['Environment', count(Object.keys(variables).length, 'variable')]}
      buttons={
        <>
          <DeleteDefinition
            definition={key}
            consequence="It is removed from the library. Executions that were started with it have their own copy."
            workflows={[]}
          />
          <EditButton definition={key} />
        </>
      }
    >
      <DetailSection title="Variables">
        <JsonView label="Variables" text={toJsonText(decodeJson(encodeJson(variables)) as JsonObject)} />
      </DetailSection>
    </Detail>
  );
}
