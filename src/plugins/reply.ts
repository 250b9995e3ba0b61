import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { INotebookTracker } from '@jupyterlab/notebook';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { keepTex } from '../anchoring/tex';
import type { Given } from '../contract';
import { Drafts } from '../model/drafts';
import { editReply } from '../notebook/editing';
import { choiceFactory } from '../notebook/question';
import { replyFactory } from '../notebook/reply';
import { answerIn, goTo } from '../notebook/source';
import { followMarks, isCited, isTrace } from '../notebook/traces';
import { IPanels, IReconst } from '../tokens';
import { MenuLine, showMenu } from '../ui/parts/menu';
import { showPassage } from '../ui/parts/passage';
import { estimateOf } from '../ui/parts/words';

/** Milliseconds that a menu waits for what asking once more would cost, and articles that it names. */
const PATIENCE = 800;
const NAMED = 8;

/** Replies are drawn by us wherever outputs are; formulas keep their TeX, so that they can be quoted. */
export const reply: JupyterFrontEndPlugin<void> = {
  id: 'jupyter-reconst:reply',
  description: 'Draws replies in outputs as text that fetches nothing.',
  autoStart: true,
  requires: [IRenderMimeRegistry, INotebookTracker, IReconst, IPanels],
  optional: [ITranslator],
  activate: (
    _: JupyterFrontEnd,
    rendermime: IRenderMimeRegistry,
    tracker: INotebookTracker,
    reconst: IReconst,
    panels: IPanels,
    translator: ITranslator | null
  ): void => {
    const trans = (translator ?? nullTranslator).load('jupyter_reconst');
    const cellAt = (element: HTMLElement): string =>
      tracker.currentWidget?.content.widgets.find(widget => widget.node.contains(element))?.model.id ?? '';
    const again = (element: HTMLElement): void => void reconst.again(cellAt(element));
    const { variants } = reconst;
    const drafts = new Drafts(window.localStorage);
    const edit = async (turn: string, cell: string, anchor: HTMLElement): Promise<void> => {
      const key = `reply:${turn}`;
      const reply = anchor.closest<HTMLElement>('.jp-reconst-reply');
      const source = await variants.source(turn);
      if (reply && source !== null) {
        editReply(reply, {
          source,
          draft: drafts.get(key),
          trans,
          keep: text => drafts.set(key, text),
          save: text => variants.edit(turn, cell, text),
          amend: ({ annotations }) => void reconst.amend(annotations)
        });
      }
    };
    /** What can be done with a reply. Each act looks its turn up on the server: what an output says is a claim. */
    const acts: readonly [string, (turn: string, cell: string, anchor: HTMLElement) => void][] = [
      [trans.__('Ask it other ways…'), (turn, cell) => panels.variants(turn, cell)],
      [trans.__('Edit the reply'), (...given) => void edit(...given)],
      [trans.__('References'), (turn, cell) => panels.references(turn, cell)],
      [trans.__('What the model was sent'), turn => panels.sent({ turn })],
      [trans.__('Tell the engineers…'), turn => panels.report({ turn })]
    ];
    /** A fact opens as the article that it is, a passage as it was sent: what an output says of either is only a name. */
    const open = async (turn: string, { kind, id }: Given): Promise<void> => {
      if (kind === 'fact') {
        return panels.article(id);
      }
      const passage = (await reconst.telling.sent({ turn }))?.given.find(one => one.kind === kind && one.id === id);
      if (passage) {
        await showPassage(passage, trans, panels.file);
      }
    };
    const without = (element: HTMLElement, turn: string, article: string): void =>
      panels.variants(turn, cellAt(element), [{ without: [article], anew: false }]);
    /** One call for each article that was sent: what this would have said without it. */
    const lines = async (anchor: HTMLElement, turn: string): Promise<MenuLine[]> => {
      const found = await Promise.race([
        variants.weigh(turn, [{}]),
        new Promise<null>(done => setTimeout(done, PATIENCE, null))
      ]);
      const sent = found?.shown.applied?.filter(article => article.sent).slice(0, NAMED) ?? [];
      return sent.map(({ article, title }) => ({
        label: trans.__('Without “%1” (%2)', title, estimateOf(found!, trans)),
        run: () => without(anchor, turn, article)
      }));
    };
    const more = async (anchor: HTMLElement, turn: string): Promise<void> => {
      const cell = cellAt(anchor);
      const named = await lines(anchor, turn);
      const all = acts.map(([label, act]) => ({ label, run: () => act(turn, cell, anchor) }));
      showMenu(anchor, named.length ? [...all, null, ...named] : all);
    };
    let { threads } = reconst.store.value;
    const thread = (element: HTMLElement): string => {
      const cell = threads.length > 0 ? cellAt(element) : '';
      return threads.find(found => found.cell === cell)?.said ?? '';
    };
    reconst.store.changed.connect((_, state) => {
      if (state.threads !== threads) {
        threads = state.threads;
        document.querySelectorAll<HTMLElement>('.jp-reconst-thread').forEach(line => (line.textContent = thread(line)));
      }
    });
    rendermime.addFactory(
      replyFactory({
        trans,
        again,
        more: (...given) => void more(...given),
        without,
        references: (element, turn) => panels.references(turn, cellAt(element)),
        open: (turn, given) => void open(turn, given),
        answer: (element, text) => void reconst.answer(cellAt(element), text),
        thread,
        drafts
      })
    );
    rendermime.addFactory(choiceFactory(trans, (element, keep) => void reconst.leaveOut(cellAt(element), keep)));
    followMarks((mark, to) => {
      if (isCited(to)) {
        return open(to.turn, to).then(() => true);
      }
      const { content } = tracker.currentWidget!;
      const own = cellAt(mark);
      return isTrace(to) ? goTo(content, to.cell ?? own, to) : answerIn(content, own, to);
    }, trans);
    if (rendermime.latexTypesetter) {
      keepTex(rendermime.latexTypesetter);
    }
  }
};
