import type {
  Amendment,
  Annotation,
  AttachmentInput,
  Budget,
  Draft,
  InForce,
  ProfileInput,
  Scratch,
  Target,
  Tried
} from '../contract';
import type { IAskOptions, IInserted, INotebookDocument, IReconst, ISelection, Tab } from '../tokens';
import { Amending } from './amending';
import { Asking } from './asking';
import { Clashing } from './clashing';
import { Connecting } from './connecting';
import { IContext, complain } from './context';
import { Correcting } from './correcting';
import { Previewing } from './previewing';
import { withPrompt, withTurn, withoutProbe } from './previews';
import { Ratifying } from './ratifying';
import { Recalling } from './recalling';
import { Syncing } from './syncing';

/** Everything a person can do, one part of the loop per field. */
export class Reconst implements IReconst {
  constructor(given: Omit<IContext, 'sync' | 'recorded'>) {
    this._context = { ...given, sync: document => this._syncing.sync(document), recorded: () => this._recorded() };
    this._syncing = new Syncing(given);
    this._asking = new Asking(this._context);
    this._correcting = new Correcting(this._context);
    this._amending = new Amending(this._context);
    this._previewing = new Previewing(this._context);
    this._ratifying = new Ratifying(this._context);
    this._clashing = new Clashing(this._context);
    this._connecting = new Connecting(this._context);
    this._recalling = new Recalling(this._context);
    given.notebooks.currentChanged.connect((_, document) => void this._opened(document));
    void this._opened(given.notebooks.current);
    // The same notebook may be open in another page: the one that is looked at counts.
    for (const event of ['focus', 'online']) {
      globalThis.addEventListener?.(event, () => void this._syncing.again());
    }
  }

  get store(): IContext['store'] {
    return this._context.store;
  }

  refresh = async (): Promise<void> => {
    const before = this.store.value.connection;
    await this._connecting.refresh();
    if (before === 'missing' && this.store.value.connection === 'ready') {
      await this._syncing.again();
    }
  };
  show = (tab: Tab): void => {
    this.store.update({ tab });
    this._recorded();
  };

  ask = (prompt: string, options: IAskOptions): Promise<boolean> => this._asking.ask(prompt, options);
  compose = (prompt: string, options: IAskOptions, attachments: AttachmentInput[]) =>
    this._asking.compose(prompt, options, attachments);
  cancel = (): Promise<void> => this._asking.cancel();
  askAgain = async (annotation: Annotation): Promise<void> => {
    if (await this._asking.askAgain(annotation)) {
      this._previewing.asked(annotation);
    }
  };
  again = async (cell: string): Promise<void> => void (await this._asking.again(cell));
  askWhy = (selection: ISelection): Promise<void> => this._asking.askWhy(selection);

  highlight = (selection: ISelection): Promise<void> => this._correcting.highlight(selection);
  keep = (selection: ISelection): Promise<void> => this._correcting.keep(selection);
  reopen = async (annotation: Annotation, step?: 'correct' | 'amend'): Promise<void> => {
    await this._correcting.reopen(annotation, step);
    if (step === 'amend') {
      await this._amending.amend();
    }
  };
  pick = (slot: number): void => this._correcting.pick(slot);
  write = (own: string): void => this._correcting.write(own);
  stopCandidates = (slot?: number): void => this._correcting.stop(slot);
  saveCorrection = (): Promise<boolean> => this._correcting.save();
  place = (annotation: Annotation, target: Target): Promise<void> => this._correcting.place(annotation, target);
  note = (annotation: Annotation): void => this._correcting.note(annotation);
  discard = (annotation: string): Promise<void> => this._correcting.discard(annotation);
  closeCard = (): void => {
    this._amending.stop();
    this._correcting.close();
  };

  amend = async (annotations?: readonly Annotation[]): Promise<void> => {
    if (annotations || (await this._correcting.save())) {
      this._correcting.stop();
      await this._amending.amend(annotations);
    }
  };
  choose = (slot: number | null): void => this._amending.choose(slot);
  reword = (draft: Partial<Draft>): void => this._amending.reword(draft);
  backToCorrect = (): void => this._amending.back();

  preview = async (amendment?: Amendment): Promise<void> => {
    const wanted = amendment ?? this._amending.amendment;
    if (wanted) {
      // The open card's corrections are what its own amendment comes from, and no other one.
      const annotations = amendment ? [] : (this.store.value.card?.annotations ?? []);
      this._amending.stop();
      this.store.update({ card: null });
      await this._previewing.start(wanted, annotations);
    }
  };
  editWording = (draft: Draft): void => this._previewing.edit(draft);
  tryWording = (draft: Draft): Promise<void> => this._previewing.reword(draft);
  addPrompt = (prompt: string): Promise<void> => this._previewing.wish(state => withPrompt(state, prompt));
  addTurn = (turn: string): Promise<void> => this._previewing.wish(state => withTurn(state, turn));
  dropProbe = (probe: string): Promise<void> => this._previewing.wish(state => withoutProbe(state, probe));
  bringBackProbes = (): Promise<void> => this._previewing.wish(() => ({ without: [] }));
  probeHarder = (): Promise<void> => this._previewing.wish(() => ({ harder: true }));
  repeatRows = (probes: readonly string[]): Promise<void> => this._previewing.repeat(probes);
  allow = (budget: Budget | null): void => this._previewing.allow(budget);
  openPreview = (tried: Tried): Promise<void> => this._previewing.open(tried);
  stopPreview = (): Promise<void> => this._previewing.stop();
  goOn = (): Promise<void> => this._previewing.goOn();
  setPreviewAside = (): Promise<void> => this._previewing.setAside();
  mark = (probe: string, mark: 'regression' | 'unintended' | 'intended' | null, note?: string): Promise<void> =>
    this._previewing.mark(probe, mark, note);
  ratify = (note: string): Promise<boolean> => this._ratifying.ratify(note);
  confirm = (): Promise<void> => this._ratifying.confirm();

  estimateClashes = (): Promise<void> => this._clashing.estimate();
  findClashes = (): Promise<void> => this._clashing.find();
  stopClashes = (): void => this._clashing.stop();
  closeClashes = (): void => this._clashing.close();

  toggle = (article: string): Promise<void> => this._ratifying.toggle(article);
  move = (article: string, before: string | null): Promise<void> => this._ratifying.move(article, before);
  revise = (article: string, draft: Draft): Promise<void> => this._ratifying.revise(article, draft);
  repeal = (article: string): Promise<void> => this._ratifying.repeal(article);
  restore = (article: string, revision: string): Promise<void> => this._ratifying.restore(article, revision);
  accept = (digest: string, articles: readonly string[], preamble?: boolean): Promise<boolean> =>
    this._ratifying.accept(digest, articles, preamble);
  complete = (change: string): Promise<void> => this._ratifying.complete(change);

  connect = (profile: ProfileInput, key: string | null) => this._connecting.connect(profile, key);
  probeEndpoint = (baseUrl: string, key: string | null, profile: string | null) =>
    this._connecting.probe(baseUrl, key, profile);
  disconnect = (profile: string): Promise<void> => this._connecting.disconnect(profile);
  chooseModel = (profile: string, model: string | null): Promise<void> => this._connecting.choose(profile, model);
  name = (name: string): Promise<void> => this._connecting.name(name);

  moreHistory = (): Promise<void> => this._recalling.history(true);
  forget = (turn: string): Promise<void> => this._recalling.forget(turn);
  retain = (days: number | null): Promise<void> => this._recalling.retain(days);
  scores = () => this._recalling.scores();
  travels = () => this._recalling.travels();
  strip = (): Promise<void> => this._recalling.strip();
  openSample = async (): Promise<void> => {
    try {
      const sample = 'off-switch';
      const { content } = await this._context.client.call<Scratch>('sample', { sample });
      await this._context.notebooks.openSample(sample, content);
    } catch (error) {
      complain(this.store, error);
    }
  };
  dismiss = (): void => this.store.update({ notice: null });

  private async _opened(document: INotebookDocument | null): Promise<InForce | null> {
    this._correcting.stop();
    this._amending.stop();
    this._previewing.leave();
    this._asking.leave();
    this._clashing.close();
    this.store.update({ card: null, preview: null, inForce: null, placed: [], attachable: [], history: null });
    document?.changed.connect(this._changed, this);
    document?.placedChanged.connect(this._placed, this);
    document?.clicked.connect(this._clicked, this);
    document?.stranded.connect(this._stranded, this);
    document?.disposed.connect(this._closed, this);
    const inForce = await this._syncing.sync();
    if (document) {
      this._placed(document);
      this._follow(document);
      await this._previewing.resume();
    }
    return inForce;
  }

  private _changed(document: INotebookDocument): void {
    if (document === this._context.notebooks.current) {
      this._follow(document);
      this._placed(document);
      void this._syncing.touched();
    }
  }

  private _follow(document: INotebookDocument): void {
    if (document === this._context.notebooks.current && this._asking.follow(document)) {
      void this._connecting.refresh();
      this._recorded();
    }
  }

  private _recorded(): void {
    if (this.store.value.tab === 'history') {
      void this._recalling.history(false);
    }
  }

  private _placed(document: INotebookDocument): void {
    if (document === this._context.notebooks.current) {
      const { placed, attachable, below, path } = document;
      this.store.update({ placed, attachable, below, path });
      this._syncing.identify(document);
    }
  }

  private _stranded(document: INotebookDocument, inserted: IInserted): void {
    void this._asking.answer(document, inserted);
  }

  private _closed(document: INotebookDocument): void {
    this._syncing.close(document);
  }

  private _clicked(_: INotebookDocument, { annotation }: { annotation: Annotation }): void {
    void this.reopen(annotation);
  }

  private readonly _context: IContext;
  private readonly _syncing: Syncing;
  private readonly _asking: Asking;
  private readonly _correcting: Correcting;
  private readonly _amending: Amending;
  private readonly _previewing: Previewing;
  private readonly _ratifying: Ratifying;
  private readonly _clashing: Clashing;
  private readonly _connecting: Connecting;
  private readonly _recalling: Recalling;
}
