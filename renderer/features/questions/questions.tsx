import { useEffect } from 'react';
import { showNode } from '../../state/execution-actions.ts';
import { closeQuestion, showQuestion } from '../../state/questions.ts';
import { useStore } from '../../state/store.ts';
import { showPlace } from '../../state/window-actions.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { focusPane } from '../../ui/focus-pane.ts';
import { moment } from '../../ui/moment.ts';
import { QuestionForm } from './question-form.tsx';
import styles from './questions.module.css';

/** What the person is asked: one question with its form, or a list of all. */
export function Questions() {
  const shown = useStore((state) => state.shownQuestion);
  const question = useStore(({ questions }) =>
    typeof shown === 'object' && shown !== null ? questions.find(({ id }) => id === shown.id) : undefined,
  );
  // The button that led to the question may be gone with it.
  useEffect(() => {
    if (shown === null) return;
    return () => {
      if (document.activeElement === document.body) focusPane('executions');
    };
  }, [shown]);
  if (shown === 'list') return <QuestionList />;
  if (shown === null) return null;
  return question === undefined ? <NoQuestion /> : <QuestionForm key={question.id} question={question} />;
}

function QuestionList() {
  const questions = useStore((state) => state.questions);
  return (
    <Dialog title="Questions" width="wide" onClose={closeQuestion}>
      {questions.length === 0 && <p>All questions have been answered.</p>}
      <ul className={styles.list} aria-label="Questions">
        {questions.map((question, index) => (
          <li key={question.id}>
            <div className={styles.said}>
              <p className={styles.text}>{question.text}</p>
              <p className={styles.where}>
                {question.execution}
                {question.task !== null && ` / ${question.task}`} · asked {moment(question.askedAt)}
              </p>
            </div>
            <Button
              kind="quiet"
              aria-label={`Show where it is asked: ${question.text}`}
              onClick={() => {
                closeQuestion();
                showPlace('executions');
                showNode(question);
              }}
            >
              Show
            </Button>
            <Button
              data-autofocus={index === 0 || undefined}
              aria-label={`Answer: ${question.text}`}
              onClick={() => showQuestion(question)}
            >
              Answer…
            </Button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

/** It was shown, and was answered in another way, cancelled or timed out meanwhile. */
function NoQuestion() {
  useEffect(closeQuestion, []);
  return null;
}
