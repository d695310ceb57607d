import { yaml } from '@codemirror/lang-yaml';
import { indentUnit } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { Decoration, EditorView, MatchDecorator, ViewPlugin, type ViewUpdate } from '@codemirror/view';

const expressions = new MatchDecorator({
  regexp: /<%.*?%>|\{\{.*?\}\}|\{%.*?%\}/g,
  decoration: Decoration.mark({ class: 'cm-expression' }),
});

const marks = ViewPlugin.define(
  (view) => {
    let decorations = expressions.createDeco(view);
    return {
      get decorations() {
        return decorations;
      },
      update(update: ViewUpdate) {
        decorations = expressions.updateDeco(update, decorations);
      },
    };
  },
  { decorations: (plugin) => plugin.decorations },
);

/** YAML with expressions in it. */
export const yamlLanguage: Extension = [
  yaml(),
  marks,
  indentUnit.of('  '),
  EditorView.contentAttributes.of({ translate: 'no' }),
];
