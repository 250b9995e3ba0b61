/** Short words for people: who, when, how much, which words. Pure. */
import type { Annotation, Article, Estimate, InForce, Review, Source } from '../../contract';
import type { TranslationBundle } from './props';

/** The words that an annotation quotes; empty for a whole output. */
export function quoteOf(annotation: Annotation): string {
  const quote = annotation.target.selector.find(s => s.type === 'TextQuoteSelector');
  if (!quote || !('exact' in quote)) {
    return '';
  }
  return quote.exact || quote.prefix;
}

/** What was said about it: the correction, or praise. */
export function saidOf(annotation: Annotation): string {
  const body = annotation.body.find(b => b.purpose === 'editing' || b.purpose === 'assessing');
  return body?.value ?? '';
}

/** Who says that they wrote it: the file does, and proves nothing. */
export function claimedBy(name: string, trans: TranslationBundle): string {
  return name && trans.__('says it is by %1', name);
}

/** The annotations that an article in force came from. */
export function settledBy(inForce: InForce | null): Map<string, Article> {
  const found = new Map<string, Article>();
  for (const article of inForce?.constitution.articles ?? []) {
    for (const words of article.provenance.words) {
      if (words.annotation) {
        found.set(words.annotation, article);
      }
    }
  }
  return found;
}

/** What of a constitution is new to this person, or reads otherwise than what they have accepted. */
export function unknownIn({ constitution, same }: Review): readonly Article[] {
  return constitution.articles.filter(a => !same.includes(a.id));
}

/** Whether exactly this revision is law: it stands there, or, of a repeal, the article is gone. */
export function isLaw(inForce: InForce | null, revision: Article): boolean {
  const found = inForce?.constitution.articles.find(a => a.id === revision.id);
  return revision.repealed ? inForce !== null && !found : found?.revision === revision.revision;
}

/** The number that people call an article by: its place among those in force. 0 for an unknown one. */
export function numberOf(inForce: InForce | null, article: string | null): number {
  return (inForce?.constitution.articles.findIndex(a => a.id === article) ?? -1) + 1;
}

/** US dollars as people read them: two digits, or as many as it takes to say something. */
export function dollars(amount: number): string {
  if (amount === 0 || amount >= 0.01) {
    return `$${amount.toFixed(2)}`;
  }
  return amount >= 0.0001 ? `$${amount.toPrecision(1)}` : '< $0.0001';
}

/** What a preview would take, at most. */
export function estimateOf({ calls, cost }: Pick<Estimate, 'calls' | 'cost'>, trans: TranslationBundle): string {
  const most = trans._n('at most %1 call', 'at most %1 calls', calls);
  return cost === null ? `${most}, ${trans.__('price unknown')}` : `${most}, ${trans.__('about %1', dollars(cost))}`;
}

/** A share as people read it: whole percent, and never 0 % or 100 % for something between. */
export function percent(share: number): string {
  const rounded = Math.round(100 * share);
  if (rounded === 0 && share > 0) {
    return '< 1%';
  }
  if (rounded === 100 && share < 1) {
    return '> 99%';
  }
  return `${rounded}%`;
}

/** How long ago, roughly. */
export function ago(then: string, now: number, trans: TranslationBundle): string {
  const minutes = Math.max(0, Math.floor((now - Date.parse(then)) / 60000));
  if (minutes < 1) {
    return trans.__('just now');
  }
  if (minutes < 60) {
    return trans._n('%1 min ago', '%1 min ago', minutes);
  }
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? trans._n('%1 h ago', '%1 h ago', hours) : day(then, now, trans);
}

/** The day, in words. */
export function day(then: string, now: number, trans: TranslationBundle): string {
  const date = new Date(then);
  const today = new Date(now);
  const midnight = (d: Date) => new Date(d.getFullYear(), d.getMonth(), d.getDate()).getTime();
  const days = Math.round((midnight(today) - midnight(date)) / 86400000);
  if (days === 0) {
    return trans.__('Today');
  }
  if (days === 1) {
    return trans.__('Yesterday');
  }
  const year = date.getFullYear() === today.getFullYear() ? undefined : 'numeric';
  return date.toLocaleDateString(undefined, { day: 'numeric', month: 'long', year });
}

/** The clock's time, two digits each. */
export function clock(then: string): string {
  return new Date(then).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

/** Who wrote a candidate: the kind, then the name. */
export function sourceOf(source: Source, trans: TranslationBundle): string {
  const by = { model: trans.__('Model'), library: trans.__('Library'), person: trans.__('You') }[source.by];
  return source.name && source.by !== 'person' ? `${by} · ${source.name}` : by;
}

/** At most so many characters, ending in an ellipsis when cut. */
export function short(text: string, most: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > most ? `${line.slice(0, most - 1).trimEnd()}…` : line;
}
