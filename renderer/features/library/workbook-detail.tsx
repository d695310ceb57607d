import type { WorkbookSummary } from '../../../engine/api/resources.ts';
import { selectEntry } from '../../state/library-actions.ts';
import { moment } from '../../ui/moment.ts';
import { count } from './count.ts';
import { DefinitionText, EditButton, useText } from './definition-text.tsx';
import { DeleteDefinition } from './delete-definition.tsx';
import { Detail, DetailSection } from './detail.tsx';
import table from './table.module.css';

/** A workbook: what it defines, each of which leads to its own place, and its text. */
export function WorkbookDetail({ workbook }: { readonly workbook: WorkbookSummary }) {
  const { name, namespace, description, tags, workflows, actions, updatedAt } = workbook;
  const key = { kind: 'workbook', name, namespace } as const;
  const text = useText(key, updatedAt);
  const members = [
    ...workflows.map((each) => ({ kind: 'workflow' as const, name: each, word: 'Workflow' })),
    ...actions.map((each) => ({ kind: 'action' as const, name: each, word: 'Ad-hoc action' })),
  ];
  return (
    <Detail
      name={name}
      description={description}
      facts={['Workbook', `updated ${moment(updatedAt)}`, ...tags]}
      buttons={
        <>
          <DeleteDefinition
            definition={key}
            consequence={`Its text is removed from the library, with ${count(workflows.length, 'workflow')} and ${count(actions.length, 'action')} that it defines.`}
            workflows={workflows}
          />
          <EditButton definition={key} />
        </>
      }
    >
      <DetailSection title="Contents">
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Kind</th>
            </tr>
          </thead>
          <tbody>
            {members.map((member) => (
              <tr key={`${member.kind} ${member.name}`}>
                <th scope="row">
                  <button
                    type="button"
                    className={table.link}
                    onClick={() => selectEntry({ kind: member.kind, name: member.name, namespace })}
                  >
                    {member.name}
                  </button>
                </th>
                <td>{member.word}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </DetailSection>
      <DefinitionText name={name} text={text} />
    </Detail>
  );
}
