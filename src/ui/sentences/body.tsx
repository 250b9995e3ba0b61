import type { ISentences } from '../../tokens';
import * as React from '../react';
import { Button } from '../parts/button';
import type { TranslationBundle } from '../parts/props';
import { FIRST, IRange, Move, move, stretch } from './range';

export interface ISentencesProps {
  readonly sentences: ISentences;
  readonly trans: TranslationBundle;
  readonly onTake: (start: number, end: number) => void;
  /** Keep doing this. */
  readonly onKeep: (start: number, end: number) => void;
  /** Something is missing after this place. */
  readonly onMissing: (at: number) => void;
  readonly onWhole: () => void;
  /** List another output of the cell. */
  readonly onOther: () => void;
  readonly onClose: () => void;
}

const MOVES: Record<string, Move> = {
  ArrowDown: 'next',
  ArrowUp: 'previous',
  'Shift+ArrowDown': 'extend-next',
  'Shift+ArrowUp': 'extend-previous',
  ArrowLeft: 'less-end',
  ArrowRight: 'less-start',
  'Shift+ArrowRight': 'more-end',
  'Shift+ArrowLeft': 'more-start'
};

/** Highlighting without a mouse: an output as a list of sentences. */
export function Sentences(props: ISentencesProps): JSX.Element {
  const { sentences: given, trans } = props;
  const [range, setRange] = React.useState<IRange>(FIRST);
  const box = React.useRef<HTMLDivElement>(null);
  const list = React.useRef<HTMLUListElement>(null);
  React.useEffect(() => list.current?.focus(), [given]);
  React.useEffect(() => {
    document.getElementById(`reconst-sentence-${range.focus}`)?.scrollIntoView?.({ block: 'nearest' });
  }, [range.focus]);
  const { start, end } = stretch(range, given);
  const chosen = given.text.slice(start, end);
  const from = Math.min(range.anchor, range.focus);
  const to = Math.max(range.anchor, range.focus);
  const last = given.sentences.length - 1;
  const label =
    given.outputs > 1 ? trans.__('%1, output %2 of %3', given.label, given.output + 1, given.outputs) : given.label;
  const acts: Record<string, () => void> = {
    Enter: () => props.onTake(start, end),
    k: () => props.onKeep(start, end),
    m: () => props.onMissing(end),
    w: props.onWhole,
    ...(given.outputs > 1 && { o: props.onOther }),
    Escape: props.onClose,
    Home: () => setRange(FIRST),
    End: () => setRange({ anchor: last, focus: last, head: 0, tail: 0 })
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const onButton = (event.target as HTMLElement).matches('button');
    const step = MOVES[event.shiftKey ? `Shift+${event.key}` : event.key];
    const found = step ? () => setRange(move(range, step, given)) : acts[event.key];
    const act = event.key === 'Tab' ? () => turn(box.current, event.shiftKey) : found;
    if (act && !(onButton && event.key === 'Enter')) {
      event.preventDefault();
      event.stopPropagation();
      act();
    }
  };
  return (
    <div ref={box} cl="sentbox" role="dialog" aria-label={trans.__('Highlight in %1', label)} onKeyDown={onKeyDown}>
      <p cl="muted">
        {label} · {trans.__('which words are wrong?')}
      </p>
      <ul
        ref={list}
        cl="sents read"
        role="listbox"
        tabIndex={0}
        aria-multiselectable="true"
        aria-label={trans.__('Sentences')}
        aria-activedescendant={`reconst-sentence-${range.focus}`}
        aria-describedby="reconst-sentences-keys"
      >
        {given.sentences.map((sentence, index) => (
          <li
            key={sentence.start}
            id={`reconst-sentence-${index}`}
            role="option"
            aria-selected={index >= from && index <= to}
            className={index === range.focus ? 'jp-reconst-cur' : ''}
            onClick={() => {
              setRange({ anchor: index, focus: index, head: 0, tail: 0 });
              list.current?.focus();
            }}
            onDoubleClick={() => props.onTake(sentence.start, sentence.end)}
          >
            <Marked text={given.text} from={sentence.start} to={sentence.end} start={start} end={end} />
          </li>
        ))}
      </ul>
      <p cl="sr" role="status" aria-live="polite">
        {trans.__('Chosen: %1', chosen)}
      </p>
      <p cl="hint muted" id="reconst-sentences-keys">
        <kbd>↑</kbd> <kbd>↓</kbd> {trans.__('sentence')} · <kbd>Shift</kbd> {trans.__('more')} · <kbd>←</kbd>{' '}
        <kbd>→</kbd> {trans.__('fewer words')}
      </p>
      <div cl="line">
        <Button kind="primary" onPress={acts.Enter}>
          {trans.__('Take')} <kbd>Enter</kbd>
        </Button>
        <Button onPress={acts.k}>
          {trans.__('Keep')} <kbd cl="soft">k</kbd>
        </Button>
        <Button onPress={acts.m}>
          {trans.__('Missing after it')} <kbd cl="soft">m</kbd>
        </Button>
        <Button onPress={acts.w}>
          {trans.__('Whole output')} <kbd cl="soft">w</kbd>
        </Button>
        {given.outputs > 1 && (
          <Button onPress={acts.o}>
            {trans.__('Other output')} <kbd cl="soft">o</kbd>
          </Button>
        )}
        <Button onPress={acts.Escape}>
          {trans.__('Leave')} <kbd cl="soft">Esc</kbd>
        </Button>
      </div>
    </div>
  );
}

/** Tab goes round inside. */
function turn(box: HTMLElement | null, back: boolean): void {
  const stops = Array.from(box?.querySelectorAll<HTMLElement>('[role="listbox"], button') ?? []);
  const at = stops.indexOf(document.activeElement as HTMLElement);
  stops[(at + (back ? -1 : 1) + stops.length) % stops.length]?.focus();
}

/** A sentence with the chosen words marked. */
function Marked(props: { text: string; from: number; to: number; start: number; end: number }): JSX.Element {
  const { text, from, to } = props;
  const start = Math.min(to, Math.max(from, props.start));
  const end = Math.max(start, Math.min(to, props.end));
  return (
    <>
      {text.slice(from, start)}
      {end > start && <span cl="words">{text.slice(start, end)}</span>}
      {text.slice(end, to)}
    </>
  );
}
