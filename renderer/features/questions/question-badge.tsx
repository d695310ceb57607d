import { MessageCircleQuestionMark } from 'lucide-react';
import { showQuestions } from '../../state/questions.ts';
import { useStore } from '../../state/store.ts';
import styles from './question-badge.module.css';

/** How many questions wait for the person, wherever in the window they are. */
export function QuestionBadge() {
  const count = useStore((state) => state.questions.length);
  const words = count === 1 ? '1 question' : `${count} questions`;
  return (
    <>
      <span className="visually-hidden" aria-live="polite">
        {count > 0 && `${words} ${count === 1 ? 'waits' : 'wait'} for your answer`}
      </span>
      {count > 0 && (
        <button type="button" className={styles.badge} title="What workflows ask you" onClick={showQuestions}>
          <MessageCircleQuestionMark aria-hidden="true" />
          {words}
        </button>
      )}
    </>
  );
}
