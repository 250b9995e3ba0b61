import type { Agreement, Amendment, Annotation, Article, Change, Terms, Vote } from '../contract';
import type { IAgreeing, INotebookDocument } from '../tokens';
import { IContext, complain, opened, problemOf, tell } from './context';
import { repealing, revising } from './enacting';
import { draftOf } from './wordings';

/** What else can be done with an amendment. */
interface IDoing {
  try(amendment: Amendment, annotations: readonly Annotation[], prompts: readonly string[]): Promise<void>;
  ratify(amendment: Amendment): Promise<unknown>;
}

/** Agreeing with others before something is law. Identity is the server's to say: no request names a person. */
export class Agreeing implements IAgreeing {
  readonly #context: IContext;
  readonly #doing: IDoing;

  constructor(context: IContext, doing: IDoing) {
    this.#context = context;
    this.#doing = doing;
  }

  submit = async (note: string): Promise<void> => {
    const { preview: state } = this.#context.store.value;
    if (state) {
      const { amendment, annotations, prompts, preview } = state;
      await this.#submit({ amendment, annotations, prompts, note, preview: preview?.id ?? null });
    }
  };

  propose = async (short: Article): Promise<void> => {
    const stands = this.#context.store.value.inForce?.constitution.articles.find(a => a.id === short.id);
    const { order } = short;
    const amendment: Amendment = !stands
      ? { ...revising(short, draftOf(short)), action: 'add', base: null, order }
      : short.repealed
        ? repealing(stands)
        : { ...revising(stands, draftOf(short)), order: order === stands.order ? null : order };
    await this.offer(amendment);
  };

  /** Propose a change that was refused as law. */
  offer = (amendment: Amendment): Promise<boolean> =>
    this.#submit({ amendment: { ...amendment, id: this.#context.id() } });

  vote = (on: Agreement, answer: Vote['answer'], why: string, provocation: string): Promise<boolean> => {
    const body = { proposal: on.proposal.id, of: on.digest, answer, why, provocation };
    return this.#say('vote', body, this.#context.trans.__('Your vote is in the notebook.'));
  };

  impact = async ({ proposal, ballots }: Agreement): Promise<void> => {
    const { amendment, prompts } = proposal;
    if (amendment) {
      const placed = this.#context.store.value.placed.map(p => p.annotation);
      const provoked = ballots.map(({ vote }) => vote.provocation).filter(Boolean);
      const about = placed.filter(({ id }) => amendment.annotations.includes(id));
      await this.#doing.try(amendment, about, [...new Set([...prompts, ...provoked])]);
    }
  };

  ratify = async ({ proposal }: Agreement): Promise<void> => {
    const { amendment, terms } = proposal;
    await (amendment ? this.#doing.ratify(amendment) : terms && this.govern(terms));
  };

  govern = (terms: Terms): Promise<boolean> => {
    const said = this.#context.trans.__('The rule holds from now on.');
    return this.#say('govern', { terms }, said, () => this.#submit({ terms }));
  };

  #submit(body: object): Promise<boolean> {
    const said = this.#context.trans.__('Proposed. It is not in force until it is ratified.');
    return this.#say('submit', body, said);
  }

  /** Have something signed, and write it into the document; where it takes votes first, do something else. */
  async #say(verb: string, body: object, said: string, instead?: () => Promise<boolean>): Promise<boolean> {
    const { client, id, store, sync } = this.#context;
    const document: INotebookDocument | null = opened(this.#context);
    try {
      if (!document) {
        return false;
      }
      await sync(document);
      const change = await client.call<Change>(verb, { id: id(), path: document.path, ...body });
      document.write(change.writes);
      await sync(document);
      this.#context.recorded();
      tell(store, said);
      return true;
    } catch (error) {
      if (instead && problemOf(error).code === 'votes_needed') {
        return instead();
      }
      complain(store, error);
      return false;
    }
  }
}
