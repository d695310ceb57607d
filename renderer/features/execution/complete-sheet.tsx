import { useState } from 'react';
import type { Node } from '../../../engine/api/resources.ts';
import { encodeJson } from '../../../engine/model/json.ts';
import { nodeOf } from '../../state/nodes.ts';
import { completeAction } from '../../state/sheets.ts';
import { getState } from '../../state/store.ts';
import { JsonField, readTyped } from '../../ui/json/json-field.tsx';
import { SheetFrame } from './sheet-frame.tsx';

/** Gives an asynchronous action what it waits for: its result, or the reason why it failed. */
export function CompleteSheet({ action, state }: { readonly action: Node; readonly state: 'SUCCESS' | 'ERROR' }) {
  const [text, setText] = useState(state === 'SUCCESS' ? 'null' : '"Failed by hand"');
  const task = action.parentId === null ? null : nodeOf(getState(), { rootId: action.rootId, id: action.parentId });
  const name = task === null ? action.name : `${task.name}: ${action.name}`;
  const reading = readTyped(text);
  const act = () => completeAction(action.id, state, JSON.parse(encodeJson(reading?.value ?? null)));
  return (
    <SheetFrame
      title={state === 'SUCCESS' ? `Complete ${name}` : `Fail ${name}`}
      verb={state === 'SUCCESS' ? 'Complete' : 'Fail'}
      act={reading === null ? null : act}
    >
      <p>
        {state === 'SUCCESS'
          ? 'The action succeeds with this result, and its task goes on.'
          : 'The action fails with this reason. What follows is up to the retry and the on-error of its task.'}
      </p>
      <JsonField label={state === 'SUCCESS' ? 'Result' : 'Reason'} note="JSON" text={text} onChange={setText} />
    </SheetFrame>
  );
}
