/** States of listening: a tree of turns, a conversation that has outgrown the model, and a question below a reply. */
import type { Composed } from '../../../src/contract';
import { answers, choiceFactory } from '../../../src/notebook/question';
import type { IState } from '../../../src/tokens';
import type { TranslationBundle } from '../../../src/ui/parts/props';

type Threads = IState['threads'];

const turn = (n: number, prompt: string, depth = 0, said = ''): Threads[number] => ({
  cell: `c${n}`,
  label: `Cell ${n}`,
  prompt,
  depth,
  said
});

export const threads: Threads = [
  turn(2, 'Listen to the first draft of the section on corrigibility.'),
  turn(3, 'The proof', 0, 'continues Cell 2, beside another answer'),
  turn(4, 'And if the agent does not know its own utility?'),
  turn(5, 'The wording', 1, 'continues Cell 2, beside another answer'),
  turn(7, 'So?', 0, 'continues an earlier reply of Cell 4; asked again, it continues the new one')
];

export const outgrown: Composed = {
  applied: [],
  context: 8192,
  cost: 0.004,
  digest: 'd1',
  given: [],
  left: [],
  messages: [{ role: 'user', content: 'Does the first lemma still hold?' }],
  parent: null,
  problem: {
    code: 'outgrown',
    message:
      'This conversation has outgrown lab-70b, which takes 8,192 tokens in all. Nothing was sent. To keep the newest, ' +
      '2 of 9 turns would be left out: “Listen to the first draft of the section …”, “The proof”.',
    remedy: 'Ask with --keep last or --keep first, with --keep and the cells to keep, or afresh with --new.'
  },
  recorded: null,
  style: '',
  tokens: 9120
};

/** What stands below a reply that asks, and below an ask that stopped. */
export function question(trans: TranslationBundle): HTMLElement {
  const host = document.createElement('div');
  const asks = { text: 'Which part of it?', options: ['The proof of Lemma 2', 'The wording of the abstract', 'Both'] };
  const idle = () => undefined;
  host.append(answers(asks, { draft: '', trans, keep: idle, answer: idle }));
  host.append(choiceFactory(trans, idle).createRenderer({} as never).node);
  return host;
}
