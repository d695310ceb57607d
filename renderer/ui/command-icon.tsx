import {
  Ban,
  CircleCheck,
  CircleX,
  CopyPlus,
  type LucideIcon,
  MessageCircleQuestionMark,
  Pause,
  Play,
  RotateCcw,
  ShieldCheck,
  SkipForward,
  SlidersHorizontal,
  Trash2,
} from 'lucide-react';

const icons = {
  allow: ShieldCheck,
  answer: MessageCircleQuestionMark,
  pause: Pause,
  play: Play,
  repeat: RotateCcw,
  skip: SkipForward,
  copy: CopyPlus,
  check: CircleCheck,
  fail: CircleX,
  ban: Ban,
  trash: Trash2,
  settings: SlidersHorizontal,
} as const satisfies Readonly<Record<string, LucideIcon>>;

/** The sign of a command, the same wherever it is offered. */
export function CommandIcon({ name }: { readonly name: keyof typeof icons }) {
  const Icon = icons[name];
  return <Icon aria-hidden="true" />;
}
