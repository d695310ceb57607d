import type { ActionSummary } from '../../../engine/api/resources.ts';
import { moment } from '../../ui/moment.ts';
import { DefinitionText, EditButton, useText } from './definition-text.tsx';
import { DeleteDefinition } from './delete-definition.tsx';
import { Detail } from './detail.tsx';
import { ParameterTable } from './parameter-table.tsx';

/** An ad-hoc action: what it takes, and its text. */
export function ActionDetail({ action }: { readonly action: ActionSummary }) {
  const { name, namespace, description, tags, parameters, workbook, updatedAt } = action;
  const key = { kind: 'action', name, namespace } as const;
  const text = useText(key, updatedAt);
  return (
    <Detail
      name={name}
      description={description}
      facts={[
        'Ad-hoc action',
        ...(workbook === null ? [] : [`workbook ${workbook}`]),
        ...(updatedAt === null ? [] : [`updated ${moment(updatedAt)}`]),
        ...tags,
      ]}
      buttons={
        <>
          <DeleteDefinition
            definition={key}
            consequence="Its text is removed from the library. Tasks that name it will fail; what is running goes on."
            workflows={[]}
          />
          <EditButton definition={workbook === null ? key : { kind: 'workbook', name: workbook, namespace }} />
        </>
      }
    >
      <ParameterTable parameters={parameters} />
      <DefinitionText name={name} text={text} />
    </Detail>
  );
}
