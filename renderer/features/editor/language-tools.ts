import { autocompletion, type CompletionContext, type CompletionResult } from '@codemirror/autocomplete';
import { lintGutter } from '@codemirror/lint';
import type { Extension } from '@codemirror/state';
import { type EditorView, hoverTooltip } from '@codemirror/view';
import { type DefinitionKind, kindOfText } from '../../../engine/language/kind-of-text.ts';
import { getState } from '../../state/store.ts';
import type { DocumentKind } from '../../state/text-document.ts';
import { yamlLanguage } from '../../ui/code-editor/yaml-language.ts';
import { complete, type Known, type Offer } from './completion.ts';
import { explain } from './explain.ts';

/** YAML with what is known of Mistral's language: offers while one types, and help on what the pointer rests on. */
export function languageTools(kind: DocumentKind | null): Extension {
  if (kind === 'environment') return [yamlLanguage, lintGutter()];
  const kindFor = (text: string): DefinitionKind => kind ?? kindOfText(text);
  return [
    yamlLanguage,
    lintGutter(),
    autocompletion({
      icons: false,
      // As elsewhere, Enter takes what is seen, however fast it comes.
      interactionDelay: 0,
      override: [(context) => offersFor(context, kindFor(context.state.sliceDoc()))],
    }),
    hoverTooltip((view, offset) => {
      const text = view.state.doc.toString();
      const found = explain(text, offset, kindFor(text), known());
      if (found === null) return null;
      return {
        pos: found.from,
        end: found.to,
        above: true,
        create: () => ({ dom: helpElement(found.title, found.help) }),
      };
    }),
  ];
}

function offersFor(context: CompletionContext, kind: DefinitionKind): CompletionResult | null {
  const found = complete(context.state.doc.toString(), context.pos, kind, known());
  if (found === null) return null;
  // Unasked for, only where something has been begun: a list at every new line would be in the way.
  const begun = context.state.sliceDoc(found.from, context.pos);
  const before = context.state.sliceDoc(Math.max(0, found.from - 2), found.from);
  if (!context.explicit && begun === '' && !/[.$|=]$|: $|- $|, $|\[$/.test(before)) return null;
  return {
    from: found.from,
    options: found.offers.map((offer, at) => ({
      label: offer.label,
      detail: offer.detail,
      apply: (view: EditorView, _completion: unknown, from: number, to: number) => put(view, offer, from, to),
      // As they are given: the likely ones first.
      boost: -at / 100,
      ...(offer.help !== '' && { info: offer.help }),
    })),
    validFor: /^[\w.-]*$/,
  };
}

/** What stands behind the cursor already is not put there twice. */
function put(view: EditorView, { insert }: Offer, from: number, to: number): void {
  const line = view.state.doc.lineAt(to);
  const after = line.text.slice(to - line.from);
  const isDouble = (insert.endsWith(':') || insert.endsWith(': ')) && /^\s*:/.test(after);
  const text = isDouble ? insert.replace(/: ?$/, '') : insert;
  view.dispatch({
    changes: { from, to, insert: text },
    selection: { anchor: from + text.length },
    userEvent: 'input.complete',
  });
}

function known(): Known {
  const { actions, workflows } = getState();
  return {
    actions: actions.status === 'loaded' ? actions.value : [],
    workflows: workflows.status === 'loaded' ? workflows.value : [],
  };
}

function helpElement(title: string, help: string): HTMLElement {
  const element = document.createElement('div');
  element.className = 'cm-help';
  const heading = document.createElement('strong');
  heading.textContent = title;
  element.append(heading, help);
  return element;
}
