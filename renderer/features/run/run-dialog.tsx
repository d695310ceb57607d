import { useStore } from '../../state/store.ts';
import { RunForm } from './run-form.tsx';

/** The form that starts an execution, while one is asked for. */
export function RunDialog() {
  const target = useStore((state) => state.runTarget);
  const workflow = useStore((state) =>
    target === null || state.workflows.status !== 'loaded'
      ? undefined
      : state.workflows.value.find(({ name, namespace }) => name === target.name && namespace === target.namespace),
  );
  if (target === null || workflow === undefined) return null;
  return <RunForm key={`${workflow.namespace}/${workflow.name}`} workflow={workflow} example={target.input} />;
}
