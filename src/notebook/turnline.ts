import type { TranslationBundle } from '@jupyterlab/translation';

import type { TurnRecord } from '../contract';

/** The line under a reply: who answered, under how many articles, how long it took. Not part of what can be highlighted. */
export function turnLine(record: TurnRecord, trans: TranslationBundle, again: () => void): HTMLElement {
  const line = document.createElement('div');
  line.className = 'jp-reconst jp-reconst-turn';
  line.dataset.reconstIgnore = '';
  for (const text of said(record, trans)) {
    const span = document.createElement('span');
    span.textContent = text;
    line.append(span);
  }
  if (record.recording) {
    const badge = document.createElement('span');
    badge.className = 'jp-reconst-badge';
    badge.textContent = trans.__('recording');
    line.prepend(badge);
  }
  if (
    record.replayed ||
    record.status === 'failed' ||
    record.status === 'incomplete' ||
    record.status === 'cancelled'
  ) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'jp-reconst-btn';
    button.textContent = trans.__('Ask again');
    button.addEventListener('click', again);
    line.append(button);
  }
  return line;
}

function said(record: TurnRecord, trans: TranslationBundle): string[] {
  const words = [
    record.model,
    trans._n('%1 article in force', '%1 articles in force', record.articles),
    {
      streaming: record.reply ? trans.__('writing…') : record.note ? '' : trans.__('asking…'),
      complete: trans.__('%1 s', seconds(record.seconds)),
      cancelled: trans.__('stopped; what had arrived is kept'),
      incomplete: trans.__('cut off; what had arrived is kept'),
      failed: trans.__('no answer')
    }[record.status] ?? ''
  ];
  if (record.cost) {
    words.push(`$${record.cost < 0.01 ? record.cost.toPrecision(2) : record.cost.toFixed(2)}`);
  }
  if (record.replayed) {
    words.push(trans.__('recorded reply, shown again at no cost'));
  }
  return [...words, record.note].filter(text => text !== '');
}

function seconds(value: number): string {
  return value < 10 ? value.toFixed(1) : String(Math.round(value));
}
