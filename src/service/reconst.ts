import type {
  Amendment,
  Annotation,
  AttachmentInput,
  Draft,
  InForce,
  ProfileInput,
  Scratch,
  Target
} from '../contract';
import type { IAskOptions, IClashes, IInserted, INotebookDocument, IReconst, ISelection, Tab } from '../tokens';
import { Agreeing } from './agreeing';
import { Amending } from './amending';
import { Arguing } from './arguing';
import { Asking } from './asking';
import { Attending } from './attending';
import { Browsing } from './browsing';
import { Clashing } from './clashing';
import { Connecting } from './connecting';
import { IContext, complain } from './context';
import { Correcting } from './correcting';
import { Previewing } from './previewing';
import { Ratifying } from './ratifying';
import { Recalling } from './recalling';
import { Scoping } from './scoping';
import { Sharing } from './sharing';
import { Shelving } from './shelving';
import { Syncing } from './syncing';
import { Citing } from './citing';
import { Telling } from './telling';
import { Varying } from './varying';

/** The key of the notebook's style. */
const STYLE = 'reconst:style';

/** Everything a person can do, one part of the loop per field. */
export class Reconst implements IReconst {
  constructor(given: Omit<IContext, 'sync' | 'recorded'>) {
    this.#context = { ...given, sync: document => this.#syncing.sync(document), recorded: () => this.#recorded() };
    this.#syncing = new Syncing(given);
    // Whoever leaves takes what their page told the server of the notebook along.
    this.#attending = new Attending(given, () => void this.#syncing.again());
    this.#asking = new Asking(this.#context);
    this.#correcting = new Correcting(this.#context);
    this.#amending = new Amending(this.#context);
    this.previewing = new Previewing(this.#context);
    this.#ratifying = new Ratifying(this.#context, amendment => void this.agreeing.offer(amendment));
    this.clashing = new Clashing(this.#context, () => {
      const { inForce, clashes } = this.store.value;
      const show = (clashes: IClashes | null): void => this.store.update({ clashes });
      return { law: inForce?.digest ?? '', amendment: null, clashes, show };
    });
    this.drafted = new Clashing(this.#context, () => {
      const { preview } = this.store.value;
      const show = (clashes: IClashes | null): void =>
        this.store.update({ preview: preview && { ...preview, clashes } });
      const { amendment = null, clashes = null } = preview ?? {};
      return { law: preview?.preview?.after ?? '', amendment, clashes, show };
    });
    this.agreeing = new Agreeing(this.#context, {
      try: (amendment, annotations, prompts) => this.previewing.start(amendment, annotations, prompts),
      ratify: amendment => this.#ratifying.carry(amendment)
    });
    this.arguing = new Arguing(this.#context);
    this.#connecting = new Connecting(this.#context);
    this.#recalling = new Recalling(this.#context);
    this.#scoping = new Scoping(this.#context);
    this.sharing = new Sharing(this.#context);
    this.telling = new Telling(this.#context);
    this.citing = new Citing(this.#context);
    this.variants = new Varying(this.#context);
    this.library = new Shelving(this.#context);
    this.wiki = new Browsing(this.#context, file => this.sharing.bring(file));
    given.notebooks.currentChanged.connect((_, document) => void this.#opened(document));
    void this.#opened(given.notebooks.current);
    // The same notebook may be open in another page: the one that is looked at counts.
    for (const event of ['focus', 'online']) {
      globalThis.addEventListener?.(event, () => void this.#syncing.again());
    }
  }

  readonly agreeing: Agreeing;
  readonly arguing: Arguing;

  get store(): IContext['store'] {
    return this.#context.store;
  }

  refresh = async (): Promise<void> => {
    const before = this.store.value.connection;
    await this.#connecting.refresh();
    if (before === 'missing' && this.store.value.connection === 'ready') {
      await this.#syncing.again();
    }
  };
  show = (tab: Tab): void => {
    this.store.update({ tab });
    this.#recorded();
  };
  look = (at: string | null): void => this.#attending.look(at);

  ask = (prompt: string, options: IAskOptions): Promise<boolean> => this.#asking.ask(prompt, options);
  compose = (prompt: string, options: IAskOptions, attachments: AttachmentInput[]) =>
    this.#asking.compose(prompt, options, attachments);
  cancel = (): Promise<void> => this.#asking.cancel();
  askAgain = async (annotation: Annotation): Promise<void> => {
    if (await this.#asking.askAgain(annotation)) {
      this.previewing.asked(annotation);
    }
  };
  again = async (cell: string): Promise<void> => void (await this.#asking.again(cell));
  answer = (cell: string, text: string): Promise<void> => this.#asking.reply(cell, text);
  leaveOut = (cell: string, keep: string): Promise<void> => this.#asking.leaveOut(cell, keep);
  goTo = (cell: string): void => this.#context.notebooks.current?.goTo(cell);
  restyle = async (style: string): Promise<void> => {
    const named = this.store.value.inForce?.styles.find(({ name }) => name === style);
    const pick = named && { name: named.name, digest: named.digest };
    this.#context.notebooks.current?.write(pick ? { [STYLE]: pick } : {}, pick ? [] : [STYLE]);
    await this.#syncing.sync();
  };
  askWhy = (selection: ISelection): Promise<void> => this.#asking.askWhy(selection);

  highlight = (selection: ISelection): Promise<void> => this.#correcting.highlight(selection);
  keep = (selection: ISelection): Promise<void> => this.#correcting.keep(selection);
  reopen = async (annotation: Annotation, step?: 'correct' | 'amend'): Promise<void> => {
    await this.#correcting.reopen(annotation, step);
    if (step === 'amend') {
      await this.#amending.amend();
    }
  };
  pick = (slot: number): void => this.#correcting.pick(slot);
  write = (own: string): void => this.#correcting.write(own);
  stopCandidates = (slot?: number): void => this.#correcting.stop(slot);
  saveCorrection = (): Promise<boolean> => this.#correcting.save();
  place = (annotation: Annotation, target: Target): Promise<void> => this.#correcting.place(annotation, target);
  note = (annotation: Annotation): void => this.#correcting.note(annotation);
  discard = (annotation: string): Promise<void> => this.#correcting.discard(annotation);
  closeCard = (): void => {
    this.#amending.stop();
    this.#correcting.close();
  };

  amend = async (annotations?: readonly Annotation[], fact?: boolean): Promise<void> => {
    if (annotations || (await this.#correcting.save())) {
      this.#correcting.stop();
      await this.#amending.amend(annotations, fact);
    }
  };
  choose = (slot: number | null): void => this.#amending.choose(slot);
  reword = (draft: Partial<Draft>): void => this.#amending.reword(draft);
  backToCorrect = (): void => this.#amending.back();

  preview = async (amendment?: Amendment): Promise<void> => {
    const wanted = amendment ?? this.#amending.amendment;
    if (wanted) {
      // The open card's corrections are what its own amendment comes from, and no other one.
      const annotations = amendment ? [] : (this.store.value.card?.annotations ?? []);
      this.#amending.stop();
      this.store.update({ card: null });
      await this.previewing.start(wanted, annotations);
    }
  };
  ratify = (note: string): Promise<boolean> => this.#ratifying.ratify(note);
  confirm = (): Promise<void> => this.#ratifying.confirm();

  toggle = (article: string): Promise<void> => this.#ratifying.toggle(article);
  move = (article: string, before: string | null): Promise<void> => this.#ratifying.move(article, before);
  promote = (article: string, to: 'user' | 'project'): Promise<void> => this.#scoping.promote(article, to);
  copyDown = (article: string): Promise<void> => this.#ratifying.copyDown(article);
  revise = (article: string, draft: Draft): Promise<void> => this.#ratifying.revise(article, draft);
  repeal = (article: string): Promise<void> => this.#ratifying.repeal(article);
  restore = (article: string, revision: string): Promise<void> => this.#ratifying.restore(article, revision);
  accept = (digest: string, articles: readonly string[], preamble?: boolean): Promise<boolean> =>
    this.#ratifying.accept(digest, articles, preamble);
  complete = (change: string): Promise<void> => this.#ratifying.complete(change);

  connect = (profile: ProfileInput, key: string | null) => this.#connecting.connect(profile, key);
  probeEndpoint = (baseUrl: string, key: string | null, profile: string | null) =>
    this.#connecting.probe(baseUrl, key, profile);
  disconnect = (profile: string): Promise<void> => this.#connecting.disconnect(profile);
  chooseModel = (profile: string, model: string | null): Promise<void> => this.#connecting.choose(profile, model);
  name = (name: string): Promise<void> => this.#connecting.name(name);

  moreHistory = (): Promise<void> => this.#recalling.history(true);
  forget = (turn: string): Promise<void> => this.#recalling.forget(turn);
  retain = (days: number | null): Promise<void> => this.#recalling.retain(days);
  scores = () => this.#recalling.scores();
  travels = () => this.#recalling.travels();
  strip = (): Promise<void> => this.#recalling.strip();
  openSample = async (): Promise<void> => {
    try {
      const sample = 'off-switch';
      const { content } = await this.#context.client.call<Scratch>('sample', { sample });
      await this.#context.notebooks.openSample(sample, content);
    } catch (error) {
      complain(this.store, error);
    }
  };
  dismiss = (): void => this.store.update({ notice: null });

  async #opened(document: INotebookDocument | null): Promise<InForce | null> {
    this.#correcting.stop();
    this.#amending.stop();
    this.previewing.leave();
    this.#asking.leave();
    this.clashing.close();
    this.drafted.close();
    this.sharing.close();
    this.arguing.stop();
    this.variants.stop();
    this.store.update({
      card: null,
      preview: null,
      inForce: null,
      placed: [],
      attachable: [],
      threads: [],
      history: null,
      argument: null,
      comparing: null,
      varying: null
    });
    this.#attending.attend(document);
    document?.changed.connect(this.#changed, this);
    document?.placedChanged.connect(this.#placed, this);
    document?.clicked.connect(this.#clicked, this);
    document?.stranded.connect(this.#stranded, this);
    document?.disposed.connect(this.#closed, this);
    const inForce = await this.#syncing.sync();
    if (document) {
      this.#placed(document);
      this.#follow(document);
      await this.previewing.resume();
    }
    return inForce;
  }

  #changed(document: INotebookDocument): void {
    if (document === this.#context.notebooks.current) {
      this.#follow(document);
      this.#placed(document);
      void this.#syncing.touched();
    }
  }

  #follow(document: INotebookDocument): void {
    if (document === this.#context.notebooks.current && this.#asking.follow(document)) {
      void this.#connecting.refresh();
      this.#recorded();
    }
  }

  #recorded(): void {
    if (this.store.value.tab === 'history') {
      void this.#recalling.history(false);
    }
  }

  #placed(document: INotebookDocument): void {
    if (document === this.#context.notebooks.current) {
      const { placed, attachable, below, path } = document;
      const known = this.store.value.threads;
      const threads = JSON.stringify(document.threads) === JSON.stringify(known) ? known : document.threads;
      this.store.update({ placed, attachable, below, path, threads });
      this.#syncing.identify(document);
    }
  }

  #stranded(document: INotebookDocument, inserted: IInserted): void {
    void this.#asking.answer(document, inserted);
  }

  #closed(document: INotebookDocument): void {
    this.#syncing.close(document);
  }

  #clicked(_: INotebookDocument, { annotation }: { annotation: Annotation }): void {
    void this.reopen(annotation);
  }

  readonly previewing: Previewing;
  readonly clashing: Clashing;
  readonly drafted: Clashing;
  readonly wiki: Browsing;
  readonly library: Shelving;
  readonly sharing: Sharing;
  readonly telling: Telling;
  readonly citing: Citing;
  readonly variants: Varying;
  readonly #context: IContext;
  readonly #syncing: Syncing;
  readonly #attending: Attending;
  readonly #asking: Asking;
  readonly #correcting: Correcting;
  readonly #amending: Amending;
  readonly #ratifying: Ratifying;
  readonly #connecting: Connecting;
  readonly #recalling: Recalling;
  readonly #scoping: Scoping;
}
