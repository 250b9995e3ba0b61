/** The journal's lines in words. Pure. A body is the noun as it was stored; a missing part is never guessed. */
import type { Amendment, Annotation, Article, Change, Event, Proposed, Tried, Turn, Vote } from '../../contract';
import { Piece, pieces } from '../parts/diff';
import type { TranslationBundle } from '../parts/props';
import { day, quoteOf, saidOf, short } from '../parts/words';

export interface ILine {
  readonly id: string;
  readonly at: string;
  readonly text: string;
  /** What changed in the wording, for a revision. */
  readonly diff: readonly Piece[] | null;
  readonly meta: string;
  /** What can be brought back. */
  readonly restore: { readonly article: string; readonly revision: string } | null;
  /** A turn whose text can be erased. */
  readonly turn: string | null;
  /** A preview that can be opened again. */
  readonly tried: Tried | null;
}

export interface IDay {
  readonly name: string;
  readonly lines: readonly ILine[];
}

/** The revisions that the notebook carries, by key, and the articles as they stand now. */
export interface IWordings {
  readonly metadata: Record<string, unknown>;
  readonly articles: readonly Article[];
}

/** Lines worth reading, newest first, by day. */
export function daysOf(events: readonly Event[], wordings: IWordings, now: number, trans: TranslationBundle): IDay[] {
  const days: { name: string; lines: ILine[] }[] = [];
  for (const event of events) {
    const line = lineOf(event, wordings, trans);
    if (line) {
      const name = day(event.created, now, trans);
      if (days[days.length - 1]?.name !== name) {
        days.push({ name, lines: [] });
      }
      days[days.length - 1].lines.push(line);
    }
  }
  return days;
}

function lineOf(event: Event, wordings: IWordings, trans: TranslationBundle): ILine | null {
  const line = { id: event.id, at: event.created, diff: null, meta: '', restore: null, turn: null, tried: null };
  switch (event.kind) {
    case 'turn': {
      const turn = event.body as Partial<Turn>;
      if (!turn.prompt) {
        return { ...line, text: trans.__('A turn; its text was erased') };
      }
      const prompt = short(turn.prompt, 90);
      const meta = [turn.model ?? '', turn.status && turn.status !== 'complete' ? turn.status : ''];
      return {
        ...line,
        text: turn.varies ? trans.__('Another answer: %1', prompt) : trans.__('Asked: %1', prompt),
        meta: meta.filter(Boolean).join(' · '),
        turn: turn.id ?? null
      };
    }
    case 'keep': {
      const { prompt, says, undoes } = event.body as { prompt?: string; says?: string; undoes?: string };
      if (!prompt) {
        return null;
      }
      const text = undoes ? trans.__('Took that back') : trans.__('Kept an answer: %1', short(prompt, 90));
      return { ...line, text, meta: says ?? '' };
    }
    case 'annotation': {
      const annotation = event.body as unknown as Annotation;
      if (!annotation.target) {
        return null;
      }
      const quote = short(quoteOf(annotation), 60) || trans.__('the whole reply');
      const said = short(saidOf(annotation), 80);
      const kept = annotation.motivation === 'assessing';
      const text = kept
        ? trans.__('Kept “%1”', quote)
        : said
          ? trans.__('Corrected “%1” to “%2”', quote, said)
          : trans.__('Highlighted “%1”', quote);
      return { ...line, text };
    }
    case 'ratification':
      return { ...line, ...ratified(event.body, wordings, trans) };
    case 'acceptance': {
      const { articles } = event.body as { articles?: readonly unknown[] };
      const count = articles?.length;
      const text =
        count === undefined
          ? trans.__('Took a constitution into use')
          : trans._n('Took %1 article into use', 'Took %1 articles into use', count);
      return { ...line, text };
    }
    case 'preview': {
      const { title, says, tried } = event.body as { title?: string; says?: string; tried?: Tried };
      if (!tried) {
        return null;
      }
      const repeal = tried.preview.amendment.action === 'repeal';
      const text = repeal ? trans.__('Previewed without “%1”', title) : trans.__('Previewed “%1”', title);
      return { ...line, text, meta: says ?? '', tried };
    }
    case 'proposal':
    case 'vote':
    case 'rule':
      return { ...line, ...agreed(event, trans) };
    case 'forget':
      return { ...line, text: trans.__('Erased the text of a turn') };
    case 'retention': {
      const { days } = event.body as { days?: number | null };
      const kept = days === null || days === undefined;
      const text = kept
        ? trans.__('Turns are kept')
        : trans._n('Turns are kept for %1 day', 'Turns are kept for %1 days', days);
      return { ...line, text };
    }
    default:
      return null;
  }
}

/** What one proposed, voted, or set as the rule, in the records that it wrote. */
function agreed({ kind, body }: Event, trans: TranslationBundle): Pick<ILine, 'text' | 'meta'> {
  const records = Object.values((body.change as Change | undefined)?.writes ?? {}) as Partial<Proposed & Vote>[];
  const { amendment, answer, why = '' } = records.find(r => kind === 'vote' || r.amendment) ?? {};
  if (answer) {
    const said = {
      agree: trans.__('Agreed with a proposal'),
      pass: trans.__('Passed on a proposal'),
      disagree: trans.__('Disagreed with a proposal')
    };
    return { text: said[answer], meta: short(why, 80) };
  }
  const title = amendment?.draft?.title;
  const text =
    kind === 'rule'
      ? trans.__('Set who ratifies')
      : title
        ? trans.__('Proposed: %1', title)
        : amendment
          ? trans.__('Proposed a repeal')
          : trans.__('Proposed a rule');
  return { text, meta: '' };
}

function ratified(
  body: Record<string, unknown>,
  { metadata, articles }: IWordings,
  trans: TranslationBundle
): Pick<ILine, 'text' | 'diff' | 'meta' | 'restore'> {
  const whole = together(body, trans);
  if (whole) {
    return { text: whole, diff: null, meta: '', restore: null };
  }
  const change = (body.change ?? body) as { article?: Article | null };
  const article = change.article ?? null;
  const amendment = body.amendment as Amendment | undefined;
  const title = article?.title ?? amendment?.draft?.title ?? '';
  const meta = article?.provenance?.author ?? '';
  const now = articles.find(a => a.id === article?.id);
  const earlier = article && !article.repealed && !(now && reads(now) === reads(article));
  const restore = earlier ? { article: article.id, revision: article.revision } : null;
  if (article?.repealed || amendment?.action === 'repeal') {
    const { place } = (body.promoted ?? {}) as { place?: string };
    const text = place ? trans.__('Promoted to %1: %2', place, title) : trans.__('Repealed: %1', title);
    return { text, diff: null, meta, restore: null };
  }
  const parent = article?.parents[0];
  if (!article || !parent) {
    return { text: trans.__('Added: %1', title), diff: null, meta, restore };
  }
  const before = metadata[`reconst:article:${article.id}:${parent}`] as Article | undefined;
  if (before?.repealed) {
    return { text: trans.__('Brought back: %1', title), diff: null, meta, restore };
  }
  if (before && before.enabled !== article.enabled) {
    const text = article.enabled ? trans.__('Switched on: %1', title) : trans.__('Switched off: %1', title);
    return { text, diff: null, meta, restore };
  }
  const spell = ({ when, then }: Article) => `${when}; ${then}`;
  if (before && spell(before) === spell(article) && before.title === title) {
    return { text: trans.__('Moved: %1', title), diff: null, meta, restore: null };
  }
  const diff = before ? near(pieces(spell(before), spell(article))) : null;
  return { text: trans.__('Revised: %1', title), diff, meta, restore };
}

/** A change of several articles at once. */
function together({ adopted, restored, undone }: Record<string, unknown>, trans: TranslationBundle): string {
  if (adopted) {
    const { file, articles } = adopted as { file: string; articles: readonly string[] };
    return trans._n('Took %1 article of %2', 'Took %1 articles of %2', articles.length, short(file, 60));
  }
  return restored ? trans.__('Restored an earlier constitution') : undone ? trans.__('Took that back') : '';
}

/** Everything that restoring brings back. */
function reads({ title, when, then, why, kind, always, enabled }: Article): string {
  return JSON.stringify([title, when, then, why, kind, always, enabled]);
}

/** Only what changed, with a few words around it. */
function near(all: readonly Piece[]): Piece[] {
  return all.map((piece, index) => {
    if (piece.kind !== 'same' || piece.text.length <= 48) {
      return piece;
    }
    const head = index === 0 ? '' : piece.text.slice(0, 16);
    const tail = index === all.length - 1 ? '' : piece.text.slice(-16);
    return { kind: 'same', text: `${head} … ${tail}` };
  });
}
