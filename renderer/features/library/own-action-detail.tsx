import { FolderOpen } from 'lucide-react';
import type { ActionSummary } from '../../../engine/api/resources.ts';
import { showActionsFolder } from '../../state/library-actions.ts';
import { Button } from '../../ui/button.tsx';
import { Detail, DetailSection } from './detail.tsx';
import { ParameterTable } from './parameter-table.tsx';

/** An action of a module of the person's own, as the module describes it. */
export function OwnActionDetail({ action }: { readonly action: ActionSummary }) {
  const { name, description, parameters, result, file } = action;
  return (
    <Detail
      name={name}
      description={description}
      facts={['Your own action', file?.split(/[\\/]/).at(-1) ?? '']}
      buttons={
        <Button icon={<FolderOpen aria-hidden="true" />} onClick={() => void showActionsFolder()}>
          Show its folder
        </Button>
      }
    >
      <ParameterTable parameters={parameters} />
      {result !== null && (
        <DetailSection title="Result">
          <p>{result}</p>
        </DetailSection>
      )}
    </Detail>
  );
}
