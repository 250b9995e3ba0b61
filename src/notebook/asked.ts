/** Prompt cells: inserting one, running it, asking it anew, and writing its output where the kernel cannot. */
import type { ISessionContextDialogs } from '@jupyterlab/apputils';
import type { Cell, CodeCell } from '@jupyterlab/cells';
import { Notebook, NotebookActions, NotebookPanel } from '@jupyterlab/notebook';
import { OutputArea } from '@jupyterlab/outputarea';
import { Signal } from '@lumino/signaling';

import type { TurnRecord } from '../contract';
import type { IAskOptions, IInserted } from '../tokens';
import { cellOf } from './drawn';
import { Ability, LOAD, abilityOf, isForeign, load } from './kernel';
import { isCode, outputOf, outputText, shownAt } from './outputs';
import { againSource, keptSource, loadsUs, optionsIn, promptOf, promptSource } from './prompt';

/** What IPython says where our package is missing or was not loaded. */
const UNKNOWN = 'Cell magic `%%reconst` not found';

export class Asked {
  readonly #panel: NotebookPanel;
  readonly #stranded: (inserted: IInserted) => void;
  readonly #dialogs: ISessionContextDialogs | undefined;

  constructor(panel: NotebookPanel, stranded: (inserted: IInserted) => void, dialogs?: ISessionContextDialogs) {
    this.#panel = panel;
    this.#stranded = stranded;
    this.#dialogs = dialogs;
    NotebookActions.executed.connect(this.#executed, this);
  }

  dispose(): void {
    Signal.clearData(this);
  }

  /** The cell that a prompt is inserted under: the active one. */
  get below(): string | null {
    return this.#panel.content.widgets[this.#at]?.model.id ?? null;
  }

  /** Insert a prompt cell under the active one and run it, if the kernel can. What is asked is what the cell says. */
  async ask(prompt: string, options: IAskOptions, told: () => Promise<unknown>): Promise<IInserted> {
    const ability = await abilityOf(this.#panel.sessionContext);
    const loader = ability === 'unloaded' ? await this.#loader() : null;
    const source = promptSource(prompt, options);
    const cell = this.#insert(source);
    await told();
    if (ability !== 'none') {
      this.#run(loader ? [loader, cell] : [cell]);
    }
    return { cell: cell.model.id, ran: ability !== 'none', prompt: promptOf(source) ?? prompt, options };
  }

  /**
   * Answer what a cell asks in a new cell right below it. Where answers stand there, another one is put below them and
   * what follows them, and says what it continues; one that is there already is gone to.
   */
  async answer(id: string, text: string, told: () => Promise<unknown>): Promise<IInserted | null> {
    const notebook = this.#panel.content;
    const asks = notebook.widgets.findIndex(cell => cell.model.id === id);
    const sourceAt = (at: number): string => notebook.widgets[at]?.model.sharedModel.getSource() ?? '';
    let at = asks;
    for (; promptOf(sourceAt(at + 1)) !== null && !optionsIn(sourceAt(at + 1)).new; at++) {
      const { from } = optionsIn(sourceAt(at + 1));
      if (promptOf(sourceAt(at + 1)) === text && (from === id || (!from && at === asks))) {
        notebook.activeCellIndex = at + 1;
        void notebook.scrollToItem(at + 1, 'smart').catch(() => undefined);
        notebook.activate();
        return null;
      }
    }
    notebook.activeCellIndex = at;
    const { style } = optionsIn(sourceAt(asks));
    return this.ask(text, { style, from: at > asks ? id : undefined }, told);
  }

  /** Run a prompt cell so that it asks anew; its source stays. */
  again(id: string): Promise<IInserted> {
    return this.#rerun(id, (cell, source) => void this.#runAs(cell, againSource(source)));
  }

  /** Run a prompt cell with less of its conversation: its source says with what. */
  leaveOut(id: string, keep: string): Promise<IInserted> {
    const source = cellOf(this.#panel, id)?.model.sharedModel;
    source?.setSource(keptSource(source.getSource(), keep));
    return this.#rerun(id, cell => this.#run([cell]));
  }

  async #rerun(id: string, run: (cell: CodeCell, source: string) => void): Promise<IInserted> {
    const cell = cellOf(this.#panel, id);
    const source = cell?.model.sharedModel.getSource() ?? '';
    const prompt = promptOf(source);
    if (!cell || prompt === null) {
      throw new Error('That cell holds no prompt.');
    }
    const ability: Ability = await abilityOf(this.#panel.sessionContext);
    if (ability === 'unloaded') {
      await load(this.#panel.sessionContext);
    }
    if (ability !== 'none') {
      run(cell, source);
    }
    return { cell: id, ran: ability !== 'none', prompt, options: optionsIn(source) };
  }

  /**
   * Write a record where the cell shows its turn, so that a growing reply stays the same output, or another turn
   * `instead` of which it is shown; else as its only one.
   */
  output(id: string, record: TurnRecord, instead = ''): void {
    const model = Array.from(this.#panel.content.model?.cells ?? []).find(m => m.id === id);
    if (!model || !isCode(model)) {
      return;
    }
    const { outputs } = model;
    const output = outputOf(record);
    const at = Math.max(shownAt(model, record.turn), shownAt(model, instead));
    // In no transaction of ours: its changes would come back and be made once more.
    if (at >= 0) {
      outputs.set(at, output);
      return;
    }
    outputs.clear();
    outputs.add(output);
    const cell = cellOf(this.#panel, id);
    if (cell) {
      cell.outputHidden = false;
    }
  }

  /** A prompt cell was run by hand, or with all others, where nobody knows the magic. */
  async #executed(_: unknown, run: { notebook: Notebook; cell: Cell }): Promise<void> {
    const { model } = run.cell;
    const source = model.sharedModel.getSource();
    const prompt = promptOf(source);
    if (run.notebook !== this.#panel.content || !prompt?.trim()) {
      return;
    }
    if (outputText(model).includes(UNKNOWN) || (await isForeign(this.#panel.sessionContext))) {
      this.#stranded({ cell: model.id, ran: false, prompt, options: optionsIn(source) });
    }
  }

  /** A new cell that loads the magics; null when one stands above already, which is then done quietly. */
  async #loader(): Promise<CodeCell | null> {
    const cells = this.#panel.content.widgets.slice(0, this.#panel.content.activeCellIndex + 1);
    if (cells.some(cell => isCode(cell.model) && loadsUs(cell.model.sharedModel.getSource()))) {
      await load(this.#panel.sessionContext);
      return null;
    }
    return this.#insert(LOAD);
  }

  #insert(source: string): CodeCell {
    const notebook = this.#panel.content;
    const { sharedModel } = notebook.model!;
    const last = sharedModel.cells.length - 1;
    // The one empty cell of a new notebook is used.
    const blank = last === 0 && !sharedModel.cells[0].getSource().trim() && sharedModel.cells[0].cell_type === 'code';
    const index = blank ? 0 : this.#at + 1;
    sharedModel.transact(() => {
      sharedModel.insertCell(index, { cell_type: 'code', source, metadata: { trusted: true } });
      if (blank) {
        sharedModel.deleteCell(1);
      }
    });
    notebook.activeCellIndex = index;
    notebook.deselectAll();
    const cell = notebook.widgets[index] as CodeCell;
    void notebook.scrollToItem(index, 'smart').catch(() => undefined);
    return cell;
  }

  #run(cells: CodeCell[]): void {
    void NotebookActions.runCells(this.#panel.content, cells, this.#panel.sessionContext, this.#dialogs);
  }

  /** What `CodeCell.execute` does, with another source. */
  async #runAs(cell: CodeCell, source: string): Promise<void> {
    const { model } = cell;
    model.sharedModel.transact(() => model.clearExecution(), false);
    cell.outputHidden = false;
    model.executionState = 'running';
    model.trusted = true;
    try {
      const metadata = { ...model.metadata, cellId: model.id };
      const reply = await OutputArea.execute(source, cell.outputArea, this.#panel.sessionContext, metadata);
      if (reply && !model.isDisposed) {
        model.executionCount = reply.content.execution_count;
      }
    } catch {
      // The kernel has been restarted or interrupted; the output says so.
    } finally {
      if (!model.isDisposed) {
        model.executionState = 'idle';
      }
    }
  }

  get #at(): number {
    const { activeCellIndex, widgets } = this.#panel.content;
    return Math.min(Math.max(activeCellIndex, 0), widgets.length - 1);
  }
}
