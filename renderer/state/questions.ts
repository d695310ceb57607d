import type { Node, Question } from '../../engine/api/resources.ts';
import { encodeJson, type Json } from '../../engine/model/json.ts';
import { call } from './client.ts';
import { nodeOf } from './nodes.ts';
import { getState, update } from './store.ts';
import type { NodeKey, WindowState } from './window-state.ts';

type Asked = Pick<WindowState, 'questions' | 'watches' | 'executions'>;

/** The oldest question that a row waits for: that of an action, of the actions of a task, or anywhere in a root execution. */
export function questionOf(state: Asked, node: Node): Question | null {
  const { questions } = state;
  const isOf = ({ rootId, id }: Question): boolean => {
    if (rootId !== node.rootId) return false;
    if (id === node.id || node.id === rootId) return true;
    return node.kind === 'task' && nodeOf(state, { rootId, id })?.parentId === node.id;
  };
  return questions.find(isOf) ?? null;
}

/** Shows what the person is asked: the only question at once, several of them in a list. */
export function showQuestions(): void {
  const { questions } = getState();
  const [only] = questions;
  if (only !== undefined) update(() => ({ shownQuestion: questions.length === 1 ? keyOf(only) : 'list' }));
}

export function showQuestion(question: NodeKey): void {
  update(() => ({ shownQuestion: keyOf(question) }));
}

export function closeQuestion(): void {
  update(() => ({ shownQuestion: null }));
}

/** @returns null when the answer is on disk, and the question closed; else what is wrong with it */
export async function answerQuestion({ rootId, id }: NodeKey, answer: Json): Promise<string | null> {
  // Boxed numbers cross into the backend in their written form.
  const reply = await call('questions.answer', { rootId, id, answer: JSON.parse(encodeJson(answer)) });
  if (!reply.ok) return reply.error.message;
  update(({ questions }) => ({
    shownQuestion: null,
    questions: questions.filter((question) => question.id !== id),
  }));
  return null;
}

function keyOf({ rootId, id }: NodeKey): NodeKey {
  return { rootId, id };
}
