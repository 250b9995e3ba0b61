/** The lines of the history, newest first, by day. The server words them; one that says nothing is left out. Pure. */
import type { Deed, Remembered } from '../../contract';
import { Piece, pieces } from '../parts/diff';
import type { TranslationBundle } from '../parts/props';
import { day } from '../parts/words';

export interface IDay {
  readonly name: string;
  readonly lines: readonly Remembered[];
}

export function daysOf(events: readonly Remembered[], now: number, trans: TranslationBundle): IDay[] {
  const days: { name: string; lines: Remembered[] }[] = [];
  for (const event of events.filter(({ deed }) => deed.text)) {
    const name = day(event.created, now, trans);
    if (days[days.length - 1]?.name !== name) {
      days.push({ name, lines: [] });
    }
    days[days.length - 1].lines.push(event);
  }
  return days;
}

/** Only what changed in a wording, with a few words around it. */
export function changeOf({ before, after }: Deed): Piece[] {
  return pieces(before, after).map((piece, index, all) => {
    if (piece.kind !== 'same' || piece.text.length <= 48) {
      return piece;
    }
    const head = index === 0 ? '' : piece.text.slice(0, 16);
    const tail = index === all.length - 1 ? '' : piece.text.slice(-16);
    return { kind: 'same', text: `${head} … ${tail}` };
  });
}
